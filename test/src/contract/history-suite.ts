import type { History, HistoryReading, Bucket, RangeAnswer, SeriesKey, SeriesLookup } from '@lifeline/history';
import { DUPLICATE, type ReadingBlock } from '@lifeline/readings';
import { QUALITY_REASONS, type QualityReason } from '@lifeline/contracts';
import fc from 'fast-check';

/** One reading in a test: sensor number, measured time, value, why it is not good (default: it is good). */
export type Sample = readonly [number, number, number, QualityReason?];

export interface OpenHistory {
  readonly history: History;
  dispose(): Promise<void>;
}

export interface HistoryTraits {
  /** Who drops old readings: the adapter on `retain`, or the store by a rule of its own. */
  readonly retention: 'adapter' | 'store';
  /** Whether the cursor is kept with the rows. */
  readonly keepsCursor: boolean;
}

export const T0 = Date.UTC(2026, 2, 1);

/** Sensor n is channel `c<n>` of device `d<n>`; numbers from 900,000 the registry does not know. */
export const seriesOf: SeriesLookup = (sensorNo) => (sensorNo >= 900_000 ? undefined : seriesKey(sensorNo));

export function seriesKey(sensorNo: number): SeriesKey {
  return { sensorNo, deviceId: `d${sensorNo}`, channel: `c${sensorNo}`, utility: 'gas' };
}

export function blockOf(samples: readonly Sample[]): ReadingBlock {
  return {
    arrivedAtMs: T0,
    inlet: 'test',
    sensorNo: Uint32Array.from(samples, (s) => s[0]),
    measuredAtMs: Float64Array.from(samples, (s) => s[1]),
    value: Float64Array.from(samples, (s) => s[2]),
    mark: Uint8Array.from(samples, (s) => QUALITY_REASONS.indexOf(s[3] ?? 'none')),
  };
}

export function readingsOf(answer: RangeAnswer): readonly HistoryReading[] {
  if (!('readings' in answer)) throw new Error(`buckets came instead of readings: ${JSON.stringify(answer)}`);
  return answer.readings;
}

export function bucketsOf(answer: RangeAnswer): readonly Bucket[] {
  if (!('buckets' in answer)) throw new Error(`readings came instead of buckets: ${JSON.stringify(answer)}`);
  return answer.buckets;
}

