import { barsOf, raisedIn, spanBetween, type Slot } from './slots.js';

const slot = (red: number, blue: number): Slot => ({ startMs: 0, raised: { red, orange: 0, yellow: 0, blue } });

test('counts all priorities of a slot', () => {
  expect(raisedIn(slot(2, 3))).toBe(5);
});

test('stacks the worst at the foot', () => {
  expect(barsOf([slot(0, 0), slot(2, 6)])).toEqual([
    { slot: 1, priority: 'red', from: 0, to: 0.25 },
    { slot: 1, priority: 'blue', from: 0.25, to: 1 },
  ]);
});

test('a single alarm is no mountain', () => {
  expect(barsOf([slot(1, 0)])[0]!.to).toBe(0.25);
});

test('a span may be drawn from either end and stays inside the timeline', () => {
  expect(spanBetween(0.75, 0.25, 0, 100)).toEqual({ fromMs: 25, toMs: 75 });
  expect(spanBetween(-1, 2, 0, 100)).toEqual({ fromMs: 0, toMs: 100 });
});
