import { jest } from '@jest/globals';
import { evidenceSchema } from '@lifeline/contracts';
import { buildCity } from '@lifeline/city';
import { createWeather, type Fault, Rehearsal, sensorsOf } from '@lifeline/lifeline-kit';
import { powerLifeline } from './index.js';
import { watchPower } from './watch-power.js';

jest.setTimeout(240_000);

const SEED = '7';
const SCALE = 12;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RESTART_MS = 7 * HOUR_MS;
/** A hot week of July, from a Monday. */
const START_MS = Date.parse('2026-07-06T00:00:00+08:00');
const city = buildCity(SEED);
const SUBSTATION = 'pwr-sub-01';
const under = new Set(
  city.assets
    .filter(({ assetId, properties }) => assetId === SUBSTATION || properties['substationId'] === SUBSTATION)
    .map(({ assetId }) => assetId),
);
const devices = powerLifeline.plan(city, SEED).filter(({ deviceId }) => under.has(deviceId));
const sensors = sensorsOf(devices, SCALE);
const transformer = city.assets.find(
  ({ kind, properties }) => kind === 'transformer' && properties['substationId'] === SUBSTATION,
)!;
const feederId = String(transformer.properties['feederId']);

interface Case {
  readonly days: number;
  readonly faults: readonly Fault[];
  readonly keep?: (watchId: string) => boolean;
  readonly restarts?: boolean;
}

function rehearse({ days, faults, keep, restarts }: Case): Rehearsal {
  const rehearsal = new Rehearsal(watchPower, city.assets, sensors, keep);
  const needed = new Set(
    rehearsal.watches.flatMap(({ sensorNos }) => sensorNos.map((no) => sensors[no - 1]!.deviceId)),
  );
  const own = devices.filter(({ deviceId }) => needed.has(deviceId));
  const simulator = powerLifeline.simulate(city, own, {
    seed: SEED,
    startMs: START_MS,
    weather: createWeather(SEED),
    intervalScale: SCALE,
  });
  for (const fault of faults) simulator.inject(fault);
  const endMs = START_MS + days * DAY_MS;
  for (let fromMs = START_MS; fromMs < endMs; fromMs += RESTART_MS) {
    rehearsal.run(simulator, fromMs, Math.min(fromMs + RESTART_MS, endMs));
    if (restarts) rehearsal.restart();
  }
  for (const { evidence } of rehearsal.findings) if (evidence) evidenceSchema.parse(evidence);
  return rehearsal;
}

const fault = (kind: string, target: string, atHours: number, hours: number, parameters = {}): Fault => ({
  kind,
  target,
  startMs: START_MS + atHours * HOUR_MS,
  endMs: START_MS + (atHours + hours) * HOUR_MS,
  parameters,
});

const ofFeeder = (watchId: string): boolean => watchId.includes(feederId) || watchId.includes(transformer.assetId);

