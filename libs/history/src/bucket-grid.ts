/** Equal buckets over a range: bucket i covers [fromMs + i * widthMs, fromMs + (i + 1) * widthMs). */
export interface BucketGrid {
  readonly fromMs: number;
  readonly toMs: number;
  readonly widthMs: number;
}

/** The finest grid of whole milliseconds with no more than `points` buckets over [fromMs, toMs). */
export function bucketGrid(fromMs: number, toMs: number, points: number): BucketGrid {
  const from = Math.ceil(fromMs);
  const to = Math.ceil(toMs);
  const widthMs = Math.max(1, Math.ceil((to - from) / Math.max(1, Math.floor(points))));
  return { fromMs: from, toMs: to, widthMs };
}
