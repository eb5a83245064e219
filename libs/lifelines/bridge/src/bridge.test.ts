import { jest } from '@jest/globals';
import { newDeviceSchema } from '@lifeline/contracts';
import { buildCity } from '@lifeline/city';
import { createWeather, type Fault } from '@lifeline/lifeline-kit';
import { bridgeLifeline } from './index.js';

jest.setTimeout(120_000);

const SEED = '7';
const city = buildCity(SEED);
const devices = bridgeLifeline.plan(city, SEED);
const START_MS = Date.parse('2026-05-10T08:00:00+08:00');

function readings(seconds: number, faults: readonly Fault[] = []): Map<string, number[]> {
  const simulator = bridgeLifeline.simulate(city, devices, {
    seed: SEED,
    startMs: START_MS,
    weather: createWeather(SEED),
  });
  for (const fault of faults) simulator.inject(fault);
  const out = new Map<string, number[]>(simulator.sensors.map(({ sensorId }) => [sensorId, []]));
  simulator.step(START_MS + seconds * 1000, (sensor, _tMs, value) =>
    out.get(simulator.sensors[sensor]!.sensorId)!.push(value),
  );
  return out;
}

const fault = (kind: string): Fault => ({
  kind,
  target: 'brg-02',
  startMs: START_MS + 30_000,
  endMs: START_MS + 90_000,
  parameters: {},
});

describe('bridges', () => {
  it('plans devices that the registry takes, with limits from the design of each bridge', () => {
    for (const device of devices) newDeviceSchema.parse(device);
    const strain = devices.flatMap(({ sensors }) => sensors).find(({ type }) => type === 'STRN');
    expect(strain?.limits).toMatchObject({ lowLow: -180, low: -144, high: 144, highHigh: 180 });
  });

  it('steps when a support settles, on that bridge alone', () => {
    const settled = readings(80, [fault('settlement')]);
    expect(Math.max(...settled.get('brg-02-strain/strain-2')!)).toBeGreaterThan(180);
    expect(Math.max(...settled.get('brg-03-strain/strain-2')!)).toBeLessThan(100);
    // The other gauges of the bridge feel no more than they do of traffic.
    const ordinary = readings(80);
    for (const id of ['brg-02-strain/strain-1', 'brg-02-strain/strain-3', 'brg-02-deck/defl-1']) {
      const range = Math.max(...ordinary.get(id)!) - Math.min(...ordinary.get(id)!);
      expect(settled.get(id)!.at(-1)! - ordinary.get(id)!.at(-1)!).toBeLessThan(Math.max(range, 12));
    }
    expect(settled.get('brg-02-pier/tilt-2')!.at(-1)).toBeGreaterThan(0.1);
  });

  it('weighs, and feels, an overloaded vehicle', () => {
    const ordinary = readings(120);
    const crossed = readings(120, [fault('overload-truck')]);
    expect(Math.max(...ordinary.get('brg-02-wim/gvw')!)).toBeLessThan(49);
    expect(Math.max(...crossed.get('brg-02-wim/gvw')!)).toBeGreaterThan(84);
    const shaken = Math.max(...crossed.get('brg-02-deck/accel-1')!);
    expect(shaken).toBeGreaterThan(Math.max(...ordinary.get('brg-02-deck/accel-1')!) + 0.1);
  });
});
