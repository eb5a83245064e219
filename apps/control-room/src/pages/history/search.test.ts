import { readHistorySearch, sensorIdsOf } from './search.js';
import { COMPARISONS, pointsOver, stepMs } from './spans.js';

test('the address names sensors, each once, no more than a chart can show', () => {
  expect(sensorIdsOf('gas-1/p,gas-1/q,gas-1/p')).toEqual(['gas-1/p', 'gas-1/q']);
  expect(sensorIdsOf('nonsense,,a/b/c, /x')).toEqual([]);
  expect(sensorIdsOf(Array.from({ length: 20 }, (_, i) => `d/${i}`).join(',')).length).toBe(8);
  expect(sensorIdsOf(undefined)).toEqual([]);
});

test('what makes no sense in the address is left out', () => {
  expect(readHistorySearch({ sensors: 'gas-1/p', span: 'year', compare: 'week-before', q: 'x' })).toEqual({
    sensors: 'gas-1/p',
    span: 'year',
    compare: 'week-before',
  });
  expect(readHistorySearch({ sensors: 7, span: 'aeon', compare: 'toString' })).toEqual({});
});

test('a year is compared with the same days of the week', () => {
  expect((COMPARISONS['year-before'] / 86_400_000) % 7).toBe(0);
});

test('a live window moves on as fine as a person sees, and a year is shown by days', () => {
  expect(stepMs(3_600_000)).toBe(10_000);
  expect(stepMs(365 * 86_400_000)).toBe(600_000);
  expect(pointsOver(3_600_000)).toBe(1000);
  expect(pointsOver(365 * 86_400_000)).toBe(365);
});
