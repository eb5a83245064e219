import type { Span } from './chart-data.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SHORTEST_MS = MINUTE_MS;
const LONGEST_MS = 400 * DAY_MS;

export const RANGES = { hour: 60 * MINUTE_MS, sixHours: 360 * MINUTE_MS, day: DAY_MS, week: 7 * DAY_MS } as const;
export type RangeName = keyof typeof RANGES;

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
