import type { Asset } from '@lifeline/contracts';

export interface Place {
  readonly lon: number;
  readonly lat: number;
}

export interface NearAsset {
  readonly asset: Asset;
  readonly metres: number;
}

/** Metres in a degree of latitude on the mean sphere (IUGG mean radius 6,371,008.8 m). */
const METRES_A_DEGREE = (Math.PI / 180) * 6_371_008.8;

/** The nearest assets, nearest first, no farther than `withinM`. The earth is taken as flat: a city is small. */
export function nearestAssets(assets: readonly Asset[], place: Place, { most = 5, withinM = 500 } = {}): NearAsset[] {
  const near: NearAsset[] = [];
  for (const asset of assets) {
    const metres = metresTo(asset.geometry, place);
    if (metres <= withinM) near.push({ asset, metres });
  }
  return near.sort((a, b) => a.metres - b.metres).slice(0, most);
}

/** Metres from a place to the nearest point of a geometry. */
export function metresTo(geometry: Asset['geometry'], place: Place): number {
  const eastward = METRES_A_DEGREE * Math.cos((place.lat * Math.PI) / 180);
  const flat = ([lon, lat]: readonly [number, number]): [number, number] => [
    (lon - place.lon) * eastward,
    (lat - place.lat) * METRES_A_DEGREE,
  ];
  if (geometry.type === 'Point') return Math.hypot(...flat(geometry.coordinates));
  let least = Number.POSITIVE_INFINITY;
  let from = flat(geometry.coordinates[0]!);
  for (const corner of geometry.coordinates.slice(1)) {
    const to = flat(corner);
    least = Math.min(least, fromOrigin(from, to));
    from = to;
  }
  return least;
}

function fromOrigin([ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
  return Math.hypot(ax + along * dx, ay + along * dy);
}
