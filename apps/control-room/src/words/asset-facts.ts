import type { Asset } from '@lifeline/contracts';
import { THIN_SPACE, shownUnit } from './numbers.js';

/** Units of the numeric facts, in UCUM; a fact that is a mere count has none. */
const UNIT_OF: Readonly<Record<string, string>> = {
  spanM: 'm',
  lengthM: 'm',
  coverM: 'm',
  depthM: 'm',
  invertM: 'm',
  invertLowerM: 'm',
  invertUpperM: 'm',
  sumpFloorM: 'm',
  diameterMm: 'mm',
  designDeflectionMm: 'mm',
  designStrain: 'µε',
  postedLimitT: 't',
  ratedM3s: 'm3/s',
  ratedM3h: 'm3/h',
  outletSetKpa: 'kPa',
  ratedA: 'A',
  voltageKv: 'kV',
  ratedMva: 'MVA',
  ratedKva: 'kVA',
  waveSpeedMs: 'm/s',
};

/** Facts that name another asset. */
const NAMES_ASSET = new Set(['sourceId', 'lineId', 'feederId', 'substationId']);

/** One fact of an asset, ready to be said. */
export interface AssetFact {
  /** Key of its word under `fact`; where the words lack it, the name as it was given. */
  readonly key: string;
  /** A number with its unit, the id of another asset, else the word as it was given, with its key under `factValue`. */
  readonly value: { readonly kind: 'figure' | 'asset' | 'word'; readonly text: string };
}

/**
 * The facts that are said of an asset: its numbers, words and links. What is only true or false is the system's own, and that an
 * asset feeds itself says nothing.
 */
export function factsOf(asset: Pick<Asset, 'assetId' | 'properties'>): AssetFact[] {
  const facts: AssetFact[] = [];
  for (const [key, value] of Object.entries(asset.properties)) {
    if (typeof value === 'boolean') continue;
    if (typeof value === 'string' && NAMES_ASSET.has(key)) {
      if (value !== asset.assetId) facts.push({ key, value: { kind: 'asset', text: value } });
      continue;
    }
    if (typeof value === 'string') {
      facts.push({ key, value: { kind: 'word', text: value } });
      continue;
    }
    const unit = UNIT_OF[key];
    // Invert levels and the like carry two decimals at most; a figure beyond them says nothing.
    const figure = String(Number(value.toFixed(2))).replace('-', '\u2212');
    facts.push({
      key,
      value: { kind: 'figure', text: unit === undefined ? figure : `${figure}${THIN_SPACE}${shownUnit(unit)}` },
    });
  }
  return facts;
}
