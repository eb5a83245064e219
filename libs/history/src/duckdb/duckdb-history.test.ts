import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { QUALITY_REASONS } from '@lifeline/contracts';
import type { ReadingBlock } from '@lifeline/readings';
import fc from 'fast-check';
import type { SeriesKey } from '../port.js';
import { openDuckDbHistory, type DuckDbHistory, type DuckDbHistoryOptions } from './duckdb-history.js';

const DAY_MS = 86_400_000;
const DAY0 = 20_500;
const T0 = DAY0 * DAY_MS;
const CLOCK_FUTURE = QUALITY_REASONS.indexOf('clock-future');

type Sample = readonly [sensorNo: number, measuredAtMs: number, value: number, mark?: number];

function blockOf(samples: readonly Sample[]): ReadingBlock {
  return {
    arrivedAtMs: T0,
    inlet: 'test',
    sensorNo: Uint32Array.from(samples, (s) => s[0]),
    measuredAtMs: Float64Array.from(samples, (s) => s[1]),
    value: Float64Array.from(samples, (s) => s[2]),
    mark: Uint8Array.from(samples, (s) => s[3] ?? 0),
  };
}

const series = (sensorNo: number): SeriesKey => ({ sensorNo, deviceId: `d${sensorNo}`, channel: 'c', utility: 'gas' });

