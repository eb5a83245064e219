import { hourMinuteSecond } from '../../words/times.js';

export const SPAN_NAMES = ['this-shift', 'last-shift', 'day', 'week', 'month'] as const;
/** A span of time as people ask for it. */
export type SpanName = (typeof SPAN_NAMES)[number];

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Two shifts a day, that begin at 8 and 20 o'clock in the city (this project's default). */
const SHIFT_MS = 12 * HOUR_MS;
const SHIFT_BEGINS_MS = 8 * HOUR_MS;
const SLOT_MS = 10 * MINUTE_MS;

/** The span by its name as of now, up to the end of this minute; its start is on a whole ten minutes. */
export function spanOf(name: SpanName, nowMs: number, zone: string): Span {
  const toMs = Math.ceil((nowMs + 1) / MINUTE_MS) * MINUTE_MS;
  const back = (ms: number): Span => ({ fromMs: Math.floor((toMs - ms) / SLOT_MS) * SLOT_MS, toMs });
  switch (name) {
    case 'this-shift':
      return { fromMs: shiftStartMs(nowMs, zone), toMs };
    case 'last-shift': {
      const startMs = shiftStartMs(nowMs, zone);
      return { fromMs: startMs - SHIFT_MS, toMs: startMs };
    }
    case 'day':
      return back(DAY_MS);
    case 'week':
      return back(7 * DAY_MS);
    case 'month':
      return back(30 * DAY_MS);
  }
}

/** When the shift on duty began. */
function shiftStartMs(nowMs: number, zone: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = hourMinuteSecond(nowMs, zone).split(':').map(Number);
  const ofDayMs = hours * HOUR_MS + minutes * MINUTE_MS + seconds * 1000 + (nowMs % 1000);
  return nowMs - ((ofDayMs - SHIFT_BEGINS_MS + DAY_MS) % SHIFT_MS);
}

export interface Bars {
  /** Width of a bar in ms. */
  readonly slotMs: number;
  /** Announcements in the busiest ten minutes of each bar. */
  readonly counts: readonly number[];
}

/** How many ten minutes one bar may stand for: up to half a day. */
const GROUPS = [1, 3, 6, 18, 36, 72] as const;

/** Bars no more than so many: where ten minutes are too thin to be seen, the busiest of several stands for them. */
export function barsOf(slots: readonly number[], most = 240): Bars {
  const group = GROUPS.find((size) => Math.ceil(slots.length / size) <= most) ?? GROUPS.at(-1)!;
  const counts: number[] = [];
  for (let at = 0; at < slots.length; at += group) counts.push(Math.max(...slots.slice(at, at + group)));
  return { slotMs: group * SLOT_MS, counts };
}
