import { STATE_SILENT } from '@lifeline/contracts';
import fc from 'fast-check';
import type { Bbox } from '../live/subscription.js';
import { inView, type PlaceInView } from './in-view.js';
import { SensorField } from './sensor-field.js';
import { someSensors } from './sensors-for-test.js';

const BOX: Bbox = [117, 31, 119, 33];
/** Places of a grid, so far apart that none fall together; every other column is out of the box. */
const places = fc.uniqueArray(fc.tuple(fc.nat(19), fc.nat(19)), {
  selector: ([x, y]) => `${x} ${y}`,
  minLength: 1,
  maxLength: 60,
});

function fieldOf(
  cells: readonly (readonly [number, number])[],
  severityOf: (i: number) => number,
  stateOf: (i: number) => number,
): SensorField {
  const columns = someSensors(
    cells.map(([x, y], i) => ({
      ...{ sensorId: `d/${String(i).padStart(3, '0')}`, lon: 116.55 + x * 0.15, lat: 30.55 + y * 0.15 },
      state: stateOf(i),
    })),
  );
  const field = new SensorField(columns, new Set());
  const sensors = cells.map((_, i) => i);
  field.take({ sensors, severities: sensors.map(severityOf) });
  return field;
}

const rankOf = ({ severity, mute }: PlaceInView): number => (severity > 0 ? 4 - severity : mute > 0 ? 4 : 5);
const awayOf = ({ lon, lat }: PlaceInView): number =>
  Math.hypot(lon - 118, (lat - 32) / Math.cos((32 * Math.PI) / 180));

test('tells what is in the box and nothing else: the abnormal first, then what is mute, each from the middle outwards', () => {
  fc.assert(
    fc.property(
      places,
      fc.array(fc.nat(4), { minLength: 60, maxLength: 60 }),
      fc.nat(7),
      (cells, severities, every) => {
        const field = fieldOf(
          cells,
          (i) => severities[i]!,
          (i) => (i % (every + 2) === 0 ? STATE_SILENT : 0),
        );
        const { rows, places: count } = inView(field, BOX);
        const inside = cells.filter(([x, y]) => {
          const [lon, lat] = [116.55 + x * 0.15, 30.55 + y * 0.15];
          return lon >= 117 && lon <= 119 && lat >= 31 && lat <= 33;
        });
        expect(rows.length).toBe(inside.length);
        expect(count).toBe(inside.length);
        rows.forEach((row, i) => {
          const next = rows[i + 1];
          if (next === undefined) return;
          expect(rankOf(row)).toBeLessThanOrEqual(rankOf(next));
          // Mercator's middle is not quite that of the degrees.
          if (rankOf(row) === rankOf(next)) expect(awayOf(row)).toBeLessThanOrEqual(awayOf(next) + 0.05);
        });
      },
    ),
  );
});

test('tells no more than it may, of the worst, and counts all', () => {
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 20 }), (cells, most) => {
      const field = fieldOf(
        cells,
        (i) => i % 5,
        () => 0,
      );
      const all = inView(field, BOX, 1000);
      const some = inView(field, BOX, most);
      expect(some.rows.map(({ sel }) => sel)).toEqual(all.rows.slice(0, most).map(({ sel }) => sel));
      expect({ ...some, rows: [] }).toEqual({ ...all, rows: [] });
      expect(all.abnormal).toBe(all.rows.filter(({ severity }) => severity > 0).length);
    }),
  );
});

test('names a place as a press on its mark does: the asset, or the sensor where it stands alone', () => {
  const at = { lon: 118, lat: 32 };
  const columns = someSensors([
    { ...at, sensorId: 'a/1', assetId: 'station' },
    { ...at, sensorId: 'a/2', assetId: 'station' },
    { lon: 118.1, lat: 32, sensorId: 'b/1', assetId: 'hut' },
  ]);
  const { rows, sensors } = inView(new SensorField(columns, new Set()), BOX);
  expect(rows.map(({ sel, sensorIds }) => [sel, sensorIds])).toEqual([
    ['station', ['a/1', 'a/2']],
    ['b/1', ['b/1']],
  ]);
  expect(sensors).toBe(3);
});
