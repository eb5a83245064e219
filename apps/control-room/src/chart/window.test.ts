import fc from 'fast-check';
import { movedWindow, zoomedWindow } from './window.js';

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
