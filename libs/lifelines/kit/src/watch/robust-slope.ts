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
  const slopes = scratch((count * (count - 1)) / 2);
  let pairs = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const apart = atS[j]! - atS[i]!;
      if (apart > 0) slopes[pairs++] = (values[j]! - values[i]!) / apart;
    }
  }
  if (pairs === 0) return undefined;
  const slope = sortedMiddle(slopes.subarray(0, pairs).sort());
  const lastS = atS[count - 1]!;
  const levels = scratch(count);
  let meanS = 0;
  for (let i = 0; i < count; i++) {
    levels[i] = values[i]! + slope * (lastS - atS[i]!);
    meanS += atS[i]! / count;
  }
  const now = sortedMiddle(levels.sort());
  for (let i = 0; i < count; i++) levels[i] = Math.abs(levels[i]! - now);
  const noise = 1.4826 * sortedMiddle(levels.sort());
  let spread = 0;
  for (let i = 0; i < count; i++) spread += (atS[i]! - meanS) ** 2;
  return { slope, error: noise / Math.sqrt(spread), now };
}

/** Middle value; the mean of the middle two of an even number; NaN of none. */
export function median(values: readonly number[]): number {
  return sortedMiddle([...values].sort((a, b) => a - b));
}

function sortedMiddle(sorted: ArrayLike<number>): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Used again by the next call: levels are judged every few seconds, a city of them. */
let memory = new Float64Array(2048);

function scratch(length: number): Float64Array {
  if (length > memory.length) memory = new Float64Array(length);
  return memory.subarray(0, length);
}
