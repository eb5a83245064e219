import { jest } from '@jest/globals';
import { newDeviceSchema } from '@lifeline/contracts';
import { buildCity } from '@lifeline/city';
import { createWeather, type Fault } from '@lifeline/lifeline-kit';
import { powerLifeline } from './index.js';

jest.setTimeout(120_000);

const SEED = '7';
const city = buildCity(SEED);
const devices = powerLifeline.plan(city, SEED);
const START_MS = Date.parse('2026-07-10T14:00:00+08:00');

function after(seconds: number, faults: readonly Fault[] = []): Map<string, number> {
  const options = { seed: SEED, startMs: START_MS, weather: createWeather(SEED), intervalScale: 6 };
  const simulator = powerLifeline.simulate(city, devices, options);
  for (const fault of faults) simulator.inject(fault);
  const last = new Map<string, number>();
  simulator.step(START_MS + seconds * 1000, (sensor, tMs, value) => {
    if (tMs > START_MS + (seconds - 200) * 1000) last.set(simulator.sensors[sensor]!.sensorId, value);
  });
  return last;
}

const fault = (kind: string, target: string): Fault => ({
  kind,
  target,
  startMs: START_MS + 5000,
  endMs: START_MS + 4 * 3_600_000,
  parameters: {},
});

describe('power', () => {
  it('plans devices that the registry takes', () => {
    for (const device of devices) newDeviceSchema.parse(device);
    expect(devices.length).toBeGreaterThan(100);
  });

  it('warms the oil of the transformers on an overloaded feeder in the hours after', () => {
    const feeder = city.assets.find(({ kind }) => kind === 'feeder')!.assetId;
    const on = [...city.sites.values()].filter(
      ({ lineId, assetId }) => lineId === feeder && assetId.startsWith('pwr-tx'),
    );
    expect(on.length).toBeGreaterThan(0);
    const healthy = after(3 * 3600);
    const overloaded = after(3 * 3600, [fault('overload', feeder)]);
    expect(overloaded.get(`${feeder}/load`)).toBeGreaterThan(100);
    for (const { assetId } of on) {
      expect(overloaded.get(`${assetId}/oil`)! - healthy.get(`${assetId}/oil`)!).toBeGreaterThan(10);
      expect(overloaded.get(`${assetId}/voltage`)!).toBeLessThan(healthy.get(`${assetId}/voltage`)!);
    }
  });

  it('is silent on a feeder without power, and only there', () => {
    const feeders = city.assets.filter(({ kind }) => kind === 'feeder').map(({ assetId }) => assetId);
    const dark = after(400, [fault('outage', feeders[0]!)]);
    expect(dark.has(`${feeders[0]!}/load`)).toBe(false);
    expect(dark.has(`${feeders[1]!}/load`)).toBe(true);
  });

  it('has one frequency in the whole grid', () => {
    const last = after(300);
    const values = [...last].filter(([id]) => id.endsWith('/frequency')).map(([, value]) => value);
    expect(values.length).toBeGreaterThan(5);
    for (const value of values) expect(Math.abs(value - 50)).toBeLessThan(0.05);
  });
});
