import { fromMiniature, inMiniature, miniatureOf, viewIn } from './miniature.js';
import { mercatorX, mercatorY } from './mercator.js';

const city = [mercatorX(115), mercatorY(34), mercatorX(119), mercatorY(30)] as const;

test('the whole city fits into the picture, and a point comes back to where it was', () => {
  const miniature = miniatureOf(city, 180, 130);
  for (const [lon, lat] of [
    [115, 34],
    [119, 30],
    [117.2, 31.8],
  ] as const) {
    const [x, y] = inMiniature(miniature, lon, lat);
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(180);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(130);
    const [backLon, backLat] = fromMiniature(miniature, x, y);
    expect([backLon, backLat].map((degrees) => Number(degrees.toFixed(6)))).toEqual([lon, lat]);
  }
});

test('the view is a rectangle about its middle, large enough to be seen from any zoom', () => {
  const miniature = miniatureOf(city, 180, 130);
  const [left, top, width, height] = viewIn(miniature, [117.2, 31.8, 117.2001, 31.8001]);
  expect([width, height]).toEqual([5, 5]);
  const [x, y] = inMiniature(miniature, 117.2, 31.8);
  expect(Math.abs(left + width / 2 - x)).toBeLessThan(0.1);
  expect(Math.abs(top + height / 2 - y)).toBeLessThan(0.1);
});

test('a city of one point has a picture all the same', () => {
  const miniature = miniatureOf([0.5, 0.5, 0.5, 0.5], 180, 130);
  expect(inMiniature(miniature, 0, 0).map(Math.round)).toEqual([90, 65]);
});
