import type { History, Span } from '../../chart/chart-data.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Windows until now, as people ask for them. */
export const PRESETS = {
  hour: HOUR_MS,
  sixHours: 6 * HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  quarter: 91 * DAY_MS,
  year: 365 * DAY_MS,
} as const;
export type PresetName = keyof typeof PRESETS;

/** How much earlier the window is that is drawn behind. A year is 52 weeks, so that a Monday lies on a Monday. */
export const COMPARISONS = { 'day-before': DAY_MS, 'week-before': 7 * DAY_MS, 'year-before': 364 * DAY_MS } as const;
export type Comparison = keyof typeof COMPARISONS;

/** A live window moves on in steps: as fine as a person sees in it, from ten seconds to ten minutes. */
export function stepMs(lengthMs: number): number {
  return Math.min(600_000, Math.max(10_000, Math.round(lengthMs / 360 / 1000) * 1000));
}

/** Points that a chart of the page's width can show apart. */
const POINTS = 1000;
/** From here on a point is a day: what repeats every day would else fill the chart from top to bottom. */
const DAILY_FROM_MS = 120 * DAY_MS;

/** Points to ask for over a window of this length. */
export function pointsOver(lengthMs: number): number {
  return lengthMs >= DAILY_FROM_MS ? Math.ceil(lengthMs / DAY_MS) : POINTS;
}

export function movedSpan({ fromMs, toMs }: Span, byMs: number): Span {
  return { fromMs: fromMs + byMs, toMs: toMs + byMs };
}

/** The history with its times moved. */
export function movedHistory(history: History, byMs: number): History {
  return { ...history, timesMs: history.timesMs.map((atMs) => atMs + byMs) };
}
