import type { Asset, Evidence } from '@lifeline/contracts';

type LonLat = readonly [number, number];

/** Metres on the ground for small distances: WGS 84, a part in a thousand within a city. */
const M_PER_DEG_LAT = 110_900;
const M_PER_DEG_LON_AT_EQUATOR = 111_320;
/** Most points that the evidence of an alarm holds. */
const MOST_POINTS = 64;

/** Distance on the ground, m; positions are longitude, latitude. */
export function metresBetween(a: LonLat, b: LonLat): number {
  const east = (b[0] - a[0]) * M_PER_DEG_LON_AT_EQUATOR * Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180);
  return Math.hypot(east, (b[1] - a[1]) * M_PER_DEG_LAT);
}

/** The line of an asset, or its one point. */
export function lineOf(asset: Asset): LonLat[] {
  return asset.geometry.type === 'Point' ? [asset.geometry.coordinates] : asset.geometry.coordinates;
}

export function lineLengthM(line: readonly LonLat[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += metresBetween(line[i - 1]!, line[i]!);
  return sum;
}

/** Nearest place on a line: metres along it from its first point, and metres away from it. */
export function placeOnLine(line: readonly LonLat[], at: LonLat): { readonly alongM: number; readonly awayM: number } {
  let best = { alongM: 0, awayM: metresBetween(line[0]!, at) };
  let beforeM = 0;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!;
    const b = line[i]!;
    const lengthM = metresBetween(a, b);
    const shrink = Math.cos((a[1] * Math.PI) / 180) ** 2;
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const squared = dx * dx * shrink + dy * dy;
    const dot = (at[0] - a[0]) * dx * shrink + (at[1] - a[1]) * dy;
    const share = squared > 0 ? Math.max(0, Math.min(1, dot / squared)) : 0;
    const awayM = metresBetween([a[0] + dx * share, a[1] + dy * share], at);
    if (awayM < best.awayM) best = { alongM: beforeM + lengthM * share, awayM };
    beforeM += lengthM;
  }
  return best;
}

/** The position so many metres along a line; its ends where that is outside of it. */
export function pointAlong(line: readonly LonLat[], alongM: number): [number, number] {
  let left = Math.max(0, alongM);
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!;
    const b = line[i]!;
    const stepM = metresBetween(a, b);
    if (left <= stepM && stepM > 0) {
      const share = left / stepM;
      return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    }
    left -= stepM;
  }
  const [lon, lat] = line[line.length - 1]!;
  return [lon, lat];
}

/** The part of a line between two places on it. */
export function stretchOf(line: readonly LonLat[], fromM: number, toM: number): [number, number][] {
  const out = [pointAlong(line, fromM)];
  let alongM = 0;
  for (let i = 1; i < line.length - 1; i++) {
    alongM += metresBetween(line[i - 1]!, line[i]!);
    if (alongM > fromM && alongM < toM) out.push([line[i]![0], line[i]![1]]);
  }
  out.push(pointAlong(line, toM));
  if (out.length <= MOST_POINTS) return out;
  return Array.from({ length: MOST_POINTS }, (_, i) => out[Math.round((i * (out.length - 1)) / (MOST_POINTS - 1))]!);
}

/** The location of a finding on an asset's line, `uncertaintyM` to either side, kept on the line. */
export function locationOn(asset: Asset, alongM: number, uncertaintyM: number): NonNullable<Evidence['location']> {
  const line = lineOf(asset);
  const lengthM = lineLengthM(line);
  const place = Math.max(0, Math.min(lengthM, alongM));
  return {
    assetId: asset.assetId,
    alongM: place,
    uncertaintyM,
    position: pointAlong(line, place),
    stretch: stretchOf(line, Math.max(0, place - uncertaintyM), Math.min(lengthM, place + uncertaintyM)),
  };
}
