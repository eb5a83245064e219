import fc from 'fast-check';
import { bucketGrid } from './bucket-grid.js';

describe('the bucket grid', () => {
  it('covers the range with no more buckets than asked for, and could not be one millisecond finer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 2e12 }),
        fc.integer({ min: 1, max: 1e12 }),
        fc.integer({ min: 1, max: 10_000 }),
        (fromMs, spanMs, points) => {
          const grid = bucketGrid(fromMs, fromMs + spanMs, points);
          expect(Math.ceil(spanMs / grid.widthMs)).toBeLessThanOrEqual(points);
          if (grid.widthMs > 1) expect(Math.ceil(spanMs / (grid.widthMs - 1))).toBeGreaterThan(points);
        },
      ),
    );
  });

  it('keeps a width of at least a millisecond where the range is empty', () => {
    expect(bucketGrid(5, 5, 100).widthMs).toBe(1);
  });
});
