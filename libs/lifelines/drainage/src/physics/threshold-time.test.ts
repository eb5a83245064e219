import fc from 'fast-check';
import { timeToThreshold } from './threshold-time.js';

const positive = fc.double({ min: 1e-4, max: 100, noNaN: true });

describe('the time to a threshold', () => {
  it('is the way left over the rate of rise', () => {
    const at = timeToThreshold({ now: 5, slope: 0.01, slopeError: 0.001, nowError: 0.1 }, 15)!;
    expect(at.inS).toBeCloseTo(1000, 6);
    expect(at.earliestS).toBeCloseTo(9.8 / 0.012, 6);
    expect(at.latestS).toBeCloseTo(10.2 / 0.008, 6);
  });

  it('lies between its bounds, whatever rises', () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, (slope, slopeError, nowError, way) => {
        const at = timeToThreshold({ now: 2, slope, slopeError, nowError }, 2 + way)!;
        expect(at.earliestS).toBeLessThanOrEqual(at.inS);
        expect(at.latestS).toBeGreaterThanOrEqual(at.inS);
        const down = timeToThreshold({ now: 2, slope: -slope, slopeError, nowError }, 2 - way)!;
        expect(down.inS).toBeCloseTo(at.inS, 6);
      }),
    );
  });

  it('is none where the level rests or goes the other way', () => {
    const rest = { now: 5, slope: 0, slopeError: 0, nowError: 0 };
    expect(timeToThreshold(rest, 15)).toBeUndefined();
    expect(timeToThreshold({ ...rest, slope: -1 }, 15)).toBeUndefined();
    expect(timeToThreshold({ ...rest, slope: 1 }, 5)).toBeUndefined();
  });
});
