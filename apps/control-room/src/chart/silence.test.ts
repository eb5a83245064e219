import { historyOf } from './chart-data.js';
import { silentSpans } from './silence.js';

const window = { fromMs: 0, toMs: 1000 };
const good = (...timesMs: number[]) =>
  historyOf(
    { unit: 'kPa', readings: timesMs.map((atMs) => [atMs, 1, 'good'] as const) as [number, number, 'good'][] },
    100,
  );

test('a sensor that spoke all the time has no silence', () => {
  expect(silentSpans(good(50, 140, 230, 320, 410, 500, 590, 680, 770, 860, 950), window, 100, 5000)).toEqual([]);
});

test('silence is before the first, between and after the last', () => {
  expect(silentSpans(good(200, 300, 600, 700), window, 100, 5000)).toEqual([
    { fromMs: 0, toMs: 200 },
    { fromMs: 300, toMs: 600 },
    { fromMs: 700, toMs: 1000 },
  ]);
});

test('what is still to come is no silence', () => {
  expect(silentSpans(good(50), window, 100, 120)).toEqual([]);
  expect(silentSpans(good(), window, 100, 400)).toEqual([{ fromMs: 0, toMs: 400 }]);
});

test('buckets that are missing are a silence', () => {
  const buckets = [0, 10, 20, 500, 510, 990].map(
    (atMs) => [atMs, 1, 2, 1.5, 3] as [number, number, number, number, number],
  );
  expect(silentSpans(historyOf({ unit: 'kPa', buckets }, 100), window, 100, 5000)).toEqual([
    { fromMs: 20, toMs: 500 },
    { fromMs: 510, toMs: 990 },
  ]);
});
