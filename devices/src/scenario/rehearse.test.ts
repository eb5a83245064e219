import { jest } from '@jest/globals';
import { buildCity } from '@lifeline/city';
import { planDevices } from '../plan-devices.js';
import { placeScenario } from './ground-truth.js';
import { DEFAULT_SCENARIO, loadScenario } from './load.js';
import { rehearse } from './rehearse.js';

jest.setTimeout(240_000);

/** The seed that the product starts with. */
const SEED = 341_100;
const city = buildCity(SEED);
const devices = planDevices(city, SEED);

describe('the simulated city', () => {
  it.each(['2026-01-14', '2026-07-20'])('passes no limit in 48 hours from %s where nothing goes wrong', (day) => {
    const startMs = Date.parse(`${day}T00:00:00+08:00`);
    const { readings, crossings } = rehearse({
      city,
      devices,
      seed: SEED,
      startMs,
      forS: 48 * 3600,
      // Each sensor every quarter of an hour or so: what could pass a limit (day, weather, load) lasts longer.
      intervalScale: 480,
    });
    expect(readings).toBeGreaterThan(100_000);
    expect(crossings).toEqual([]);
  });

  it('raises what the first-minute scenario expects, in time, and nothing elsewhere', async () => {
    const scenario = await loadScenario(DEFAULT_SCENARIO);
    const startMs = Date.parse('2026-11-24T10:00:00+08:00');
    const { crossings } = rehearse({ city, devices, seed: SEED, startMs, forS: 1050, scenario });
    const truths = placeScenario(scenario, city, devices, startMs);
    for (const { fault, expects } of truths) {
      for (const { sensorIds, limit, byMs } of expects) {
        const met = crossings.filter(
          (one) =>
            sensorIds.includes(one.sensorId) && one.limit === limit && one.atMs >= fault.startMs && one.atMs <= byMs,
        );
        expect([fault.kind, fault.target, limit, met.length > 0]).toEqual([fault.kind, fault.target, limit, true]);
      }
    }
    expect(crossings[0]!.atMs).toBeGreaterThan(startMs);
    expect(crossings[0]!.atMs).toBeLessThan(startMs + 20_000);
    const struck = new Set(truths.map(({ fault }) => fault.target));
    const assetOf = new Map(
      devices.flatMap(({ deviceId, sensors }) =>
        sensors.map((one) => [`${deviceId}/${one.channel}`, one.assetId ?? '']),
      ),
    );
    const stray = crossings.filter(({ sensorId }) => !struck.has(sensorId) && !struck.has(assetOf.get(sensorId)!));
    expect(stray).toEqual([]);
  });

  it('strikes the next place when the scenario comes round again', async () => {
    const scenario = await loadScenario(DEFAULT_SCENARIO);
    const targets = (round: number): string[] =>
      placeScenario(scenario, city, devices, 0, round).map(({ fault }) => fault.target);
    targets(1).forEach((target, i) => expect(target).not.toBe(targets(0)[i]));
  });
});
