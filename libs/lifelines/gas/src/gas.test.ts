import { jest } from '@jest/globals';
import { newDeviceSchema } from '@lifeline/contracts';
import { buildCity } from '@lifeline/city';
import { createWeather, type Fault } from '@lifeline/lifeline-kit';
import { gasLifeline } from './index.js';

jest.setTimeout(120_000);

const SEED = '7';
const city = buildCity(SEED);
const devices = gasLifeline.plan(city, SEED);
const START_MS = Date.parse('2026-03-10T18:00:00+08:00');

/** Last values of all sensors after so many seconds, by sensor id. */
function after(seconds: number, faults: readonly Fault[] = []): Map<string, number> {
  const simulator = gasLifeline.simulate(city, devices, {
    seed: SEED,
    startMs: START_MS,
    weather: createWeather(SEED),
  });
  for (const fault of faults) simulator.inject(fault);
  const last = new Map<string, number>();
  simulator.step(START_MS + seconds * 1000, (sensor, _tMs, value) =>
    last.set(simulator.sensors[sensor]!.sensorId, value),
  );
  return last;
}

function fault(kind: string, target: string): Fault {
  return { kind, target, startMs: START_MS + 5000, endMs: START_MS + 600_000, parameters: {} };
}

describe('gas', () => {
  const healthy = after(120);

  it('plans devices that the registry takes, with the limits of the catalogue', () => {
    for (const device of devices) newDeviceSchema.parse(device);
    const outlet = devices.flatMap(({ sensors }) => sensors).find(({ type }) => type === 'P_LOW');
    expect(outlet?.limits).toMatchObject({ lowLow: 1.25, low: 1.5, high: 3, highHigh: 3.5, onDelayS: 15 });
  });

  it('loses pressure along the network', () => {
    const points = devices
      .filter(({ deviceId }) => deviceId.startsWith('gas-pt'))
      .map(({ deviceId, sensors }) => ({
        reach: city.sites.get(sensors[0]!.assetId!)!.reach,
        mpa: healthy.get(`${deviceId}/pressure`)!,
      }));
    const near = points.filter(({ reach }) => reach < 0.3).map(({ mpa }) => mpa);
    const far = points.filter(({ reach }) => reach > 0.7).map(({ mpa }) => mpa);
    expect(Math.min(...near)).toBeGreaterThan(Math.max(...far));
  });

  it('lets the outlet of a failed regulator fall under its low-low limit at once, and its flow go over to others', () => {
    const failed = [fault('regulator-low', 'gas-reg-0003')];
    const soon = after(30, failed);
    expect(soon.get('gas-reg-0003/p-out')).toBeLessThan(1.25);
    expect(soon.get('gas-reg-0004/p-out')).toBeGreaterThan(2);
    const later = after(400, failed);
    expect(later.get('gas-reg-0003/flow')).toBeLessThan(healthy.get('gas-reg-0003/flow')! * 0.85);
  });

  it('keeps the noise of measuring while a regulator has failed', () => {
    const simulator = gasLifeline.simulate(city, devices, {
      seed: SEED,
      startMs: START_MS,
      weather: createWeather(SEED),
    });
    simulator.inject(fault('regulator-low', 'gas-reg-0003'));
    const values: number[] = [];
    simulator.step(START_MS + 120_000, (sensor, tMs, value) => {
      if (simulator.sensors[sensor]!.sensorId === 'gas-reg-0003/p-out' && tMs > START_MS + 60_000) values.push(value);
    });
    expect(new Set(values).size).toBe(values.length);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.005);
  });

  it('fills the manhole over a leak with gas, and those near it less', () => {
    const leaking = after(400, [fault('leak', 'gas-mh-0010')]);
    const at = city.sites.get('gas-mh-0010')!;
    expect(leaking.get('gas-mh-0010/ch4')).toBeGreaterThan(2.5);
    for (const { assetId, townId, local } of city.sites.values()) {
      const value = leaking.get(`${assetId}/ch4`);
      if (value === undefined) continue;
      const away = townId === at.townId ? Math.hypot(local.x - at.local.x, local.y - at.local.y) : Infinity;
      if (away > 160) expect(value).toBeLessThan(0.2);
      else if (away > 0) expect(value).toBeLessThan(leaking.get('gas-mh-0010/ch4')!);
    }
  });
});
