import type { Quality } from '@lifeline/contracts';
import type { ReadingBlock } from '@lifeline/readings';

/** The history: every reading for years, by sensor and measured time. */

/** A sensor as the history names it: InfluxDB tags a series with device and channel, DuckDB stores the number. */
export interface SeriesKey {
  readonly sensorNo: number;
  readonly deviceId: string;
  readonly channel: string;
  readonly utility: string;
}

/** Position in the reading log up to which the history holds everything, by partition. */
export type HistoryCursor = readonly number[];

export interface HistoryBatch {
  /** Readings in log order; those marked duplicate are left out by the writer. */
  readonly blocks: readonly ReadingBlock[];
  readonly partition: number;
  /** Log sequence of the newest record in the batch. */
  readonly sequence: number;
}

/** [tMs, min, max, mean, count] */
export type Bucket = readonly [number, number, number, number, number];
/** [tMs, value (null: not a number), quality] */
export type HistoryReading = readonly [number, number | null, Quality];

export type RangeAnswer = { readonly readings: readonly HistoryReading[] } | { readonly buckets: readonly Bucket[] };

export interface RangeQuestion {
  readonly series: SeriesKey;
  /** Inclusive. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** The readings themselves where there are no more than this, else so many buckets at most. Bad readings count in neither min nor max. */
  readonly points: number;
}

export interface PageQuestion {
  readonly series: SeriesKey;
  /** Inclusive. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** Readings at most. */
  readonly most: number;
}

export interface LastValue {
  readonly sensorNo: number;
  readonly measuredAtMs: number;
  readonly value: number;
  /** As ReadingBlock.mark. */
  readonly mark: number;
}

export interface History {
  /**
   * Writes a batch durably, once: the same (sensor, measured time) written again replaces (last written wins). Throws on any
   * fault with nothing acknowledged; the caller writes the same batch again from the log.
   */
  write(batch: HistoryBatch): Promise<void>;
  /** Cursor kept with the rows, where the store can; undefined where the log must keep it. */
  cursor(): Promise<HistoryCursor | undefined>;
  range(question: RangeQuestion): Promise<RangeAnswer>;
  /** The first readings of a range by measured time, each time once; fewer than `most` are all there are. The next page begins after the last. */
  page(question: PageQuestion): Promise<readonly HistoryReading[]>;
  /** Newest value of each of these sensors that has one. */
  last(series: readonly SeriesKey[]): Promise<readonly LastValue[]>;
  /** Newest value measured later than `afterMs` and up to `untilMs`, of each of these sensors that has one. */
  newestWithin(series: readonly SeriesKey[], afterMs: number, untilMs: number): Promise<readonly LastValue[]>;
  /** Drops what was measured before; gives nothing. */
  retain(beforeMs: number): Promise<void>;
  /** Number of distinct (sensor, measured time) rows; for tests and the doctor. */
  count(series: SeriesKey, fromMs: number, toMs: number): Promise<number>;
  close(): Promise<void>;
}

/** Gives the series of a sensor number; undefined where the registry does not know it (yet). */
export type SeriesLookup = (sensorNo: number) => SeriesKey | undefined;

export class HistoryUnavailableError extends Error {
  readonly code = 'history-unavailable';
}