describe('the watches of the power grid', () => {
  it('find nothing in ordinary days', () => {
    const rehearsal = rehearse({ days: 3.25, faults: [] });
    expect(rehearsal.watches.length).toBeGreaterThan(20);
    expect(rehearsal.told()).toEqual([]);
  });

  it('find fans that stop, by the oil that is hotter than load and air explain', () => {
    const { findings } = rehearse({
      days: 3,
      faults: [fault('fan-failure', SUBSTATION, 56, 10)],
      keep: (id) => id.includes('transformer/pwr-sub'),
    });
    const begins = findings.filter(({ test, change }) => test === 'oil-over-model' && change === 'begin');
    expect(begins).toHaveLength(2);
    for (const { atMs, reason } of begins) {
      expect((atMs - START_MS) / HOUR_MS - 56).toBeGreaterThan(0);
      expect((atMs - START_MS) / HOUR_MS - 56).toBeLessThan(3);
      expect(reason.en).toMatch(/K hotter than/);
    }
  });

  it('find a slow overload in the heat before it is there, and count what it costs', () => {
    const rehearsal = rehearse({
      days: 6,
      faults: [fault('heat-overload', transformer.assetId, 4 * 24 + 15, 12, { loadPercent: 135 })],
      keep: (id) => id.includes(`transformer/${transformer.assetId}`),
    });
    const tests = rehearsal.findings.filter(({ change }) => change === 'begin').map(({ test }) => test);
    expect(tests).toContain('overload-forecast');
    expect(tests).toContain('heavy-load');
    expect(tests).toContain('loss-of-life');
    expect(rehearsal.findings.some(({ test, change }) => test === 'overload-forecast' && change === 'end')).toBe(true);
  });

  it('find a lost phase and an uneven load on one transformer', () => {
    const rehearsal = rehearse({
      days: 2,
      faults: [
        fault('phase-imbalance', transformer.assetId, 30, 6),
        fault('lost-phase', transformer.assetId, 40, 2, { phase: 2 }),
      ],
      keep: (id) => id.includes(`phases/${transformer.assetId}`),
    });
    const id = transformer.assetId;
    expect(rehearsal.told()).toEqual([
      `phase-imbalance begin ${id}/i-b`,
      `phase-imbalance end ${id}/i-b`,
      `lost-phase begin ${id}/i-c`,
      `lost-phase end ${id}/i-c`,
    ]);
  });

  it('find a worn cable joint, and not the other one', () => {
    const rehearsal = rehearse({
      days: 3,
      faults: [fault('joint-resistance', feederId, 56, 12)],
      keep: (id) => id === `power/feeder/${feederId}`,
    });
    const begins = rehearsal.findings.filter(({ change }) => change === 'begin');
    expect(begins.map(({ test }) => test)).toEqual(['joint-over-load-1']);
  });

  it('find a feeder without power by the silence of all that hangs on it', () => {
    const rehearsal = rehearse({
      days: 1,
      restarts: true,
      faults: [fault('outage', feederId, 10, 2)],
      keep: (id) => id.includes('outage'),
    });
    expect(rehearsal.told()).toEqual([`feeder-outage begin ${feederId}/load`, `feeder-outage end ${feederId}/load`]);
    expect(rehearsal.findings[0]!.atMs - START_MS - 10 * HOUR_MS).toBeLessThan(10 * 60_000);
  });

  it('find a tap changer that runs away, and one that hunts', () => {
    const runaway = rehearse({
      days: 1,
      faults: [fault('tap-changer-runaway', SUBSTATION, 10, 2, { everyS: 120 })],
      keep: (id) => id.includes('u-bus'),
    });
    expect(runaway.told()[0]).toBe(`tap-changer begin ${SUBSTATION}/u-bus1`);
    const hunting = rehearse({
      days: 1,
      faults: [fault('tap-changer-hunting', SUBSTATION, 10, 2, { everyS: 180 })],
      keep: (id) => id.includes('u-bus'),
    });
    expect(hunting.told()[0]).toBe(`tap-changer begin ${SUBSTATION}/u-bus1`);
  });

  it('find the grid out of its frequency band', () => {
    const rehearsal = rehearse({
      days: 1,
      faults: [fault('frequency-excursion', SUBSTATION, 5, 0.2)],
      keep: (id) => id === 'power/frequency',
    });
    expect(rehearsal.told()).toEqual([
      `grid-frequency begin ${SUBSTATION}/frequency`,
      `grid-frequency end ${SUBSTATION}/frequency`,
    ]);
  });

  it('go on after a restart as if there had been none', () => {
    const one: Case = {
      days: 2,
      faults: [fault('fan-failure', transformer.assetId, 30, 17), fault('joint-resistance', feederId, 30, 17)],
      // An outage's watch hears forty neighbours: it restarts in its own case.
      keep: (id) => ofFeeder(id) && !id.includes('outage'),
    };
    const through = rehearse(one);
    expect(through.findings.length).toBeGreaterThan(0);
    expect(rehearse({ ...one, restarts: true }).findings).toEqual(through.findings);
  });
});
