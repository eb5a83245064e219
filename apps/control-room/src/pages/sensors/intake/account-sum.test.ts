import { minutesOf, sumOf } from './account-sum.js';

const row = (minuteMs: number, inlet: string, received: number) => ({
  minuteMs,
  inlet,
  received,
  stored: received - 1,
  rejected: 1,
  duplicate: 0,
  waiting: 0,
});

test('a minute in which nothing came has a row of nothing, and inlets are added up', () => {
  const minutes = minutesOf([row(60_000, 'a', 5), row(60_000, 'b', 7), row(180_000, 'a', 2)], 60_000, 240_000);

  expect(minutes.map(({ received }) => received)).toEqual([12, 0, 2]);
  expect(sumOf(minutes)).toEqual({ received: 14, stored: 11, rejected: 3, duplicate: 0, waiting: 0 });
});

test('what lies outside the span is not counted', () => {
  expect(sumOf(minutesOf([row(0, 'a', 5)], 30_000, 120_000)).received).toBe(0);
});
