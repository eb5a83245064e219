import type { Alarm, Limits, Priority, Quality, ReadingsAnswer } from '@lifeline/contracts';
import type { LiveValue } from '../live/value-book.js';

/** A stretch of history as the chart draws it: columns of one length, times ascending in epoch milliseconds. */
export interface History {
  readonly timesMs: readonly number[];
  /** Reading, or the mean of a bucket; null breaks the line. */
  readonly mid: readonly (number | null)[];
  /** Extremes of a bucket; as `mid` for single readings. */
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  readonly quality: readonly Quality[];
  readonly kind: 'readings' | 'buckets';
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Reads an answer. Silence longer than `gapMs` (for buckets: than two and a half of them) breaks the line. */
export function historyOf(answer: ReadingsAnswer, gapMs: number): History {
  const columns = {
    timesMs: [] as number[],
    mid: [] as Value[],
    low: [] as Value[],
    high: [] as Value[],
    quality: [] as Quality[],
  };
  const push = (atMs: number, mid: Value, low: Value, high: Value, quality: Quality): void => {
    columns.timesMs.push(atMs);
    columns.mid.push(mid);
    columns.low.push(low);
    columns.high.push(high);
    columns.quality.push(quality);
  };
  if ('buckets' in answer) {
    const breakMs = 2.5 * bucketWidth(answer.buckets.map(([atMs]) => atMs));
    for (const [atMs, min, max, mean] of answer.buckets) {
      const last = columns.timesMs.at(-1);
      if (last !== undefined && atMs - last > breakMs) push(last + 1, null, null, null, 'good');
      push(atMs, mean, min, max, 'good');
    }
    return { ...columns, kind: 'buckets' };
  }
  for (const [atMs, value, quality] of answer.readings) {
    const last = columns.timesMs.at(-1);
    if (last !== undefined && atMs - last > gapMs) push(last + 1, null, null, null, 'good');
    push(atMs, value, value, value, quality);
  }
  return { ...columns, kind: 'readings' };
}

type Value = number | null;

function bucketWidth(timesMs: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < timesMs.length; i++) least = Math.min(least, timesMs[i]! - timesMs[i - 1]!);
  return least;
}

/** The history with live readings that are newer than it. */
export function withLive(history: History, tail: readonly LiveValue[]): History {
  const lastMs = history.timesMs.at(-1) ?? Number.NEGATIVE_INFINITY;
  const newer = tail.filter((value) => value.measuredAtMs > lastMs);
  if (newer.length === 0) return history;
  const values = newer.map((value) => value.value);
  return {
    ...history,
    timesMs: [...history.timesMs, ...newer.map((value) => value.measuredAtMs)],
    mid: [...history.mid, ...values],
    low: [...history.low, ...values],
    high: [...history.high, ...values],
    quality: [...history.quality, ...newer.map((value) => value.quality)],
  };
}

/** Where readings are not good, to be hatched. */
export function doubtfulSpans({ timesMs, quality }: History): Span[] {
  const spans: { fromMs: number; toMs: number }[] = [];
  let open: { fromMs: number; toMs: number } | undefined;
  timesMs.forEach((atMs, i) => {
    if (quality[i] === 'good') {
      open = undefined;
      return;
    }
    if (open === undefined) spans.push((open = { fromMs: atMs, toMs: atMs }));
    else open.toMs = atMs;
  });
  return spans;
}

export interface AlarmSpan extends Span {
  readonly priority: Priority;
}

/** When alarms of the sensor stood, for the strip under the axis; those still open last until `nowMs`. */
export function alarmSpans(alarms: readonly Alarm[], nowMs: number): AlarmSpan[] {
  return alarms.map(({ raisedAtMs, clearedAtMs, priority, state }) => ({
    fromMs: raisedAtMs,
    toMs: clearedAtMs ?? (state === 'normal' ? raisedAtMs : Math.max(raisedAtMs, nowMs)),
    priority,
  }));
}

/** What a test expected of the sensor while its alarm stood, in the sensor's unit. */
export interface ExpectedBand extends Span {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The bands that alarms of the sensor carry as their evidence. */
export function expectedBands(alarms: readonly Alarm[], nowMs: number): ExpectedBand[] {
  return alarms.flatMap((alarm) => {
    const expected = alarm.evidence?.expected;
    const [span] = alarmSpans([alarm], nowMs);
    return expected == null || span === undefined ? [] : [{ fromMs: span.fromMs, toMs: span.toMs, ...expected }];
  });
}

export interface NamedLimit {
  readonly kind: 'low-low' | 'low' | 'high' | 'high-high';
  readonly value: number;
}

/** The limits that are lines in the chart. */
export function limitLines(limits: Limits): NamedLimit[] {
  const lines = [
    ['low-low', limits.lowLow],
    ['low', limits.low],
    ['high', limits.high],
    ['high-high', limits.highHigh],
  ] as const;
  return lines.flatMap(([kind, value]) => (value == null ? [] : [{ kind, value }]));
}

/** A height in the chart. */
export type Mark = Pick<NamedLimit, 'value'> & Partial<NamedLimit>;

/**
 * The vertical extent: all data, and those limits and edges of bands that lie no further from it than its own height (twice, for flat data), so that
 * a far limit does not flatten the line.
 */
export function valueRange(low: number | null, high: number | null, limits: readonly Mark[]): [number, number] {
  const values = limits.map((limit) => limit.value);
  if (low === null || high === null) {
    if (values.length === 0) return [0, 1];
    return padded(Math.min(...values), Math.max(...values));
  }
  const reach = Math.max((high - low) * 1.5, Math.max(Math.abs(low), Math.abs(high)) * 0.25, 1e-6);
  let from = low;
  let to = high;
  for (const value of values) {
    if (value >= low - reach && value < from) from = value;
    if (value <= high + reach && value > to) to = value;
  }
  return padded(from, to);
}

function padded(low: number, high: number): [number, number] {
  // Never less than a number of this size can tell apart: a range without height cannot be drawn.
  const least = Math.max(Math.abs(low), Math.abs(high), 1) * 1e-9;
  const room = Math.max((high - low || Math.abs(high) * 0.1 || 1) * 0.08, least);
  return [low - room, high + room];
}

/** The place in ascending times that is nearest to `atMs`; undefined where there are none. */
export function nearestIndex(timesMs: readonly number[], atMs: number): number | undefined {
  if (timesMs.length === 0) return undefined;
  let low = 0;
  let high = timesMs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timesMs[middle]! < atMs) low = middle + 1;
    else high = middle;
  }
  const before = low - 1;
  return before >= 0 && atMs - timesMs[before]! < timesMs[low]! - atMs ? before : low;
}
