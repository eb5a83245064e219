import type { Asset } from '@lifeline/contracts';
import { countWords, type Words } from './words.js';

/** Kinds as a headline counts them: [one, many, Chinese with its measure word], in the order told. */
const KINDS = {
  substation: ['substation', 'substations', '座变电站'],
  feeder: ['feeder', 'feeders', '条馈线'],
  transformer: ['transformer', 'transformers', '台配变'],
  'gate-station': ['gate station', 'gate stations', '座门站'],
  underpass: ['underpass', 'underpasses', '处下穿通道'],
  'road-low-point': ['low point of a road', 'low points of roads', '处道路低洼点'],
  manhole: ['manhole', 'manholes', '座窨井'],
  regulator: ['regulator', 'regulators', '座调压站'],
  'pump-station': ['pump station', 'pump stations', '座泵站'],
  'pipe-segment': ['gas pipe', 'gas pipes', '段燃气管'],
  'drain-segment': ['drain', 'drains', '段排水管'],
  'drain-node': ['drain node', 'drain nodes', '个排水节点'],
  bridge: ['bridge', 'bridges', '座桥梁'],
} as const satisfies Record<string, readonly [string, string, string]>;
export type CountedKind = keyof typeof KINDS;
const ORDER = Object.keys(KINDS) as CountedKind[];

/** The role where people know the asset by it (underpass), else the kind. */
export function countedKind(asset: Asset): CountedKind {
  const { role } = asset.properties;
  return typeof role === 'string' && role in KINDS ? (role as CountedKind) : asset.kind;
}

/** "4 manholes, 1 regulator". */
export function kindsWords(counts: ReadonlyMap<CountedKind, number>, except: readonly CountedKind[] = []): Words {
  const told = ORDER.flatMap((kind) => {
    const count = except.includes(kind) ? 0 : (counts.get(kind) ?? 0);
    return count === 0 ? [] : [{ kind, count }];
  });
  return {
    en: told.map(({ kind, count }) => countWords(count, KINDS[kind][0], KINDS[kind][1])).join(', '),
    zh: told.map(({ kind, count }) => `${count}${KINDS[kind][2]}`).join('、'),
  };
}
