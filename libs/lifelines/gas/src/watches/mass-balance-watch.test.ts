import { jest } from '@jest/globals';
import { buildCity } from '@lifeline/city';
import type { AssetWatch, Finding } from '@lifeline/detection';
import { createWeather, metresBetween, rehearse, type Fault } from '@lifeline/lifeline-kit';
import { planGas } from '../plan.js';
import { simulateGas } from '../simulate.js';
import { MassBalanceWatch } from './mass-balance-watch.js';
import { supplySections, type SupplySection } from './supply-section.js';

jest.setTimeout(120_000);

const SEED = '7';
const HOUR_MS = 3_600_000;
const city = buildCity(SEED);
const START_MS = Date.parse('2026-03-09T00:00:00+08:00');
/** Everything behind one gate station of a small town, and of the city. */
const behind = (sourceId: string) =>
  planGas(city, SEED).filter(({ sensors }) => city.sites.get(sensors[0]!.assetId!)!.sourceId === sourceId);

function findings(
  sourceId: string,
  hours: number,
  faults: readonly Fault[] = [],
  intervalScale = 30,
  make = (section: SupplySection): AssetWatch => new MassBalanceWatch(section),
) {
  return rehearse({ simulate: simulateGas }, (assets, sensors) => supplySections(assets, sensors).map(make), {
    city,
    devices: behind(sourceId),
    options: { seed: SEED, startMs: START_MS, weather: createWeather(SEED), intervalScale },
    hours,
    faults,
  });
}

const fault = (kind: string, target: string, fromHour: number, toHour: number, parameters = {}): Fault => ({
  kind,
  target,
  startMs: START_MS + fromHour * HOUR_MS,
  endMs: START_MS + toHour * HOUR_MS,
  parameters,
});
const pipeOf = (sourceId: string, index = 30) =>
  city.assets.filter(({ assetId, kind }) => kind === 'pipe-segment' && city.sites.get(assetId)!.sourceId === sourceId)[
    index
  ]!.assetId;

/** Metres from the middle of a pipe, where its leak is, to the place that a finding states. */
function offM({ evidence }: Finding, pipeId: string): number {
  return metresBetween(evidence!.location!.position, city.sites.get(pipeId)!.at);
}

/** The regulator that carries most behind the small town's gate. */
const largest = city.assets
  .filter(({ assetId, kind }) => kind === 'regulator' && city.sites.get(assetId)!.sourceId === 'gas-gate-03')
  .filter(({ properties }) => properties['role'] === 'district-regulator')
  .sort((a, b) => Number(b.properties['ratedM3h']) - Number(a.properties['ratedM3h']))[0]!.assetId;

describe('the mass balance of a supply section', () => {
  it('closes over days of ordinary demand, though the line pack moves', () => {
    expect(findings('gas-gate-01', 60)).toEqual([]);
    expect(findings('gas-gate-03', 60)).toEqual([]);
  });

  it('misses what leaks within an hour or two, says how much and about where, and closes again when it is mended', () => {
    const pipeId = pipeOf('gas-gate-01');
    const heard = findings('gas-gate-01', 54, [fault('leak', pipeId, 40, 46, { holeMm: 12 })]);
    const [begin, ...later] = heard;
    expect(begin).toMatchObject({
      change: 'begin',
      sensorId: 'gas-gate-01/flow',
      test: 'mass-balance',
      rule: 'physics',
    });
    expect(begin!.atMs).toBeLessThan(START_MS + 41 * HOUR_MS);
    expect(later.at(-1)!.change).toBe('end');
    const told = heard.filter(({ change }) => change === 'worsen').at(-1)!;
    expect(told.reason.en).toMatch(/^(39|4\d)0 m³\/h are missing between .* the loss stays the same/);
    expect(told.reason.zh).toContain('像是泄漏');
    expect(offM(told, pipeId)).toBeLessThan(told.evidence!.location!.uncertaintyM);
  });

  it('tells what follows demand from a leak', () => {
    const heard = findings('gas-gate-03', 64, [fault('gas-theft', pipeOf('gas-gate-03'), 40, 64, { takenM3h: 350 })]);
    expect(heard.at(-1)!.reason.en).toContain('follows demand');
    expect(heard.at(-1)!.evidence!.location).toBeNull();
  });

  it('names the meter that reads low', () => {
    const heard = findings('gas-gate-03', 46, [fault('drift', `${largest}/flow`, 40, 46, { percent: -95 })]);
    expect(heard.map(({ reason }) => reason.en).join()).toMatch(/the meter of .* shows \d+ m³\/h less than its share/);
  });

  it('goes on from a copy of its state', () => {
    const leak = [fault('leak', pipeOf('gas-gate-03'), 40, 46, { holeMm: 8 })];
    const whole = findings('gas-gate-03', 48, leak);
    let left = 0;
    const restarted = findings('gas-gate-03', 48, leak, 30, (section) => {
      let watch = new MassBalanceWatch(section);
      const { watchId, sensorNos } = watch;
      return {
        watchId,
        sensorNos,
        get state() {
          return watch.state;
        },
        take: (sensorNo, atMs, value, out) => watch.take(sensorNo, atMs, value, out),
        tick: (nowMs, out) => {
          watch.tick(nowMs, out);
          if (++left % 97 !== 0) return;
          const state = Float64Array.from(watch.state);
          watch = new MassBalanceWatch(section);
          watch.state.set(state);
        },
      };
    });
    expect(restarted).toEqual(whole);
    expect(whole.length).toBeGreaterThan(0);
  });
});
