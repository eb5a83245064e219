import fc from 'fast-check';
import {
  decodeMapSensors,
  decodeMapStates,
  degrees,
  encodeMapSensors,
  encodeMapStates,
  NO_ASSET,
  type MapSensor,
} from './map-sensors.js';
import { UTILITIES } from './vocabulary.js';

const sensor = fc.record({
  sensorId: fc.stringMatching(/^[a-z0-9._-]{1,12}\/[a-z0-9._-]{1,8}$/),
  sensorNo: fc.nat(2 ** 31),
  utility: fc.constantFrom(...UTILITIES),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  assetId: fc.option(fc.stringMatching(/^[a-z0-9-]{1,10}$/)),
  state: fc.nat(3),
});
const sensors = fc
  .uniqueArray(sensor, { selector: ({ sensorId }) => sensorId, maxLength: 60 })
  .map((list) => list.sort((a, b) => (a.sensorId < b.sensorId ? -1 : 1)));

const encoded = (list: readonly MapSensor[], version = 7) => encodeMapSensors(version, list).buffer;

describe('the sensors of the map as columns', () => {
  it('come back as they were, each found by its id', () => {
    fc.assert(
      fc.property(sensors, (list) => {
        const columns = decodeMapSensors(encoded(list));
        expect(columns.count).toBe(list.length);
        list.forEach((one, i) => {
          expect(columns.sensorId(i)).toBe(one.sensorId);
          expect(columns.indexOf(one.sensorId)).toBe(i);
          expect(columns.sensorNo[i]).toBe(one.sensorNo);
          expect(UTILITIES[columns.utility[i]!]).toBe(one.utility);
          expect(degrees(columns.lon, i)).toBeCloseTo(one.lon, 6);
          expect(degrees(columns.lat, i)).toBeCloseTo(one.lat, 6);
          expect(columns.state[i]).toBe(one.state);
          const assetNo = columns.asset[i]!;
          expect(assetNo === NO_ASSET ? null : columns.assetIds[assetNo]).toBe(one.assetId);
        });
        expect(columns.indexOf('not/there')).toBe(-1);
      }),
    );
  });

  it('are refused where they are cut short or of another kind', () => {
    expect(() => decodeMapSensors(new ArrayBuffer(3))).toThrow(RangeError);
    expect(() => decodeMapSensors(new ArrayBuffer(64))).toThrow(RangeError);
    expect(() => decodeMapSensors(encoded([]).slice(0, 31))).toThrow(RangeError);
  });

  it('take states of their own version alone', () => {
    const columns = { version: 7, count: 3 };
    const states = Uint8Array.of(0, 1, 2);
    expect(decodeMapStates(encodeMapStates(7, states).buffer, columns)).toEqual(states);
    expect(decodeMapStates(encodeMapStates(8, states).buffer, columns)).toBeUndefined();
    expect(decodeMapStates(encodeMapStates(7, states.subarray(1)).buffer, columns)).toBeUndefined();
  });
});
