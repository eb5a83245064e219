import fc from 'fast-check';
import { evenAt, normalAt, Random } from './random.js';

describe('seeded chance', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const a = new Random('a');
    const again = new Random('a');
    const other = new Random('b');
    const numbers = Array.from({ length: 20 }, () => a.next());
    expect(Array.from({ length: 20 }, () => again.next())).toEqual(numbers);
    expect(Array.from({ length: 20 }, () => other.next())).not.toEqual(numbers);
  });

  it('keeps within its bounds', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (key, step) => {
        const even = evenAt(key, step);
        expect(even).toBeGreaterThanOrEqual(0);
        expect(even).toBeLessThan(1);
        expect(Math.abs(normalAt(key, step))).toBeLessThanOrEqual(3.5);
      }),
    );
  });

  it('is spread evenly, and normal with deviation 1', () => {
    const even = Array.from({ length: 4000 }, (_, i) => evenAt(11, i));
    const normal = Array.from({ length: 4000 }, (_, i) => normalAt(12, i));
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(even)).toBeCloseTo(0.5, 1);
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((value) => value * value))).toBeCloseTo(1, 0);
  });
});
