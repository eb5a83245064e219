/** One pressure point: where it is, and how far its pressure is under what is usual at this flow. */
export interface SagPoint {
  /** m, in any plane. */
  readonly x: number;
  readonly y: number;
  /** Usual less observed, in any unit. */
  readonly sag: number;
  /** Deviation of the usual, same unit. */
  readonly noise: number;
}

export interface SagCentre {
  readonly x: number;
  readonly y: number;
  /** Honest radius: no better than the points stand apart. */
  readonly radiusM: number;
  /** Index of the point that sags most. */
  readonly deepest: number;
  readonly sag: number;
}

/** The deepest sag must stand out by so many deviations. */
const LEAST_DEVIATIONS = 5;
/** Points of the deepest sag's surroundings that weigh: from half of it on. */
const HALF = 0.5;

/**
 * Coarse place of a leak by the steady fall of pressure around it: the centre of the points that sag by at least half as much as
 * the deepest, weighted by what they sag beyond that. In a meshed network the fall is deepest at the leak and fades with distance;
 * how far depends on the mesh, so the radius states 85 % of the mean distance to the three points next to the deepest, or the
 * spread of the points that weigh times 1.6, whichever is larger (ours, [P]).
 *
 * @returns undefined with under three points, or where nothing stands out of the noise
 */
export function sagCentre(points: readonly SagPoint[]): SagCentre | undefined {
  if (points.length < 3) return undefined;
  let deepest = 0;
  points.forEach(({ sag }, i) => {
    if (sag > points[deepest]!.sag) deepest = i;
  });
  const deep = points[deepest]!;
  // What all sag by alike is the station's pressure or demand, not a place.
  const middle = [...points].map(({ sag }) => sag).sort((a, b) => a - b)[points.length >> 1]!;
  if (!(deep.sag - middle > LEAST_DEVIATIONS * deep.noise)) return undefined;
  const from = middle + HALF * (deep.sag - middle);
  let [weight, x, y] = [0, 0, 0];
  for (const point of points) {
    const share = Math.max(0, point.sag - from);
    weight += share;
    x += share * point.x;
    y += share * point.y;
  }
  [x, y] = [x / weight, y / weight];
  let spread = 0;
  for (const point of points) spread += Math.max(0, point.sag - from) * ((point.x - x) ** 2 + (point.y - y) ** 2);
  const away = points.map((point) => Math.hypot(point.x - deep.x, point.y - deep.y)).sort((a, b) => a - b);
  const near = away.slice(1, 4);
  const gap = near.reduce((sum, m) => sum + m, 0) / near.length;
  return { x, y, radiusM: Math.max(0.85 * gap, 1.6 * Math.sqrt(spread / weight)), deepest, sag: deep.sag - middle };
}
