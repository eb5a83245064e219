import fc from 'fast-check';
import { SensorGrid, type Box } from './sensor-grid.js';

const place = fc.record({
  sensorNo: fc.integer({ min: 0, max: 40 }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
});
const near = fc.record({
  sensorNo: fc.integer({ min: 0, max: 40 }),
  // Steps of half a cell, so that edges of cells and of boxes are met often.
  lon: fc.integer({ min: 0, max: 8 }).map((n) => 113 + n * 0.005),
  lat: fc.integer({ min: 0, max: 8 }).map((n) => 30 + n * 0.005),
});
const edge = fc.integer({ min: -1, max: 9 });
const nearBox = fc.tuple(edge, edge, edge, edge).map(([a, b, c, d]): Box => {
  const [west, east] = [Math.min(a, c), Math.max(a, c)].map((n) => 113 + n * 0.005) as [number, number];
  const [south, north] = [Math.min(b, d), Math.max(b, d)].map((n) => 30 + n * 0.005) as [number, number];
  return [west, south, east, north];
});

describe('the grid of sensors', () => {
  it('finds exactly the sensors in the box, edges included, also after they moved or went', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(near, place), { maxLength: 60 }), nearBox, (places, box) => {
        const grid = new SensorGrid();
        for (const one of places) grid.put(one);
        const last = new Map(places.map((one) => [one.sensorNo, one]));
        const gone = places.slice(0, 3).map((one) => one.sensorNo);
        for (const sensorNo of gone) {
          grid.remove(sensorNo);
          last.delete(sensorNo);
        }
        const [west, south, east, north] = box;
        const expected = [...last.values()]
          .filter(({ lon, lat }) => lon >= west && lon <= east && lat >= south && lat <= north)
          .map(({ sensorNo }) => sensorNo);
        const found: number[] = [];
        grid.within(box, (sensorNo) => found.push(sensorNo));
        const among: number[] = [];
        const groups = grid.group(Uint32Array.from({ length: 41 }, (_, no) => no));
        grid.among(groups, box, (sensorNo) => among.push(sensorNo));
        const sorted = (nos: readonly number[]) => [...nos].sort((a, b) => a - b);
        expect(sorted(found)).toEqual(sorted(expected));
        expect(sorted(among)).toEqual(sorted(expected));
      }),
      { numRuns: 1_000 },
    );
  });
});
