import fc from 'fast-check';
import { movedWindow, openingRange, zoomedWindow } from './window.js';

test('the moment under the cursor stays under it', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, fc.constantFrom(0.8, 1.25), (at, factor) => {
      const before = { fromMs: 1e12, toMs: 1e12 + 3_600_000 };
      const after = zoomedWindow(before, at, factor);
      const held = before.fromMs + 3_600_000 * at;
      expect(Math.abs(after.fromMs + (after.toMs - after.fromMs) * at - held)).toBeLessThan(3);
    }),
  );
});

test('a window is never shorter than a minute', () => {
  let window = { fromMs: 0, toMs: 120_000 };
  for (let i = 0; i < 20; i++) window = zoomedWindow(window, 0.5, 0.8);
  expect(window.toMs - window.fromMs).toBe(60_000);
});

test('moving keeps the length', () => {
  expect(movedWindow({ fromMs: 0, toMs: 100 }, 0.5)).toEqual({ fromMs: 50, toMs: 150 });
  expect(movedWindow({ fromMs: 0, toMs: 100 }, -0.25)).toEqual({ fromMs: -25, toMs: 75 });
});

test.each([
  ['tenMinutes', 2],
  ['hour', 11],
  ['hour', 59],
] as const)('a chart opens with the range %s where its first reading is %i min old', (expected, minutes) => {
  expect(openingRange(1e12 - minutes * 60_000, 1e12)).toBe(expected);
});

test('a chart without readings opens with the hour', () => {
  expect(openingRange(undefined, 1e12)).toBe('hour');
});
