import { describeValue } from './describe-value.js';

/** RFC 3339 date and time; seconds may be missing, the offset may not. */
const ISO_WITH_OFFSET =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const ISO_WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}([Tt ]\d{2}(:?\d{2}){0,2}([.,]\d+)?)?$/;

/**
 * The measured time of a plain body: epoch milliseconds, or ISO 8601 with an offset.
 * @returns whole epoch milliseconds, or NaN where it is neither
 */
export function readTimestampMs(ts: unknown): number {
  if (typeof ts === 'number') return Number.isFinite(ts) ? Math.round(ts) : NaN;
  if (typeof ts !== 'string') return NaN;
  const parts = ISO_WITH_OFFSET.exec(ts);
  if (!parts) return NaN;
  // Date.parse rolls 30 February over into March: a date that is not in the calendar is no time.
  if (Number(parts[3]) > daysOfMonth(Number(parts[1]), Number(parts[2]))) return NaN;
  return Date.parse(ts.replace(' ', 'T').toUpperCase());
}

/** Why `readTimestampMs` gave NaN, and how to mend it. */
export function whyBadTimestamp(ts: unknown): string {
  const mend = 'send epoch milliseconds, or ISO 8601 with an offset such as 2023-07-30T08:00:00+08:00';
  if (typeof ts === 'string' && ISO_WITHOUT_OFFSET.test(ts)) {
    return `ts is ${describeValue(ts)}, without an offset: add Z or the offset, e.g. +08:00`;
  }
  return `ts is ${describeValue(ts)}: ${mend}; leave it out for the time of arrival`;
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
