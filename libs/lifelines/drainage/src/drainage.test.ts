import { jest } from '@jest/globals';
import { newDeviceSchema } from '@lifeline/contracts';
import { buildCity } from '@lifeline/city';
import { createWeather, type Fault } from '@lifeline/lifeline-kit';
import { drainageLifeline } from './index.js';

jest.setTimeout(120_000);

const SEED = '7';
const city = buildCity(SEED);
const devices = drainageLifeline.plan(city, SEED);
const START_MS = Date.parse('2026-05-10T08:00:00+08:00');

function last(seconds: number, faults: readonly Fault[] = []): Map<string, number> {
  const simulator = drainageLifeline.simulate(city, devices, {
    seed: SEED,
    startMs: START_MS,
    weather: createWeather(SEED),
  });
  for (const fault of faults) simulator.inject(fault);
  const out = new Map<string, number>();
  simulator.step(START_MS + seconds * 1000, (sensor, _tMs, value) =>
    out.set(simulator.sensors[sensor]!.sensorId, value),
  );
  return out;
}

const fault = (kind: string, target: string): Fault => ({
  kind,
  target,
  startMs: START_MS + 30_000,
  endMs: START_MS + 600_000,
  parameters: {},
});

describe('drainage', () => {
  it('plans devices that the registry takes, with the levels of each station as limits', () => {
    for (const device of devices) newDeviceSchema.parse(device);
    const sump = devices.flatMap(({ sensors }) => sensors).find(({ type }) => type === 'LVL_SP');
    expect(sump?.limits).toMatchObject({ lowLow: 0.4, low: 0.7, high: 3, highHigh: 3.6 });
  });

  it('lets water stand at a low point, and run off when it is over', () => {
    const ponding = fault('ponding', 'drn-low-0002');
    expect(last(150, [ponding]).get('drn-low-0002/ponding')).toBeGreaterThan(27);
    expect(last(1200, [ponding]).get('drn-low-0002/ponding')).toBeLessThan(2);
    expect(last(150, [ponding]).get('drn-low-0003/ponding')).toBeLessThan(1);
  });

  it('backs water up to the cover over a blocked drain', () => {
    expect(last(500, [fault('blockage', 'drn-mh-0004')]).get('drn-mh-0004/level')).toBeLessThan(0.5);
    expect(last(500).get('drn-mh-0004/level')).toBeGreaterThan(1.5);
  });

  it('fills the sump of a station whose pumps fail', () => {
    expect(last(600, [fault('pump-failure', 'drn-pump-03')]).get('drn-pump-03/sump')).toBeGreaterThan(3);
  });
});
