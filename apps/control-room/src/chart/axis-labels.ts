import { formatNumber } from '../words/numbers.js';
import { dayOf, hourMinute, hourMinuteSecond } from '../words/times.js';

const DAY_S = 86_400;

/** A moment on the time axis, as fine as the axis' step. */
export function timeLabel(atMs: number, stepS: number, zone: string): string {
  const day = dayOf(atMs, zone);
  if (stepS >= 27 * DAY_S) return day.slice(0, 7);
  const time = hourMinute(atMs, zone);
  if (stepS >= DAY_S || time === '00:00') return day.slice(5);
  return stepS < 60 ? hourMinuteSecond(atMs, zone) : time;
}

/** Axis numbers with as many decimals as tell one from the next. */
export function axisLabel(value: number, splits: readonly number[]): string {
  const span = (splits.at(-1) ?? 0) - (splits[0] ?? 0);
  return formatNumber(value, { range: { low: 0, high: span === 0 ? 1 : span * 12 } });
}
