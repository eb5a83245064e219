import { jest } from '@jest/globals';
import { evidenceSchema, PRIORITIES } from '@lifeline/contracts';
import { buildCity } from '@lifeline/city';
import { createWeather, rehearse, sensorsOf, type Fault } from '@lifeline/lifeline-kit';
import { planGas } from './plan.js';
import { simulateGas } from './simulate.js';
import { watchGas } from './watch-gas.js';

jest.setTimeout(240_000);

const SEED = '7';
const HOUR_MS = 3_600_000;
const city = buildCity(SEED);
const all = planGas(city, SEED);
const behind = (sourceId: string) =>
  all.filter(({ sensors }) => city.sites.get(sensors[0]!.assetId!)!.sourceId === sourceId);

interface Case {
  readonly startsAt?: string;
  readonly hours: number;
  readonly faults?: readonly Omit<Fault, 'startMs' | 'endMs'>[];
  readonly fromHour?: number;
  readonly toHour?: number;
  readonly intervalScale?: number;
  readonly devices?: typeof all;
}

function findings(given: Case) {
  const startMs = Date.parse(given.startsAt ?? '2026-03-10T10:00:00+08:00');
  const options = { seed: SEED, startMs, weather: createWeather(SEED), intervalScale: given.intervalScale ?? 1 };
  return rehearse({ simulate: simulateGas }, watchGas, {
    city,
    devices: given.devices ?? behind('gas-gate-03'),
    options,
    hours: given.hours,
    faults: (given.faults ?? []).map((fault) => ({
      ...fault,
      startMs: startMs + (given.fromHour ?? 0.5) * HOUR_MS,
      endMs: startMs + (given.toHour ?? given.hours) * HOUR_MS,
    })),
  });
}

const manhole = behind('gas-gate-03').find(({ deviceId }) => deviceId.startsWith('gas-mh'))!.deviceId;
const regulator = behind('gas-gate-03').find(({ deviceId }) => deviceId.startsWith('gas-reg'))!.deviceId;

describe('the watches of the gas network', () => {
  it('leave out what they do not know, and need neither properties nor positions to be made', () => {
    const bare = city.assets.map((asset) => ({ ...asset, properties: {} }));
    expect(() => watchGas(bare, sensorsOf(all))).not.toThrow();
    expect(watchGas([], sensorsOf(all))).toEqual([]);
    expect(watchGas(city.assets, [])).toEqual([]);
    const ids = watchGas(city.assets, sensorsOf(all)).map(({ watchId }) => watchId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(200);
  });

  it('find nothing in two ordinary days of the whole city', () => {
    expect(findings({ hours: 48, devices: all, intervalScale: 30, startsAt: '2026-01-12T00:00:00+08:00' })).toEqual([]);
  });

  it('find nothing in an ordinary evening at full rate', () => {
    expect(findings({ hours: 4, startsAt: '2026-07-10T17:00:00+08:00' })).toEqual([]);
  });

  it('tell a sudden leak at a manhole, worse as it grows, until it is gone', () => {
    const heard = findings({
      hours: 3,
      faults: [{ kind: 'leak', target: manhole, parameters: { peakVol: 6 } }],
      toHour: 2,
    }).filter(({ test }) => test === 'methane');
    expect(heard[0]).toMatchObject({ change: 'begin', sensorId: `${manhole}/ch4` });
    expect(heard.map(({ priority }) => priority)).toContain('red');
    expect(heard.at(-1)!.change).toBe('end');
    const told = heard.filter(({ change }) => change === 'worsen').at(-1)!;
    expect(told.reason.en).toContain('a gas leak');
    expect(told.evidence!.location!.assetId).toMatch(/^gas-pipe/);
  });

  it('tell marsh gas, which follows the warmth of the day, from a leak', () => {
    const devices = behind('gas-gate-03').filter(({ deviceId }) => deviceId === manhole);
    const faults = [{ kind: 'marsh-gas', target: manhole, parameters: {} }];
    const heard = findings({ hours: 84, faults, devices, intervalScale: 6 });
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.every(({ reason }) => !reason.en.includes('a gas leak'))).toBe(true);
    expect(heard.some(({ reason }) => reason.en.includes('marsh gas does'))).toBe(true);
    expect(heard.every(({ priority }) => priority === 'blue')).toBe(true);
  });

  it('find a slow leak long before its stage', () => {
    const faults = [{ kind: 'slow-leak', target: manhole, parameters: { peakVol: 0.9 } }];
    const [begin] = findings({ hours: 4, faults }).filter(({ test }) => test === 'methane');
    expect(begin!.value).toBeLessThan(0.3);
  });

  it.each([
    ['regulator-low', 'outlet-low', '2026-03-10T10:00:00+08:00', 0.9],
    ['regulator-high', 'outlet-high', '2026-03-10T10:00:00+08:00', 0.9],
    ['regulator-creep', 'creep', '2026-06-11T01:00:00+08:00', 2],
    ['regulator-hunting', 'hunting', '2026-03-10T10:00:00+08:00', 0.9],
  ])('find %s as %s', (kind, test, startsAt, hours) => {
    const heard = findings({
      hours: hours + 0.6,
      toHour: hours,
      startsAt,
      faults: [{ kind, target: regulator, parameters: {} }],
    });
    expect(heard.filter((one) => one.test === test).map(({ change }) => change)).toEqual(['begin', 'end']);
    expect(heard.every(({ sensorId }) => sensorId === `${regulator}/p-out`)).toBe(true);
  });

  it('say nothing that the page cannot show', () => {
    const faults = [
      { kind: 'leak', target: manhole, parameters: {} },
      { kind: 'regulator-low', target: regulator, parameters: {} },
    ];
    const heard = findings({ hours: 2, faults });
    expect(heard.length).toBeGreaterThan(2);
    for (const { evidence, reason, priority, value, change } of heard) {
      expect(PRIORITIES).toContain(priority);
      expect(Number.isFinite(value)).toBe(true);
      expect(evidence === null).toBe(change === 'end');
      if (evidence) evidenceSchema.parse(evidence);
      expect(`${reason.en}${reason.zh}`).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});
