import fc from 'fast-check';
import { edgeArrows, type ProjectedAlarm } from './edge-arrows.js';

const size = { width: 800, height: 600 };
const insets = { left: 20, top: 20, right: 20, bottom: 20 };
const at = (x: number, y: number, change: Partial<ProjectedAlarm> = {}): ProjectedAlarm => ({
  x,
  y,
  lon: x,
  lat: y,
  severity: 3,
  priority: 'orange',
  ...change,
});

test('nothing points to what is in view', () => {
  expect(edgeArrows([at(0, 0), at(400, 300), at(800, 600)], size, insets)).toEqual([]);
});

test('an alarm to the east is pointed to at the right edge', () => {
  const [arrow] = edgeArrows([at(2000, 300)], size, insets);
  expect(arrow).toMatchObject({ x: 780, y: 300, angle: 0, count: 1, worst: 'orange' });
});

test('alarms in one direction share an arrow that leads to the worst, then to the nearest', () => {
  const far = at(3000, 300, { severity: 4, priority: 'red' });
  const near = at(2000, 300, { severity: 4, priority: 'red' });
  const [arrow] = edgeArrows([at(900, 300), far, near], size, insets);
  expect(arrow).toMatchObject({ count: 3, worst: 'red', lon: 2000 });
});

test('every alarm out of view is counted once, and every arrow is inside the frame', () => {
  const coordinate = fc.integer({ min: -5000, max: 5000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate)), (points) => {
      const alarms = points.map(([x, y]) => at(x, y));
      const outside = alarms.filter(({ x, y }) => x < 0 || y < 0 || x > size.width || y > size.height);
      const arrows = edgeArrows(alarms, size, insets);
      expect(arrows.reduce((sum, arrow) => sum + arrow.count, 0)).toBe(outside.length);
      for (const { x, y } of arrows) {
        expect(x).toBeGreaterThanOrEqual(20 - 1e-6);
        expect(x).toBeLessThanOrEqual(780 + 1e-6);
        expect(y).toBeGreaterThanOrEqual(20 - 1e-6);
        expect(y).toBeLessThanOrEqual(580 + 1e-6);
      }
    }),
  );
});
