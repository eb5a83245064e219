import { jest } from '@jest/globals';
import { evidenceSchema } from '@lifeline/contracts';
import { buildCity } from '@lifeline/city';
import { createWeather, type Fault, Rehearsal, sensorsOf } from '@lifeline/lifeline-kit';
import { bridgeLifeline } from './index.js';
import { watchBridge } from './watch-bridge.js';

jest.setTimeout(240_000);

const SEED = '7';
const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2026-05-04T00:00:00+08:00');
const city = buildCity(SEED);
const planned = bridgeLifeline.plan(city, SEED);
const cableStayed = city.assets.find(({ properties }) => properties['type'] === 'cable-stayed')!.assetId;
const SLOW = 12;
const QUICK = 1;

interface Case {
  readonly hours: number;
  readonly faults?: readonly Fault[];
  readonly scale?: number;
  readonly restartEveryHours?: number;
  readonly all?: boolean;
}

function rehearse({ hours, faults = [], scale = SLOW, restartEveryHours, all }: Case): Rehearsal {
  const devices = all ? planned : planned.filter(({ sensors }) => sensors[0]?.assetId === cableStayed);
  const simulator = bridgeLifeline.simulate(city, devices, {
    seed: SEED,
    startMs: START_MS,
    weather: createWeather(SEED),
    intervalScale: scale,
  });
  for (const fault of faults) simulator.inject(fault);
  const rehearsal = new Rehearsal(watchBridge, city.assets, sensorsOf(devices, scale));
  const stepHours = restartEveryHours ?? hours;
  for (let from = 0; from < hours; from += stepHours) {
    rehearsal.run(simulator, START_MS + from * HOUR_MS, START_MS + Math.min(hours, from + stepHours) * HOUR_MS);
    if (restartEveryHours) rehearsal.restart();
  }
  for (const { evidence } of rehearsal.findings) if (evidence) evidenceSchema.parse(evidence);
  return rehearsal;
}

const fault = (kind: string, atHours: number, hours: number, parameters = {}, target = cableStayed): Fault => ({
  kind,
  target,
  startMs: START_MS + atHours * HOUR_MS,
  endMs: START_MS + (atHours + hours) * HOUR_MS,
  parameters,
});

const begun = (rehearsal: Rehearsal): string[] =>
  rehearsal.findings.filter(({ change }) => change === 'begin').map(({ test }) => test);

describe('the watch of a bridge', () => {
  it('finds nothing in ordinary days', () => {
    expect(rehearse({ hours: 5 * 24 }).told()).toEqual([]);
  });

  it('finds nothing on any bridge in an ordinary day at full rate of two hours of traffic', () => {
    expect(rehearse({ hours: 2, scale: QUICK }).told()).toEqual([]);
  });

  it('finds a support that settles, with the gauges that agree', () => {
    const rehearsal = rehearse({
      hours: 1.5,
      scale: QUICK,
      faults: [fault('settlement', 1, 2, { strain: 60, tiltDeg: 0.06 })],
    });
    expect(begun(rehearsal)).toEqual(['support-settlement']);
    const last = rehearsal.findings.at(-1)!;
    expect(last.priority).toBe('orange');
    expect(last.evidence!.carriers.map(({ sensorId }) => sensorId).sort()).toEqual([
      `${cableStayed}-pier/tilt-2`,
      `${cableStayed}-strain/strain-2`,
    ]);
  });

  it('finds a support that settles over a day, and a stay that slackens', () => {
    const slow = rehearse({ hours: 5.25 * 24, faults: [fault('slow-settlement', 4 * 24, 24, { strain: 80 })] });
    expect(begun(slow)).toEqual(expect.arrayContaining(['pier-tilt-tilt-2']));
    const slack = rehearse({ hours: 4.6 * 24, faults: [fault('cable-slackening', 4 * 24 + 2, 12)] });
    expect(begun(slack)).toEqual(['cable-force-stay-1']);
  });

  it('finds a ship that strikes a pier, and is red when the pier stays shifted', () => {
    const rehearsal = rehearse({ hours: 1.3, scale: QUICK, faults: [fault('ship-strike', 1, 5)] });
    expect(begun(rehearsal)).toEqual(['ship-strike']);
    expect(rehearsal.findings.at(-1)!.priority).toBe('red');
  });

  it('finds overloaded trucks that the gauges feel, once for a convoy', () => {
    const rehearsal = rehearse({ hours: 1.5, scale: QUICK, faults: [fault('overload-convoy', 1, 0.25)] });
    expect(rehearsal.told()).toEqual([
      `overloaded-vehicle begin ${cableStayed}-wim/gvw`,
      `overloaded-vehicle end ${cableStayed}-wim/gvw`,
    ]);
  });

  it('finds a bearing that jams, a span that softens and a thermometer that drifts', () => {
    expect(begun(rehearse({ hours: 5.25 * 24, faults: [fault('bearing-jam', 4 * 24 + 6, 36)] }))).toEqual(
      expect.arrayContaining(['bearing-jam-bearing-1']),
    );
    expect(begun(rehearse({ hours: 5 * 24, faults: [fault('stiffness-loss', 4 * 24 + 5, 19)] }))).toEqual([
      'modal-frequency-mode-1',
    ]);
    // How a span answers traffic shows at full rate alone.
    expect(begun(rehearse({ hours: 15, scale: QUICK, faults: [fault('stiffness-loss', 13, 2)] }))).toEqual([
      'traffic-response-defl-1',
    ]);
    const drift = fault('drift', 4 * 24, 12, { size: 7 }, `${cableStayed}-pier/temperature`);
    expect(begun(rehearse({ hours: 4.6 * 24, faults: [drift] }))).toEqual(['thermometer-drift']);
  });

  it('goes on after a restart as if there had been none', () => {
    const one: Case = { hours: 72, faults: [fault('settlement', 60, 10, { strain: 120 })] };
    const through = rehearse(one);
    expect(through.findings.length).toBeGreaterThan(0);
    expect(rehearse({ ...one, restartEveryHours: 7 }).findings).toEqual(through.findings);
  });
});
