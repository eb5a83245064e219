/**
 * Slope of the line through points by the median of the slopes of all pairs (Theil 1950, Sen 1968), which up to 29 % of wild
 * points do not move, and how sure it is.
 *
 * @param atS times, s, ascending; as many as values, 3 to about 60 (the cost goes with the square)
 * @param values in any unit
 * @returns slope in unit/s, its standard error (from the median absolute residual, normal noise), and the value of the line at
 * the last time; undefined where there are under three points or all at one time
 */
export function robustSlope(
  atS: ArrayLike<number>,
  values: ArrayLike<number>,
): { readonly slope: number; readonly error: number; readonly now: number } | undefined {
  const count = atS.length;
  if (count < 3) return undefined;
  const slopes: number[] = [];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const apart = atS[j]! - atS[i]!;
      if (apart > 0) slopes.push((values[j]! - values[i]!) / apart);
    }
  }
  if (slopes.length === 0) return undefined;
  const slope = median(slopes);
  const lastS = atS[count - 1]!;
  const levels = Array.from({ length: count }, (_, i) => values[i]! + slope * (lastS - atS[i]!));
  const now = median(levels);
  const noise = 1.4826 * median(levels.map((level) => Math.abs(level - now)));
  const meanS = Array.from({ length: count }, (_, i) => atS[i]!).reduce((sum, t) => sum + t, 0) / count;
  let spread = 0;
  for (let i = 0; i < count; i++) spread += (atS[i]! - meanS) ** 2;
  return { slope, error: noise / Math.sqrt(spread), now };
}

/** Middle value; the mean of the middle two of an even number; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
