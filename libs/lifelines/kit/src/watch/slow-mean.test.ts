import fc from 'fast-check';
import { SlowMean } from './slow-mean.js';

const fresh = (memory: number) => new SlowMean(new Float64Array(SlowMean.FIELDS), 0, memory);

describe('a slow mean', () => {
  it('is the plain mean and deviation as long as its memory holds all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 50 }),
        (values) => {
          const slow = fresh(100);
          for (const value of values) slow.take(value);
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
          expect(slow.mean).toBeCloseTo(mean, 6);
          expect(slow.deviation).toBeCloseTo(Math.sqrt(variance), 4);
        },
      ),
    );
  });

  it('forgets what lies further back than its memory', () => {
    const slow = fresh(20);
    for (let i = 0; i < 100; i++) slow.take(5);
    for (let i = 0; i < 100; i++) slow.take(9);
    expect(slow.mean).toBeGreaterThan(8.9);
  });
});
