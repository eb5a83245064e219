import fc from 'fast-check';
import { sparkPoints, sparklineOf } from './sparkline.js';

const box = { width: 80, height: 20 };

test('draws nothing from nothing', () => {
  expect(sparklineOf([], 5, box)).toEqual({ path: '', limitY: undefined });
  expect(sparklineOf([[0, null]], 5, box)).toEqual({ path: '', limitY: undefined });
});

test('a bad reading is a gap', () => {
  const points = sparkPoints({
    unit: 'kPa',
    readings: [
      [0, 1, 'good'],
      [1, 99, 'bad'],
      [2, 2, 'uncertain'],
    ],
  });
  expect(points).toEqual([
    [0, 1],
    [1, null],
    [2, 2],
  ]);
  expect(sparklineOf(points, undefined, box).path.match(/M/g)).toHaveLength(2);
});

test('buckets are drawn by their mean', () => {
  expect(sparkPoints({ unit: 'm', buckets: [[5, 1, 9, 4, 12]] })).toEqual([[5, 4]]);
});

test('line and limit always lie inside the box', () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
  fc.assert(
    fc.property(fc.array(point, { minLength: 1 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }), (raw, limit) => {
      const points = raw.sort((a, b) => a[0] - b[0]);
      const { path, limitY } = sparklineOf(points, limit, box);
      const numbers = path.match(/-?[\d.]+ -?[\d.]+/g)!.map((pair) => pair.split(' ').map(Number) as [number, number]);
      for (const [x, y] of numbers) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(box.width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(box.height);
      }
      expect(limitY).toBeGreaterThanOrEqual(0);
      expect(limitY).toBeLessThanOrEqual(box.height);
    }),
  );
});
