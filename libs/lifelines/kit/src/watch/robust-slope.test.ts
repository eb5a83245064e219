import fc from 'fast-check';
import { median, robustSlope } from './robust-slope.js';

const times = Array.from({ length: 15 }, (_, i) => i * 60);

describe('a robust slope', () => {
  it('is that of a straight line, wherever it lies, and is sure of it', () => {
    const any = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(any, any, (a, b) => {
        const line = robustSlope(
          times,
          times.map((t) => a + b * t),
        )!;
        expect(line.slope).toBeCloseTo(b, 6);
        expect(line.now).toBeCloseTo(a + b * times.at(-1)!, 4);
        expect(line.error).toBeCloseTo(0, 6);
      }),
    );
  });

  it('is not moved by a quarter of wild points', () => {
    const values = times.map((t, i) => (i % 4 === 1 ? 900 : 0.01 * t));
    expect(robustSlope(times, values)!.slope).toBeCloseTo(0.01, 3);
  });

  it('says nothing of two points, or of points at one time', () => {
    expect(robustSlope([0, 1], [0, 1])).toBeUndefined();
    expect(robustSlope([5, 5, 5], [0, 1, 2])).toBeUndefined();
  });

  it('takes the middle', () => {
    expect(median([5, 1, 9])).toBe(5);
    expect(median([1, 2, 3, 9])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});
