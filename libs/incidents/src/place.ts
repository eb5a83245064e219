/** West, south, east, north in degrees. */
export type Extent = readonly [number, number, number, number];
export interface Position {
  readonly lon: number;
  readonly lat: number;
}

export const M_PER_DEG_LAT = 110_900;
const M_PER_DEG_LON_AT_EQUATOR = 111_320;

export function mPerDegLon(lat: number): number {
  return M_PER_DEG_LON_AT_EQUATOR * Math.cos((lat * Math.PI) / 180);
}

/** Metres between two places some kilometres apart at most. */
export function metresBetween(a: Position, b: Position): number {
  return Math.hypot((a.lon - b.lon) * mPerDegLon((a.lat + b.lat) / 2), (a.lat - b.lat) * M_PER_DEG_LAT);
}

export function extended(extent: Extent | null, { lon, lat }: Position): Extent {
  if (!extent) return [lon, lat, lon, lat];
  const [w, s, e, n] = extent;
  return [Math.min(w, lon), Math.min(s, lat), Math.max(e, lon), Math.max(n, lat)];
}

/** Metres from corner to corner. */
export function diagonalM([w, s, e, n]: Extent): number {
  return metresBetween({ lon: w, lat: s }, { lon: e, lat: n });
}
