/** Keeps squares and sums finite whatever comes in. */
const LARGEST_VALUE = 1e100;

/** NaN where it is no value. */
export function bounded(value: number | undefined): number {
  if (value === undefined || !Number.isFinite(value)) return NaN;
  return clip(value, LARGEST_VALUE);
}

export function clip(value: number, reach: number): number {
  return Math.max(-reach, Math.min(reach, value));
}

/**
 * A chi-squared sum as deviations of a normal distribution of the same rarity (Wilson & Hilferty 1931); below 0 it is 0.
 */
export function deviationOf(squares: number, degrees: number): number {
  const spread = 2 / (9 * degrees);
  return Math.max(0, (Math.cbrt(Math.max(0, squares) / degrees) - (1 - spread)) / Math.sqrt(spread));
}

/** Channels by their share; those of equal share in their own order, so that the order depends on this row alone. */
export function sortByShare(order: Uint16Array, share: Float64Array): void {
  for (let i = 0; i < order.length; i++) {
    let at = i;
    while (at > 0 && share[order[at - 1]!]! < share[i]!) order[at] = order[--at]!;
    order[at] = i;
  }
}
