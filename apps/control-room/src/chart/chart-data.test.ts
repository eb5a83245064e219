import type { Alarm } from '@lifeline/contracts';
import fc from 'fast-check';
import {
  alarmSpans,
  doubtfulSpans,
  expectedBands,
  historyOf,
  limitLines,
  nearestIndex,
  valueRange,
  withLive,
} from './chart-data.js';

test('silence breaks the line', () => {
  const history = historyOf(
    {
      unit: 'kPa',
      readings: [
        [0, 1, 'good'],
        [1000, 2, 'good'],
        [90_000, 3, 'good'],
      ],
    },
    60_000,
  );
  expect(history.timesMs).toEqual([0, 1000, 1001, 90_000]);
  expect(history.mid).toEqual([1, 2, null, 3]);
});

test('buckets keep their extremes', () => {
  const history = historyOf({ unit: 'kPa', buckets: [[0, 1, 9, 4, 10], [60_000, 2, 8, 5, 10], [600_000, 0, 1, 0.5, 3]] }, 1); // prettier-ignore
  expect(history.low).toEqual([1, 2, null, 0]);
  expect(history.high).toEqual([9, 8, null, 1]);
  expect(history.kind).toBe('buckets');
});

test('live readings go on from the history, and repeat nothing of it', () => {
  const history = historyOf({ unit: 'kPa', readings: [[1000, 1, 'good']] }, 60_000);
  const tail = [
    { measuredAtMs: 1000, value: 1, quality: 'good' as const },
    { measuredAtMs: 2000, value: 2, quality: 'bad' as const },
  ];
  const joined = withLive(history, tail);
  expect(joined.timesMs).toEqual([1000, 2000]);
  expect(joined.quality).toEqual(['good', 'bad']);
  expect(withLive(history, [])).toBe(history);
});

test('doubtful readings in a row are one span', () => {
  const history = historyOf(
    { unit: '', readings: [[0, 1, 'good'], [1, 1, 'bad'], [2, 1, 'uncertain'], [3, 1, 'good'], [4, 1, 'bad']] }, // prettier-ignore
    10,
  );
  expect(doubtfulSpans(history)).toEqual([
    { fromMs: 1, toMs: 2 },
    { fromMs: 4, toMs: 4 },
  ]);
});

test('an open alarm lasts until now', () => {
  const alarm = { raisedAtMs: 5, clearedAtMs: null, priority: 'red', state: 'acknowledged' } as Alarm;
  expect(alarmSpans([alarm, { ...alarm, clearedAtMs: 8 }], 20)).toEqual([
    { fromMs: 5, toMs: 20, priority: 'red' },
    { fromMs: 5, toMs: 8, priority: 'red' },
  ]);
});

test('only limits that are set become lines', () => {
  expect(limitLines({ low: 0, high: null, highHigh: 5 })).toEqual([
    { kind: 'low', value: 0 },
    { kind: 'high-high', value: 5 },
  ]);
});

test('a near limit is in the picture, a far one does not flatten it', () => {
  const [low, high] = valueRange(180, 220, [
    { kind: 'low', value: 150 },
    { kind: 'high-high', value: 5000 },
  ]);
  expect(low).toBeLessThan(150);
  expect(high).toBeLessThan(300);
});

test('the range always holds the data and has a height', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(number, number, number, (a, b, limit) => {
      const [low, high] = valueRange(Math.min(a, b), Math.max(a, b), [{ kind: 'high', value: limit }]);
      expect(low).toBeLessThanOrEqual(Math.min(a, b));
      expect(high).toBeGreaterThanOrEqual(Math.max(a, b));
      expect(high).toBeGreaterThan(low);
    }),
    { examples: [[7e-323, 7e-323, -1e-6]] },
  );
});

test('the nearest reading is the nearest', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), fc.integer(), (raw, atMs) => {
      const times = raw.sort((a, b) => a - b);
      const nearest = times[nearestIndex(times, atMs)!]!;
      expect(Math.abs(nearest - atMs)).toBe(Math.min(...times.map((time) => Math.abs(time - atMs))));
    }),
  );
  expect(nearestIndex([], 5)).toBeUndefined();
});

test('an alarm with evidence brings the band that was expected while it stood', () => {
  const evidence = { expected: { value: 5, low: 4, high: 6 } };
  const alarm = (change: object) => ({ raisedAtMs: 100, clearedAtMs: null, state: 'acknowledged', ...change }) as Alarm;
  const bands = expectedBands(
    [alarm({ evidence }), alarm({ evidence, clearedAtMs: 200, state: 'normal' }), alarm({ evidence: null })],
    900,
  );
  expect(bands).toEqual([
    { fromMs: 100, toMs: 900, value: 5, low: 4, high: 6 },
    { fromMs: 100, toMs: 200, value: 5, low: 4, high: 6 },
  ]);
  expect(expectedBands([alarm({ evidence: { expected: null } })], 900)).toEqual([]);
});
