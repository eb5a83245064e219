import { STATE_BAD, STATE_SILENT } from '@lifeline/contracts';
import fc from 'fast-check';
import { abnormalOf, worstOf, type Level } from './cluster-tree.js';
import { SensorField } from './sensor-field.js';
import { someSensors } from './sensors-for-test.js';

const NONE = new Set<never>();

const anywhere = fc.record({
  lon: fc.double({ min: 116, max: 119, noNaN: true }),
  lat: fc.double({ min: 30, max: 34, noNaN: true }),
  utility: fc.constantFrom('gas' as const, 'drainage' as const),
});
const cities = fc
  .array(anywhere, { minLength: 1, maxLength: 80 })
  .map((places) => someSensors(places.map((place, i) => ({ ...place, sensorId: `d/${String(i).padStart(3, '0')}` }))));
const changes = fc.array(fc.tuple(fc.nat(79), fc.nat(4), fc.constantFrom(0, STATE_SILENT, STATE_BAD)), {
  maxLength: 60,
});

function sums(level: Level) {
  let [sensors, abnormal, mute] = [0, 0, 0];
  for (let i = 0; i < level.count; i++) {
    sensors += level.sensors[i]!;
    abnormal += abnormalOf(level, i);
    mute += level.mute[i]!;
  }
  return { sensors, abnormal, mute };
}

describe('all sensors on the map', () => {
  it('are counted once at every zoom, whatever changes', () => {
    fc.assert(
      fc.property(cities, changes, (columns, steps) => {
        const field = new SensorField(columns, NONE);
        const severities = new Uint8Array(columns.count);
        const states = new Uint8Array(columns.count);
        for (const [wanted, severity, state] of steps) {
          const sensor = wanted % columns.count;
          severities[sensor] = severity;
          states[sensor] = state;
          field.take({ sensors: [sensor], severities: [severity], states: [state] });
        }
        const wanted = {
          sensors: columns.count,
          abnormal: severities.filter((severity) => severity > 0).length,
          mute: states.filter((state) => state > 0).length,
        };
        for (let zoom = 3; zoom <= 15; zoom++) expect(sums(field.tree.at(zoom))).toEqual(wanted);
        const worst = Math.max(...severities);
        for (let zoom = 3; zoom <= 15; zoom++) {
          const level = field.tree.at(zoom);
          expect(Math.max(...Array.from({ length: level.count }, (_, i) => worstOf(level, i)))).toBe(worst);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are as if built anew after a lifeline is hidden and shown again', () => {
    fc.assert(
      fc.property(cities, (columns) => {
        const field = new SensorField(columns, NONE);
        field.takeAbnormal(new Map([[0, 4]]));
        field.hide(new Set(['gas', 'drainage']));
        expect(sums(field.tree.at(14)).sensors).toBe(0);
        field.hide(NONE);
        for (let zoom = 3; zoom <= 15; zoom++) {
          expect(sums(field.tree.at(zoom))).toMatchObject({ sensors: columns.count, abnormal: 1 });
        }
      }),
      { numRuns: 20 },
    );
  });

  it('part where a click on their cluster leads', () => {
    const columns = someSensors([
      { sensorId: 'a/1', lon: 118.3, lat: 32.3 },
      { sensorId: 'b/1', lon: 118.31, lat: 32.3 },
      { sensorId: 'c/1', lon: 117, lat: 31 },
    ]);
    const { tree } = new SensorField(columns, NONE);
    const level = tree.at(8);
    const pair = Array.from({ length: level.count }, (_, i) => i).find((i) => level.places[i] === 2)!;
    const zoom = tree.partsAt(level, pair);
    expect(tree.at(zoom - 1).count).toBe(2);
    expect(tree.at(zoom).count).toBe(3);
  });

  it('take the whole list of alarms: who is not in it is normal', () => {
    const field = new SensorField(someSensors([{ sensorId: 'a/1' }, { sensorId: 'b/1', lon: 117 }]), NONE);
    expect(field.takeAbnormal(new Map([[0, 3]]))).toBe(true);
    expect(field.takeAbnormal(new Map([[0, 3]]))).toBe(false);
    expect(field.takeAbnormal(new Map([[1, 1]]))).toBe(true);
    expect([field.stateOf(0).severity, field.stateOf(1).severity]).toEqual([0, 1]);
  });

  it('at one point are one place, which selects their asset, or the first sensor where they are of several', () => {
    const columns = someSensors([
      { sensorId: 'd/p', assetId: 'R-07' },
      { sensorId: 'd/t', assetId: 'R-07' },
      { sensorId: 'e/p', assetId: 'R-08', lon: 118.4 },
      { sensorId: 'f/p', assetId: 'X', lon: 118.5 },
      { sensorId: 'g/p', assetId: 'Y', lon: 118.5 },
    ]);
    const field = new SensorField(columns, NONE);
    expect(field.tree.places.count).toBe(3);
    expect([0, 1, 2].map((place) => field.selectionOf(place))).toEqual(['R-07', 'e/p', 'f/p']);
  });
});
