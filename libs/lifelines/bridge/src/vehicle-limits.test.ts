import fc from 'fast-check';
import { vehicleLevel, weightLimitT } from './vehicle-limits.js';

describe('vehicle limits', () => {
  it('are those of the order', () => {
    expect([2, 3, 4, 5, 6, 8].map((axles) => weightLimitT(axles))).toEqual([18, 27, 36, 43, 49, 49]);
    expect([3, 4].map((axles) => weightLimitT(axles, 'truck'))).toEqual([25, 31]);
    expect(weightLimitT(6, 'train', 1)).toBe(46);
  });

  it('grade by the posted limit of 49 t: 49, 60, 73.5', () => {
    expect([49, 50, 61, 74, 120].map((t) => vehicleLevel(t, 49))).toEqual([0, 1, 2, 3, 3]);
  });

  it('never grade a heavier vehicle lower', () => {
    const weight = fc.double({ min: 0, max: 200, noNaN: true });
    fc.assert(
      fc.property(weight, weight, fc.double({ min: 10, max: 80, noNaN: true }), (a, b, limit) => {
        expect(vehicleLevel(Math.max(a, b), limit)).toBeGreaterThanOrEqual(vehicleLevel(Math.min(a, b), limit));
      }),
    );
  });
});
