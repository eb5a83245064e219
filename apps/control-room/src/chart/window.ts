import type { Span } from './chart-data.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SHORTEST_MS = MINUTE_MS;
const LONGEST_MS = 400 * DAY_MS;

export const RANGES = {
  tenMinutes: 10 * MINUTE_MS,
  hour: 60 * MINUTE_MS,
  sixHours: 360 * MINUTE_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
} as const;
export type RangeName = keyof typeof RANGES;

/** Share of the last hour under which its readings are too few minutes to be seen in it. */
const SEEN_SHARE = 1 / 6;

/**
 * The range that a chart opens with: the last hour, or the last ten minutes where the hour's first reading is hardly older.
 * Before the hour is read, and where it is empty, the hour.
 */
export function openingRange(firstMs: number | undefined, nowMs: number): RangeName {
  if (firstMs === undefined) return 'hour';
  return nowMs - firstMs < RANGES.hour * SEEN_SHARE ? 'tenMinutes' : 'hour';
}

/** The window made `factor` times as long, the moment at `share` (0 left, 1 right) staying where it is. */
export function zoomedWindow({ fromMs, toMs }: Span, share: number, factor: number): Span {
  const length = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (toMs - fromMs) * factor));
  const heldMs = fromMs + (toMs - fromMs) * share;
  const start = Math.round(heldMs - length * share);
  return { fromMs: start, toMs: Math.round(start + length) };
}

/** The window moved by `share` of its length; later is positive. */
export function movedWindow({ fromMs, toMs }: Span, share: number): Span {
  const byMs = Math.round((toMs - fromMs) * share);
  return { fromMs: fromMs + byMs, toMs: toMs + byMs };
}
