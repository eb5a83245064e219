import type { Quality, Sensor } from '@lifeline/contracts';
import type { History, SeriesKey } from '@lifeline/history';

/** Rows held at once: what one question gives, what is encoded at once, and in Parquet a row group. Some 2 MB. */
export const PAGE_ROWS = 20_000;

export interface ExportedSensor extends Pick<Sensor, 'sensorId' | 'name' | 'unit'> {
  readonly series: SeriesKey;
}

export interface ExportSpan {
  /** Inclusive. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

/** Rows of one sensor as columns of equal length, in order of time. */
export interface ExportPage {
  readonly sensor: ExportedSensor;
  readonly measuredAtMs: readonly number[];
  /** Null: not a number. */
  readonly value: readonly (number | null)[];
  /** Null where the row stands for many readings. */
  readonly quality: readonly (Quality | null)[];
  /** What a row stands for that is not one reading; of `shown` rows alone. */
  readonly spread?: {
    readonly min: readonly (number | null)[];
    readonly max: readonly (number | null)[];
    readonly readings: readonly number[];
  };
}

/** Every reading, sensor after sensor, a page at a time. @throws HistoryUnavailableError */
export async function* rawPages(
  history: Pick<History, 'page'>,
  sensors: readonly ExportedSensor[],
  { fromMs, toMs }: ExportSpan,
): AsyncGenerator<ExportPage> {
  for (const sensor of sensors) {
    let nextMs = fromMs;
    while (nextMs < toMs) {
      const readings = await history.page({ series: sensor.series, fromMs: nextMs, toMs, most: PAGE_ROWS });
      if (readings.length > 0) {
        yield {
          sensor,
          measuredAtMs: readings.map((reading) => reading[0]),
          value: readings.map((reading) => reading[1]),
          quality: readings.map((reading) => reading[2]),
        };
      }
      if (readings.length < PAGE_ROWS) break;
      nextMs = readings.at(-1)![0] + 1;
    }
  }
}

/**
 * What a chart of so many points shows: a bucket's time is its start, its value the mean of its readings that are not bad.
 * @throws HistoryUnavailableError
 */
export async function* shownPages(
  history: Pick<History, 'range'>,
  sensors: readonly ExportedSensor[],
  { fromMs, toMs }: ExportSpan,
  points: number,
): AsyncGenerator<ExportPage> {
  for (const sensor of sensors) {
    const answer = await history.range({ series: sensor.series, fromMs, toMs, points });
    if ('readings' in answer) {
      const { readings } = answer;
      const value = readings.map((reading) => reading[1]);
      yield {
        sensor,
        measuredAtMs: readings.map((reading) => reading[0]),
        value,
        quality: readings.map((reading) => reading[2]),
        spread: { min: value, max: value, readings: readings.map(() => 1) },
      };
    } else {
      const { buckets } = answer;
      yield {
        sensor,
        measuredAtMs: buckets.map((bucket) => bucket[0]),
        value: buckets.map((bucket) => bucket[3]),
        quality: buckets.map(() => null),
        spread: {
          min: buckets.map((bucket) => bucket[1]),
          max: buckets.map((bucket) => bucket[2]),
          readings: buckets.map((bucket) => bucket[4]),
        },
      };
    }
  }
}
