import { jest } from '@jest/globals';
import type { Condition } from '@lifeline/alarms';
import { buildCity } from '@lifeline/city';
import { qualityOfMark, type ReadingBlock } from '@lifeline/readings';
import { planDevices } from '../plan-devices.js';
import { placeScenario } from '../scenario/ground-truth.js';
import { loadScenarios } from '../scenario/load.js';
import { scenarioSchema, type Scenario } from '../scenario/schema.js';
import { arrangeSeason } from './arrange.js';
import { play, sensorsOf, type PlayOptions } from './play.js';
import { runTrial } from './trial.js';

jest.setTimeout(120_000);

const SEED = 7;
const city = buildCity(SEED, 0.2);
const devices = planDevices(city, SEED).filter(({ sensors, utility }) => utility === 'gas' || sensors.length === 0);
const startMs = Date.parse('2026-07-07T10:00:00+08:00');

function options(minutes: number, scenario?: Scenario): PlayOptions {
  const truths = scenario ? placeScenario(scenario, city, devices, startMs) : [];
  return { city, devices, seed: SEED, startMs, endMs: startMs + minutes * 60_000, truths };
}

function scenarioOf(fault: string, sensorType: string, atS: number, durationS: number): Scenario {
  return scenarioSchema.parse({
    name: 'one',
    description: 'x',
    events: [{ atS, fault, target: { utility: 'gas', sensorType, index: 1 }, durationS }],
  });
}

interface Heard {
  readonly sensorNo: number;
  readonly atMs: number;
  readonly arrivedAtMs: number;
  readonly mark: number;
}

function heard(given: PlayOptions): Heard[] {
  const all: Heard[] = [];
  play(given, {
    tick: () => undefined,
    feed: ({ arrivedAtMs, sensorNo, measuredAtMs, mark }: ReadingBlock) =>
      sensorNo.forEach((no, i) => all.push({ sensorNo: no, atMs: measuredAtMs[i]!, arrivedAtMs, mark: mark[i]! })),
  });
  return all;
}

describe('playing the city into an engine', () => {
  it('gives every sensor its readings, in order, each arriving no earlier than it was measured', () => {
    const all = heard(options(5));
    expect(new Set(all.map(({ sensorNo }) => sensorNo)).size).toBe(sensorsOf(devices).length);
    expect(all.every(({ atMs, arrivedAtMs }) => arrivedAtMs >= atMs && arrivedAtMs - atMs <= 1000)).toBe(true);
    expect(all.every(({ mark }) => qualityOfMark(mark) !== 'bad')).toBe(true);
  });

  it('lets a late gateway send hours afterwards, measured when it was', () => {
    const scenario = scenarioOf('late-gateway', 'P_LOW', 60, 1200);
    const { zone } = placeScenario(scenario, city, devices, startMs)[0]!;
    const behind = new Set(
      sensorsOf(devices)
        .filter(({ sensorId }) => zone.has(sensorId))
        .map((one) => one.sensorNo),
    );
    const late = heard(options(25, scenario)).filter(({ sensorNo }) => behind.has(sensorNo));
    const during = (ms: number) => ms >= startMs + 61_000 && ms < startMs + 1_260_000;
    expect(late.some(({ arrivedAtMs }) => during(arrivedAtMs))).toBe(false);
    expect(late.filter(({ atMs }) => during(atMs)).length).toBeGreaterThan(behind.size * 100);
  });

  it('tells the engines side by side the same, and when they told of what', () => {
    const bySensor = (no: number) => ({
      tick: () => undefined,
      feed: (block: ReadingBlock, out: Condition[]) => {
        const i = block.sensorNo.indexOf(no);
        if (i < 0) return;
        const [atMs, value] = [block.measuredAtMs[i]!, block.value[i]!];
        const told = { sensorNo: no, limit: 'high', limitValue: null, priority: 'blue', atMs, value } as const;
        out.push({ ...told, rule: 'limit', change: 'begin', reason: { en: 'here', zh: '' } });
        out.push({ ...told, rule: 'limit', change: 'end', reason: { en: 'gone', zh: '' } });
      },
    });
    const result = runTrial(
      options(1),
      new Map([
        ['one', bySensor(1)],
        ['again', bySensor(1)],
        ['two', bySensor(2)],
      ]),
    );
    const one = result.alarms.get('one')!;
    expect(one.length).toBeGreaterThan(3);
    expect(one.every(({ change, toldMs, atMs }) => change === 'begin' && toldMs >= atMs)).toBe(true);
    expect(new Set(one.map(({ sensorId }) => sensorId))).toEqual(new Set([sensorsOf(devices)[0]!.sensorId]));
    expect(result.alarms.get('again')).toEqual(one);
    expect(result.alarms.get('two')).not.toEqual(one);
  });
});

describe('the season of the scenarios that come with the product', () => {
  const whole = planDevices(city, SEED);

  it('finds a place and a time for each, with one cause for each alarm', async () => {
    const scenarios = (await loadScenarios()).filter(({ pace, season }) => pace === 'minutes' && season === 'summer');
    const fromMs = startMs;
    const placed = arrangeSeason(scenarios, { city, devices: whole, fromMs, rounds: 2, settleMs: 3_600_000 });
    expect(placed.length).toBe(scenarios.length * 2);
    for (const one of placed) {
      expect(one.startMs).toBeGreaterThanOrEqual(fromMs);
      for (const other of placed) {
        if (other === one || other.startMs >= one.settledMs || other.settledMs <= one.startMs) continue;
        expect([...one.zone].filter((sensorId) => other.zone.has(sensorId))).toEqual([]);
      }
    }
  });

  it('has at least forty kinds, each with something to find or nothing to say, and sensors that may tell', async () => {
    const scenarios = await loadScenarios();
    expect(scenarios.length).toBeGreaterThanOrEqual(40);
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
    for (const scenario of scenarios) {
      const toFind = scenario.events.some(({ expects }) => expects.length > 0);
      expect([scenario.name, toFind !== (scenario.expectsNothing === true)]).toEqual([scenario.name, true]);
      for (const { zone } of placeScenario(scenario, city, whole, startMs)) expect(zone.size).toBeGreaterThan(0);
    }
  });
});
