import { barSpan, ticksOf } from './bar-span.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 25, 4);
const ending = (hours: number) => ({ toMs: NOW + hours * HOUR, endedAtMs: null });

test('the bars span half a day at least and a week at most', () => {
  expect(barSpan([], NOW)).toEqual({ fromMs: NOW - 2 * HOUR, toMs: NOW + 10 * HOUR });
  expect(barSpan([ending(30)], NOW).toMs).toBe(NOW + 30 * HOUR);
  expect(barSpan([ending(1000)], NOW).toMs).toBe(NOW + 166 * HOUR);
});

test('a dozen ticks at most stand at whole hours of the city, days at its midnight', () => {
  expect(ticksOf(NOW, NOW + 12 * HOUR)).toHaveLength(12);
  const days = ticksOf(NOW, NOW + 168 * HOUR);
  expect(days).toHaveLength(7);
  expect(days.every((atMs) => (atMs + 8 * HOUR) % (24 * HOUR) === 0)).toBe(true);
});
