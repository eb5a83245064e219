import fc from 'fast-check';
import { RatePoints } from './rate-points.js';

const DAY_MS = 86_400_000;

describe('the points of a rate', () => {
  it('give the slope of a ramp, whatever its level, its steps and its place in time', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.integer({ min: 500, max: 40_000 }),
        fc.integer({ min: 0, max: 1e13 }),
        (level, perMinute, everyMs, startMs) => {
          const points = new RatePoints();
          const row = points.put(1);
          for (let t = 0; t < 600_000; t += everyMs)
            points.take(row, startMs + t, level + (perMinute * t) / 60_000, 15_000);
          const found = points.perMinute(row, 60_000);
          expect(Math.abs(found)).toBeLessThanOrEqual(Math.abs(perMinute) + 0.02);
          expect(Math.abs(found)).toBeGreaterThanOrEqual(0.45 * Math.abs(perMinute) - 0.02);
        },
      ),
    );
  });

  it('go on over months, and start anew after a longer gap than their times can count', () => {
    const points = new RatePoints();
    const row = points.put(1);
    let atMs = 1.7e12;
    for (let day = 0; day < 90; day++) points.take(row, (atMs += DAY_MS), day, 60_000);
    // Two readings a side: three days of rise over the two between them.
    expect(points.perMinute(row, DAY_MS) * 1440).toBeCloseTo(1, 4);
    points.take(row, (atMs += 60 * DAY_MS), 500, 60_000);
    expect(points.perMinute(row, DAY_MS)).toBeNaN();
    for (let day = 0; day < 6; day++) points.take(row, (atMs += DAY_MS), 500, 60_000);
    expect(points.perMinute(row, DAY_MS)).toBe(0);
  });
});