/** What every adapter of the history must do, against its real store; `open` gives an empty one. */
export function describeHistory(name: string, open: () => Promise<OpenHistory>, traits: HistoryTraits): void {
  describe(`the history in ${name}`, () => {
    let opened: OpenHistory;
    let history: History;
    let sequence = 0;

    beforeEach(async () => {
      opened = await open();
      history = opened.history;
      sequence = 0;
    });
    afterEach(async () => {
      await opened.dispose();
    });

    const write = (...samples: Sample[]) =>
      history.write({ blocks: [blockOf(samples)], partition: 0, sequence: ++sequence });
    const everything = async (sensorNo: number) =>
      readingsOf(
        await history.range({ series: seriesKey(sensorNo), fromMs: T0 - 1e9, toMs: T0 + 1e9, points: 10_000 }),
      );

    it('gives readings back in order of measured time, whatever the order they came in', async () => {
      await write([1, T0 + 3000, 3], [1, T0 + 1000, 1.25]);
      await write([2, T0, 99], [1, T0 + 2000, -2e-9]);
      expect(await everything(1)).toEqual([
        [T0 + 1000, 1.25, 'good'],
        [T0 + 2000, -2e-9, 'good'],
        [T0 + 3000, 3, 'good'],
      ]);
    });

    it('keeps one reading where the same batch is written again', async () => {
      const batch = { blocks: [blockOf([[1, T0, 5], [1, T0 + 1, 6]])], partition: 0, sequence: 1 }; // prettier-ignore
      await history.write(batch);
      await history.write(batch);
      expect(await history.count(seriesKey(1), T0, T0 + 10)).toBe(2);
      expect(await everything(1)).toEqual([
        [T0, 5, 'good'],
        [T0 + 1, 6, 'good'],
      ]);
    });

    it('keeps what was written last where a sensor and time come again, within a batch and in a later one', async () => {
      await write([1, T0, 1], [1, T0, 2], [1, T0 + 1, 1]);
      await write([1, T0 + 1, 7, 'spike']);
      expect(await everything(1)).toEqual([
        [T0, 2, 'good'],
        [T0 + 1, 7, 'uncertain'],
      ]);
    });

    it('stores no reading that is marked as a repeat', async () => {
      const block = blockOf([[1, T0, 1], [1, T0, 2], [1, T0 + 1, 3]]); // prettier-ignore
      block.mark[1] = DUPLICATE;
      await history.write({ blocks: [block], partition: 0, sequence: 1 });
      expect(await everything(1)).toEqual([
        [T0, 1, 'good'],
        [T0 + 1, 3, 'good'],
      ]);
    });

    it('takes a batch of many blocks, and one with nothing to store', async () => {
      const repeat = blockOf([[1, T0, 1]]);
      repeat.mark[0] = DUPLICATE;
      await history.write({ blocks: [repeat], partition: 0, sequence: 1 });
      await history.write({ blocks: [], partition: 0, sequence: 2 });
      await history.write({
        blocks: [blockOf([[1, T0, 1]]), blockOf([]), blockOf([[1, T0 + 1, 2]])],
        partition: 0,
        sequence: 3,
      });
      expect(await history.count(seriesKey(1), T0, T0 + 10)).toBe(2);
    });

    it('keeps the quality of each reading, and gives null for what was not a number', async () => {
      await write([1, T0, 1, 'stuck'], [1, T0 + 1, 1e6, 'out-of-range'], [1, T0 + 2, NaN, 'not-a-number']);
      await write([1, T0 + 3, 4]);
      await write([1, T0 + 3, NaN, 'not-a-number']);
      expect(await everything(1)).toEqual([
        [T0, 1, 'uncertain'],
        [T0 + 1, 1e6, 'bad'],
        [T0 + 2, null, 'bad'],
        [T0 + 3, null, 'bad'],
      ]);
    });

    it('takes its range from the first millisecond and up to the last, which is left out', async () => {
      await write([1, T0 - 1, 1], [1, T0, 2], [1, T0 + 9, 3], [1, T0 + 10, 4]);
      const question = { series: seriesKey(1), fromMs: T0, toMs: T0 + 10 };
      expect(readingsOf(await history.range({ ...question, points: 2 }))).toEqual([
        [T0, 2, 'good'],
        [T0 + 9, 3, 'good'],
      ]);
      expect(bucketsOf(await history.range({ ...question, points: 1 }))).toEqual([[T0, 2, 3, 2.5, 2]]);
    });

    it('gives a range page by page, each reading once and as last written', async () => {
      await write([1, T0 - 1, 1], [1, T0, 2], [1, T0 + 2, 4, 'stuck'], [1, T0 + 1, 3], [2, T0, 9], [1, T0 + 5, 6]);
      await write([1, T0 + 1, 33], [1, T0 + 3, NaN, 'not-a-number']);
      const pages: (readonly HistoryReading[])[] = [];
      for (let fromMs = T0; ;) {
        const page = await history.page({ series: seriesKey(1), fromMs, toMs: T0 + 5, most: 2 });
        if (page.length === 0) break;
        pages.push(page);
        fromMs = page.at(-1)![0] + 1;
      }
      expect(pages).toEqual([
        [
          [T0, 2, 'good'],
          [T0 + 1, 33, 'good'],
        ],
        [
          [T0 + 2, 4, 'uncertain'],
          [T0 + 3, null, 'bad'],
        ],
      ]);
      expect(await history.page({ series: seriesKey(1), fromMs: T0, toMs: T0, most: 2 })).toEqual([]);
    });

    it('answers a range without readings, a range that is empty and a sensor that never spoke', async () => {
      await write([1, T0, 1]);
      const none = { readings: [] };
      expect(await history.range({ series: seriesKey(1), fromMs: T0 + 1, toMs: T0 + 100, points: 10 })).toEqual(none);
      expect(await history.range({ series: seriesKey(1), fromMs: T0, toMs: T0, points: 10 })).toEqual(none);
      expect(await history.range({ series: seriesKey(1), fromMs: T0 + 9, toMs: T0, points: 10 })).toEqual(none);
      expect(await history.range({ series: seriesKey(2), fromMs: T0, toMs: T0 + 100, points: 10 })).toEqual(none);
      expect(await history.count(seriesKey(2), T0, T0 + 100)).toBe(0);
      expect(await history.last([seriesKey(2)])).toEqual([]);
      expect(await history.last([])).toEqual([]);
    });

    it('lays buckets from the start of the range, leaves out empty ones and keeps the extremes', async () => {
      const from = T0 + 123;
      await write([1, from, 1], [1, from + 9, 100], [1, from + 10, -50], [1, from + 35, 2], [1, from + 39, 4]);
      expect(
        bucketsOf(await history.range({ series: seriesKey(1), fromMs: from, toMs: from + 40, points: 4 })),
      ).toEqual([
        [from, 1, 100, 50.5, 2],
        [from + 10, -50, -50, -50, 1],
        [from + 30, 2, 4, 3, 2],
      ]);
    });

    it('leaves bad readings out of the buckets, so that no false extreme and no NaN comes in', async () => {
      await write([1, T0, 1], [1, T0 + 1, 1e9, 'out-of-range'], [1, T0 + 2, NaN, 'not-a-number']);
      await write([1, T0 + 3, 3, 'late'], [1, T0 + 10, 5e9, 'clock-past'], [1, T0 + 11, NaN, 'not-a-number']);
      expect(bucketsOf(await history.range({ series: seriesKey(1), fromMs: T0, toMs: T0 + 20, points: 2 }))).toEqual([
        [T0, 1, 3, 2, 2],
      ]);
    });

    it('buckets any readings so that their extremes and counts are the true ones', async () => {
      let sensorNo = 100;
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.tuple(
              fc.integer({ min: -50, max: 1050 }),
              fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 1000),
              fc.constantFrom<QualityReason>('none', 'none', 'stuck', 'out-of-range', 'not-a-number'),
            ),
            { minLength: 1, maxLength: 60 },
          ),
          fc.integer({ min: 1, max: 20 }),
          async (samples, points) => {
            const sensor = ++sensorNo;
            await write(
              ...samples.map(([t, v, reason]): Sample => [sensor, T0 + t, reason === 'not-a-number' ? NaN : v, reason]),
            );
            const kept = new Map(samples.map(([t, v, reason]) => [t, { v, reason }]));
            for (const t of kept.keys()) if (t < 0 || t >= 1000) kept.delete(t);
            const answer = await history.range({ series: seriesKey(sensor), fromMs: T0, toMs: T0 + 1000, points });
            if (kept.size <= points) {
              expect(readingsOf(answer).length).toBe(kept.size);
              return;
            }
            const widthMs = Math.ceil(1000 / points);
            const expected = new Map<number, number[]>();
            for (const [t, { v, reason }] of kept) {
              if (reason !== 'none' && reason !== 'stuck') continue;
              const start = T0 + Math.floor(t / widthMs) * widthMs;
              expected.set(start, [...(expected.get(start) ?? []), v]);
            }
            const buckets = bucketsOf(answer);
            expect(buckets.length).toBeLessThanOrEqual(points);
            expect(buckets.map(([t, min, max, , count]) => [t, min, max, count])).toEqual(
              [...expected.entries()]
                .sort(([a], [b]) => a - b)
                .map(([t, vs]) => [t, Math.min(...vs), Math.max(...vs), vs.length]),
            );
            for (const [t, , , mean] of buckets) {
              const vs = expected.get(t) ?? [];
              expect(mean).toBeCloseTo(vs.reduce((a, b) => a + b, 0) / vs.length, 6);
            }
          },
        ),
        { numRuns: 40 },
      );
    });

    it('gives the newest value of each sensor by measured time, as last written', async () => {
      await write([1, T0 + 5, 5], [2, T0, 20], [3, T0, 30]);
      await write([1, T0 + 2, 2], [2, T0 + 1, 21, 'stuck'], [1, T0 + 5, 55]);
      const last = await history.last([seriesKey(1), seriesKey(2), seriesKey(4)]);
      expect([...last].sort((a, b) => a.sensorNo - b.sensorNo)).toEqual([
        { sensorNo: 1, measuredAtMs: T0 + 5, value: 55, mark: 0 },
        { sensorNo: 2, measuredAtMs: T0 + 1, value: 21, mark: QUALITY_REASONS.indexOf('stuck') },
      ]);
    });

    it('gives NaN as the newest value where that was not a number, and passes over a clock that ran ahead', async () => {
      await write([1, T0, 1], [1, T0 + 1, NaN, 'not-a-number'], [2, T0, 2], [2, T0 + 1e8, 3, 'clock-future']);
      const last = await history.last([seriesKey(1), seriesKey(2)]);
      expect([...last].sort((a, b) => a.sensorNo - b.sensorNo)).toEqual([
        { sensorNo: 1, measuredAtMs: T0 + 1, value: NaN, mark: QUALITY_REASONS.indexOf('not-a-number') },
        { sensorNo: 2, measuredAtMs: T0, value: 2, mark: 0 },
      ]);
    });

    it('finds the newest values of thousands of sensors at once', async () => {
      const numbers = Array.from({ length: 3000 }, (_, i) => i + 1);
      await write(...numbers.flatMap((n): Sample[] => [[n, T0, n], [n, T0 + 1, n + 0.5]])); // prettier-ignore
      const last = await history.last(numbers.map(seriesKey));
      expect(last.length).toBe(3000);
      for (const value of last) expect(value.value).toBe(value.sensorNo + 0.5);
    });

    it('gives the newest value within a span, its start left out and its end taken in', async () => {
      await write([1, T0, 1], [1, T0 + 5, 5], [1, T0 + 9, 9], [2, T0, 20], [3, T0 + 4, 30, 'stuck']);
      await write([1, T0 + 5, 55], [1, T0 + 4, 4], [2, T0 + 3, 3, 'clock-future']);
      const within = async (afterMs: number, untilMs: number) => {
        const found = await history.newestWithin([1, 2, 3, 4].map(seriesKey), afterMs, untilMs);
        return found.map((f) => [f.sensorNo, f.measuredAtMs - T0, f.value, f.mark]).sort((a, b) => a[0]! - b[0]!);
      };
      const stuck = QUALITY_REASONS.indexOf('stuck');
      expect(await within(T0 - 1, T0 + 5)).toEqual([[1, 5, 55, 0], [2, 0, 20, 0], [3, 4, 30, stuck]]); // prettier-ignore
      expect(await within(T0, T0 + 4)).toEqual([[1, 4, 4, 0], [3, 4, 30, stuck]]); // prettier-ignore
      expect(await within(T0 + 9, T0 + 99)).toEqual([]);
      expect(await within(T0 + 9, T0 + 8)).toEqual([]);
      expect(await history.newestWithin([], T0 - 1, T0 + 9)).toEqual([]);
    });

    it('takes the readings of a sensor that the registry does not know, and goes on', async () => {
      await write([900_001, T0, 1], [1, T0, 2]);
      expect(await everything(1)).toEqual([[T0, 2, 'good']]);
    });

    if (traits.retention === 'adapter') {
      it('drops what was measured before a time, and no more', async () => {
        await write([1, T0 - 1, 1], [1, T0, 2], [2, T0 - 5, 3]);
        await history.retain(T0);
        expect(await everything(1)).toEqual([[T0, 2, 'good']]);
        expect(await history.last([seriesKey(1), seriesKey(2)])).toEqual([
          { sensorNo: 1, measuredAtMs: T0, value: 2, mark: 0 },
        ]);
      });
    } else {
      it('leaves dropping old readings to the store', async () => {
        await write([1, T0 - 1, 1]);
        await history.retain(T0);
        expect(await history.count(seriesKey(1), T0 - 10, T0)).toBe(1);
      });
    }

    if (traits.keepsCursor) {
      it('keeps the cursor of each partition, and passes over a batch that is in already', async () => {
        expect(await history.cursor()).toEqual([]);
        await history.write({ blocks: [blockOf([[1, T0, 1]])], partition: 2, sequence: 7 });
        await history.write({ blocks: [blockOf([[1, T0, 999]])], partition: 2, sequence: 7 });
        await history.write({ blocks: [blockOf([[1, T0 + 1, 2]])], partition: 0, sequence: 3 });
        expect(await history.cursor()).toEqual([3, 0, 7]);
        expect(await everything(1)).toEqual([
          [T0, 1, 'good'],
          [T0 + 1, 2, 'good'],
        ]);
      });
    } else {
      it('leaves the cursor to the log', async () => {
        await write([1, T0, 1]);
        expect(await history.cursor()).toBeUndefined();
      });
    }

    it('takes writes that are handed in together, and questions beside them', async () => {
      await Promise.all([
        ...Array.from({ length: 20 }, (_, i) => write([1, T0 + i, i], [2, T0 + i, -i])),
        ...Array.from({ length: 20 }, () => everything(2)),
      ]);
      expect((await everything(1)).map((r) => r[1])).toEqual(Array.from({ length: 20 }, (_, i) => i));
    });
  });
}
