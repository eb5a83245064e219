import type { NewSensor } from '@lifeline/contracts';
import fc from 'fast-check';
import { planDevices, type KnownDevices, type RegistryPlan, type WantedDevice } from './registry-plan.js';
import type { DeviceRow, SensorRow } from './registry-rows.js';

/** The registry after the plan, as the tables would hold it. */
function after(known: KnownDevices, plan: RegistryPlan): KnownDevices {
  const devices = new Map(known.devices);
  for (const row of [...plan.newDevices, ...plan.changedDevices]) devices.set(row.deviceId, row);
  const rows = new Map<number, SensorRow>();
  for (const list of known.sensors.values()) for (const row of list) rows.set(row.sensorNo, row);
  for (const row of plan.changedSensors) rows.set(row.sensorNo, row);
  for (const no of plan.retiredSensorNos) rows.set(no, { ...rows.get(no)!, retired: true });
  let next = Math.max(0, ...rows.keys()) + 1;
  for (const fields of plan.newSensors) rows.set(next, { ...fields, sensorNo: next++ });
  const sensors = new Map<string, SensorRow[]>();
  for (const row of rows.values()) sensors.set(row.deviceId, [...(sensors.get(row.deviceId) ?? []), row]);
  return { devices, sensors };
}

const empty: KnownDevices = { devices: new Map<string, DeviceRow>(), sensors: new Map() };

const sensor = fc.record<NewSensor>({
  channel: fc.constantFrom('a', 'b', 'c', 'd'),
  unit: fc.constantFrom('kPa', 'Pa'),
  name: fc.constantFrom('x', 'y'),
  lon: fc.constantFrom(113, 113.5),
  lat: fc.constant(30),
  range: fc.constantFrom(null, undefined, { low: 0, high: 1 }),
  limits: fc.constantFrom(null, undefined, {}, { high: 2, low: null }, { low: 1, high: 2 }),
});
const wantedDevices: fc.Arbitrary<WantedDevice[]> = fc.uniqueArray(
  fc.record({
    deviceId: fc.constantFrom('d-1', 'd-2', 'd-3'),
    utility: fc.constant('gas' as const),
    name: fc.constantFrom('x', 'y'),
    gatewayId: fc.constantFrom(null, 'd-1'),
    sensors: fc.uniqueArray(sensor, { selector: (s) => s.channel }),
  }),
  { selector: (device) => device.deviceId },
);

describe('plan of the registry', () => {
  it('has nothing left to do after it was carried out', () => {
    fc.assert(
      fc.property(fc.array(wantedDevices, { maxLength: 5 }), (steps) => {
        let known = empty;
        for (const wanted of steps) {
          known = after(known, planDevices(wanted, known, 1));
          const again = planDevices(wanted, known, 2);
          expect(again).toMatchObject({ newDevices: [], changedDevices: [], newSensors: [], changedSensors: [] });
          expect(again).toMatchObject({ retiredSensorNos: [], touchedDeviceIds: [], unchangedDevices: wanted.length });
        }
      }),
    );
  });

  it('never gives a channel of a device a second number, and has in use just what was wanted', () => {
    fc.assert(
      fc.property(fc.array(wantedDevices, { maxLength: 6 }), (steps) => {
        let known = empty;
        const numbers = new Map<string, number>();
        for (const wanted of steps) {
          known = after(known, planDevices(wanted, known, 1));
          for (const rows of known.sensors.values())
            for (const row of rows) {
              const id = `${row.deviceId}/${row.channel}`;
              expect(numbers.get(id) ?? row.sensorNo).toBe(row.sensorNo);
              numbers.set(id, row.sensorNo);
            }
          for (const device of wanted) {
            const inUse = (known.sensors.get(device.deviceId) ?? []).filter((row) => !row.retired);
            expect(inUse.map((row) => row.channel).sort()).toEqual(device.sensors.map((s) => s.channel).sort());
          }
        }
      }),
    );
  });

  it('takes limits that differ only in order and in empty ones for the same', () => {
    const device = (limits: NewSensor['limits']): WantedDevice => ({
      deviceId: 'd-1',
      utility: 'gas',
      name: 'x',
      gatewayId: null,
      sensors: [{ channel: 'a', unit: 'kPa', name: 'x', lon: 1, lat: 2, limits }],
    });
    const known = after(empty, planDevices([device({ high: 2, low: 1 })], empty, 1));

    expect(planDevices([device({ low: 1, high: 2, lowLow: null })], known, 2).unchangedDevices).toBe(1);
    expect(planDevices([device({ low: 1, high: 3 })], known, 2).changedSensors).toHaveLength(1);
  });
});
