import type { Asset } from '@lifeline/contracts';
import { drawCity, type DrawnCity } from './base-layers.js';
import { buildBridges } from './networks/bridges.js';
import { buildDrainage } from './networks/drainage.js';
import { buildGas } from './networks/gas.js';
import { buildPower } from './networks/power.js';
import { AssetBook, type Site } from './networks/site.js';

/** The city with its networks. Same seed and scale: the same city, to the last pipe. */
export interface City extends DrawnCity {
  readonly seed: string;
  readonly scale: number;
  readonly assets: readonly Asset[];
  /** By asset id: where it stands in its network. */
  readonly sites: ReadonlyMap<string, Site>;
}

/**
 * Builds the networks along the streets.
 * @param seed any text or number
 * @param scale 1 gives about 600 watched points; 13 about thirteen times as many, on the same streets
 * @throws RangeError where the scale is not above 0 and at most 50
 */
export function buildCity(seed: string | number, scale = 1): City {
  if (!(scale > 0 && scale <= 50)) throw new RangeError(`scale is ${scale}: give a number above 0, at most 50`);
  const key = String(seed);
  const drawn = drawCity(key);
  const book = new AssetBook(drawn.districts);
  for (const town of drawn.towns) {
    buildGas(town, key, scale, book);
    buildPower(town, key, scale, book);
    buildBridges(town, key, scale, book);
    buildDrainage(town, key, scale, book);
  }
  return { ...drawn, seed: key, scale, assets: book.assets, sites: book.sites };
}