describe('settling the closed days of a history file', () => {
  let folder: string;
  let file: string;
  let history: DuckDbHistory;
  let nowMs: number;
  let sequence: number;

  const open = (options: Partial<DuckDbHistoryOptions> = {}) =>
    openDuckDbHistory({ file, settleEveryMs: 0, clock: { nowMs: () => nowMs }, ...options });
  const write = (...samples: Sample[]) =>
    history.write({ blocks: [blockOf(samples)], partition: 0, sequence: ++sequence });
  const values = async (sensorNo: number) => {
    const answer = await history.range({
      series: series(sensorNo),
      fromMs: T0 - 9 * DAY_MS,
      toMs: T0 + 9 * DAY_MS,
      points: 1e4,
    });
    return 'readings' in answer ? answer.readings.map(([t, v]) => [t - T0, v]) : [];
  };
  /** Rows of a table in the order they lie in, read from the closed file. */
  const rowsOf = async (table: string) => {
    await history.close();
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    const rows = (await connection.runAndReadAll(`SELECT * FROM ${table}`)).getRowsJson();
    connection.closeSync();
    instance.closeSync();
    history = await open();
    return rows.map((row) =>
      row.map((value) => (typeof value === 'string' && value !== '' && !isNaN(+value) ? +value : value)),
    );
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lifeline-settle-'));
    file = join(folder, 'history.duckdb');
    nowMs = T0 + DAY_MS + 2 * 3_600_000;
    sequence = 0;
    history = await open();
  });
  afterEach(async () => {
    await history.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('rewrites a closed day sorted by sensor and time without repeats, and leaves the day under way', async () => {
    await write([2, T0 + 5, 1], [1, T0 + 9, 2], [1, T0 + DAY_MS, 3]);
    await write([1, T0 + 3, 4], [2, T0 + 5, 5]);
    expect(await history.settle()).toEqual([DAY0]);
    expect(await rowsOf('settled')).toEqual([
      [1, T0 + 3, 4, 0],
      [1, T0 + 9, 2, 0],
      [2, T0 + 5, 5, 0],
    ]);
    expect(await rowsOf('recent')).toEqual([[1, T0 + DAY_MS, 3, 0]]);
    expect(await values(1)).toEqual([
      [3, 4],
      [9, 2],
      [DAY_MS, 3],
    ]);
  });

  it('waits an hour past midnight before a day counts as closed', async () => {
    await write([1, T0, 1]);
    nowMs = T0 + DAY_MS + 3_599_999;
    expect(await history.settle()).toEqual([]);
    nowMs += 1;
    expect(await history.settle()).toEqual([DAY0]);
  });

  it('gives a late reading at once, lets it replace the settled one, and takes it into its day a day later', async () => {
    await write([1, T0, 1], [1, T0 + 1, 1]);
    await history.settle();
    await write([1, T0 + 1, 7], [1, T0 + 2, 8]);
    expect(await history.settle()).toEqual([]);
    const now = [
      [0, 1],
      [1, 7],
      [2, 8],
    ];
    expect(await values(1)).toEqual(now);
    expect(await history.count(series(1), T0, T0 + 10)).toBe(3);
    nowMs += DAY_MS;
    expect(await history.settle()).toEqual([DAY0]);
    expect(await values(1)).toEqual(now);
    expect((await rowsOf('settled')).length).toBe(3);
    expect(await rowsOf('recent')).toEqual([]);
  });

  it('knows the newest value from before and after, as last written, and passes over a clock that ran ahead', async () => {
    await write([1, T0 + 1, 1], [2, T0 + 1, 2], [3, T0 + 1, 3], [3, T0 + 2, 99, CLOCK_FUTURE], [4, T0 + 2, 4]);
    await history.settle();
    await write([1, T0, 10], [2, T0 + 1, 20], [3, T0 + 2 * DAY_MS, 30]);
    const newest = async () =>
      [...(await history.last([1, 2, 3, 4].map(series)))]
        .sort((a, b) => a.sensorNo - b.sensorNo)
        .map((l) => [l.measuredAtMs - T0, l.value]);
    const expected = [
      [1, 1],
      [1, 20],
      [2 * DAY_MS, 30],
      [2, 4],
    ];
    expect(await newest()).toEqual(expected);
    nowMs += 3 * DAY_MS;
    await history.settle();
    expect(await newest()).toEqual(expected);
    await history.retain(T0 + 2);
    expect(await newest()).toEqual([expected[2], expected[3]]);
  });

  it('writes beside the rows which device and channel a number stands for', async () => {
    await history.close();
    history = await open({ series: (sensorNo) => (sensorNo === 7 ? series(7) : undefined) });
    await write([7, T0, 1], [8, T0, 1]);
    await history.settle();
    expect(await rowsOf('sensor')).toEqual([[7, 'd7', 'c', 'gas']]);
  });

  it('answers the same before and after, in slices of any size, whatever was written, late and again', async () => {
    let base = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 30 }), fc.integer()), {
            minLength: 1,
            maxLength: 20,
          }),
          { minLength: 1, maxLength: 4 },
        ),
        fc.integer({ min: 1, max: 8 }),
        async (batches, sliceRows) => {
          base += 10;
          await history.close();
          history = await open({ sliceRows });
          const model = new Map<string, number>();
          for (const batch of batches) {
            // Two days, so that hours 24 to 30 lie in the second.
            await write(...batch.map(([n, hour, v]): Sample => [base + n, T0 + hour * 3_600_000, v]));
            for (const [n, hour, v] of batch) model.set(`${n}/${hour}`, v);
            nowMs += 2 * DAY_MS;
            await history.settle();
          }
          for (const n of [1, 2, 3, 4]) {
            const expected = Array.from({ length: 31 }, (_, hour) => [hour * 3_600_000, model.get(`${n}/${hour}`)]);
            expect(await values(base + n)).toEqual(expected.filter(([, v]) => v !== undefined));
          }
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);

  it('takes writes while days are settled', async () => {
    await write(...Array.from({ length: 3000 }, (_, i): Sample => [i % 7, T0 + i, i]));
    const writes = Array.from({ length: 10 }, (_, k) => write([1, T0 + 10_000 + k, k], [1, T0 + DAY_MS + k, k]));
    await Promise.all([history.settle(), ...writes]);
    expect(await history.count(series(1), T0 + 10_000, T0 + 9 * DAY_MS)).toBe(20);
    expect(await history.count(series(1), T0, T0 + 10_000)).toBe(429);
  });

  it('gives the same buckets of a long range from hours as from rows, whatever came when', async () => {
    const from = T0 - 3 * DAY_MS;
    const sample = fc.tuple(
      fc.nat(6 * DAY_MS - 1),
      fc.integer({ min: -500, max: 500 }),
      fc.constantFrom(0, 0, 0, QUALITY_REASONS.indexOf('stuck'), QUALITY_REASONS.indexOf('out-of-range')),
    );
    let sensorNo = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(sample, { minLength: 30, maxLength: 80 }),
        fc.array(sample, { maxLength: 4 }),
        fc.nat(DAY_MS),
        async (before, late, cut) => {
          const sensor = ++sensorNo;
          const rows = new Map<number, readonly [number, number]>();
          const give = async (samples: typeof before) => {
            await write(...samples.map(([t, v, mark]): Sample => [sensor, from + t, v, mark]));
            for (const [t, v, mark] of samples) rows.set(from + t, [v, mark]);
          };
          // A day that was settled is settled again no sooner than a day later.
          nowMs += DAY_MS + 1;
          await give(before);
          await history.settle();
          await give(late);
          const [fromMs, toMs] = [from + cut, from + 6 * DAY_MS - 17];
          const answer = await history.range({ series: series(sensor), fromMs, toMs, points: 6 });
          const within = [...rows].filter(([t]) => t >= fromMs && t < toMs);
          if (within.length <= 6) return expect('readings' in answer && answer.readings.length).toBe(within.length);
          const startMs = Math.floor(fromMs / 3_600_000) * 3_600_000;
          const widthMs = Math.ceil((toMs - startMs) / 6 / 3_600_000) * 3_600_000;
          const expected = new Map<number, number[]>();
          for (const [t, [v, mark]] of within.sort(([a], [b]) => a - b)) {
            if (mark === QUALITY_REASONS.indexOf('out-of-range')) continue;
            const start = Math.max(fromMs, startMs + Math.floor((t - startMs) / widthMs) * widthMs);
            expected.set(start, [...(expected.get(start) ?? []), v]);
          }
          const buckets = 'buckets' in answer ? answer.buckets : [];
          expect(buckets.map(([t, low, high, , count]) => [t, low, high, count])).toEqual(
            [...expected].map(([t, vs]) => [t, Math.min(...vs), Math.max(...vs), vs.length]),
          );
          for (const [t, , , mean] of buckets) {
            const vs = expected.get(t) ?? [];
            expect(mean).toBeCloseTo(vs.reduce((a, b) => a + b, 0) / vs.length, 6);
          }
          return undefined;
        },
      ),
      { numRuns: 8 },
    );
    expect((await rowsOf('hourly_day')).length).toBeGreaterThan(3);
  }, 60_000);

  it('makes up the hours of a file that was written before there were any, and of a day that was cut', async () => {
    const at = (hours: number, value: number): Sample => [1, T0 - DAY_MS + hours * 3_600_000, value];
    await write(...Array.from({ length: 24 }, (_, hour) => at(hour, hour)));
    await history.settle();
    const whole = await rowsOf('hourly');
    expect(whole.length).toBe(24);
    await history.close();
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run('DROP TABLE hourly; DROP TABLE hourly_day;');
    connection.closeSync();
    instance.closeSync();
    history = await open();
    await history.settle();
    expect(await rowsOf('hourly')).toEqual(whole);
    await history.retain(T0 - DAY_MS + 5.5 * 3_600_000);
    await history.settle();
    expect(await rowsOf('hourly')).toEqual(whole.slice(6));
  });
});
