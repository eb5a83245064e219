import { glyphs, sdfImage, signedDistance } from './sdf-glyphs.js';

const square = [
  [4, 4],
  [20, 4],
  [20, 20],
  [4, 20],
] as const;

test('distance is negative inside, nothing on the edge, positive outside', () => {
  expect(signedDistance(square, 12, 12)).toBe(-8);
  expect(signedDistance(square, 4, 12)).toBeCloseTo(0);
  expect(signedDistance(square, 0, 12)).toBe(4);
  expect(signedDistance(square, 0, 0)).toBeCloseTo(Math.hypot(4, 4));
});

test('the image is opaque inside, clear outside', () => {
  const { data, width } = sdfImage(square);
  const alpha = (x: number, y: number): number => data[(y * width + x) * 4 + 3]!;
  expect(alpha(32, 32)).toBe(255);
  expect(alpha(0, 0)).toBeLessThan(191);
});

test('a hollow mark is open in its middle', () => {
  const { data, width } = sdfImage(square, 2.4);
  expect(data[(32 * width + 32) * 4 + 3]).toBeLessThan(191);
});

test('every priority has a full and a hollow mark, every lifeline a glyph', () => {
  expect([...glyphs().keys()].sort()).toEqual([
    'mark-blue',
    'mark-blue-hollow',
    'mark-orange',
    'mark-orange-hollow',
    'mark-red',
    'mark-red-hollow',
    'mark-yellow',
    'mark-yellow-hollow',
    'sensor-bridge',
    'sensor-drainage',
    'sensor-gas',
    'sensor-power',
  ]);
});
