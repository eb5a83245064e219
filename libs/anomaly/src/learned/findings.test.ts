import { createLearnedEngine } from './engine.js';
import type { LearnedEngine, LearnedFinding, LearnedOptions, LearnedSensor, LearnedTest } from './port.js';
import { chanceOf, dailySeries, DAY_MS, HOUR_MS, MINUTE_MS, sensorWith, START_MS } from './testing/series.js';

const STEP_MS = 10 * MINUTE_MS;
const LEARNED_DAYS = 60;

/** One sensor that has learned an ordinary course for two months, to which things then happen. */
class Plant {
  readonly engine: LearnedEngine;
  readonly found: LearnedFinding[] = [];
  atMs = START_MS;
  private readonly next;

  constructor(over: Partial<LearnedSensor> = {}, options: LearnedOptions = {}, seed = 3) {
    this.engine = createLearnedEngine(options);
    this.engine.putSensor(sensorWith({ sensorNo: 1, ...over }));
    this.next = dailySeries(seed, STEP_MS, HOUR_MS);
  }

  learned(days = LEARNED_DAYS): this {
    this.run(days * DAY_MS);
    this.found.length = 0;
    return this;
  }

  /** What is measured is `change` of what would have been, given the time since now. */
  run(forMs: number, change: (value: number, sinceMs: number) => number = (value) => value): this {
    const sinceMs = this.atMs;
    for (; this.atMs < sinceMs + forMs; this.atMs += STEP_MS)
      this.engine.take(1, this.atMs, change(this.next(this.atMs), this.atMs - sinceMs), 'good', this.found);
    return this;
  }

  tests(): LearnedTest[] {
    return this.found.filter(({ change }) => change === 'begin').map(({ test }) => test);
  }
}

/** Hours from now until something is found. */
function delayHours(plant: Plant, forMs: number, change: (value: number, sinceMs: number) => number): number {
  const sinceMs = plant.atMs;
  plant.run(forMs, change);
  return plant.found.length === 0 ? NaN : (plant.found[0]!.atMs - sinceMs) / HOUR_MS;
}

describe('what the learned engine finds', () => {
  it('finds a step within the hour, with what was usual, and takes it as the new normal once told', () => {
    const plant = new Plant().learned();
    expect(delayHours(plant, DAY_MS, (value) => value + 12)).toBeLessThan(1.1);
    const [begin, end] = plant.found as [LearnedFinding, LearnedFinding];
    expect(begin).toMatchObject({ test: 'step', change: 'begin', side: 1 });
    expect(begin.value - begin.expected!.value).toBeGreaterThan(8);
    expect(begin.expected!.high).toBeLessThan(begin.value);
    expect(begin.residual).toBeGreaterThan(5);
    expect(begin.score).toBeGreaterThan(0.999);
    expect(begin.reason.en).toMatch(/^Pressure .* is unusual/);
    expect(begin.reason.zh).toMatch(/^压力 .* 异常/);
    expect(end).toMatchObject({ test: 'step', change: 'end' });
    expect(end.reason.en).toMatch(/taken as what is usual now/);
    // And back: known by now.
    plant.run(3 * DAY_MS);
    expect(plant.found).toHaveLength(2);
  });

  it('finds a shift of one and a half usual deviations within four days', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((seed) => {
      const plant = new Plant({ minDeviation: 1 }, {}, seed).learned();
      const delay = delayHours(plant, 6 * DAY_MS, (value) => value + 1.7);
      expect(plant.tests()[0]).toBe('level-shift');
      return delay;
    });
    expect(Math.max(...delays)).toBeLessThan(96);
  });

  it('finds a drift of a tenth of a usual deviation a day within three weeks', () => {
    const plant = new Plant({ minDeviation: 1 }).learned();
    expect(delayHours(plant, 25 * DAY_MS, (value, sinceMs) => value - (0.11 * sinceMs) / DAY_MS)).toBeLessThan(21 * 24);
    expect(plant.found[0]).toMatchObject({ test: expect.stringMatching(/^(drift|level-shift)$/), side: -1 });
  });

  it('finds three times the fluctuation within half a day, and tells how much it is', () => {
    const plant = new Plant().learned();
    const chance = chanceOf(77);
    expect(delayHours(plant, DAY_MS, (value) => value + 2.5 * chance.normal())).toBeLessThan(12);
    expect(plant.found[0]).toMatchObject({ test: 'variance', side: 1 });
    expect(plant.found[0]!.reason.en).toMatch(/fluctuates [234](\.\d)? times as much/);
  });

  it('finds one value repeated, trusted or not, once it lasts far longer than ever', () => {
    const plant = new Plant({ minDeviation: 30 }).learned();
    const held = 305;
    for (let i = 0; i < 36; i++, plant.atMs += STEP_MS)
      plant.engine.take(1, plant.atMs, held, i < 20 ? 'good' : 'untrusted', plant.found);
    expect(plant.found).toMatchObject([{ test: 'stuck', change: 'begin', side: 0, value: held }]);
    plant.run(HOUR_MS);
    expect(plant.found[1]).toMatchObject({ test: 'stuck', change: 'end' });
  });

  it('does not call a sensor stuck that rests for days as a rule', () => {
    const engine = createLearnedEngine();
    engine.putSensor(sensorWith({ sensorNo: 1, minDeviation: 0.2 }));
    const chance = chanceOf(4);
    const found: LearnedFinding[] = [];
    for (let i = 0; i < 120 * 144; i++) {
      const rains = Math.floor(i / 144) % 9 === 5 && i % 144 < 40;
      engine.take(1, START_MS + i * STEP_MS, rains ? 0.1 * chance.uniform() : 0, 'good', found);
    }
    expect(found).toEqual([]);
  });

  it('finds the course of the day lost where each value alone is within reason', () => {
    const plant = new Plant({ minDeviation: 14 }).learned();
    const chance = chanceOf(9);
    expect(delayHours(plant, 5 * DAY_MS, () => 300 + chance.normal())).toBeLessThan(80);
    expect(plant.tests()).toContain('lost-season');
  });

  it('finds a value of midday at midnight, come slowly', () => {
    const plant = new Plant({ minDeviation: 4 }).learned();
    plant.run(DAY_MS - (plant.atMs % DAY_MS) + 14 * HOUR_MS);
    // From the low of the day up to what its high has, in five hours.
    expect(
      delayHours(plant, 8 * HOUR_MS, (value, sinceMs) => value + Math.min(18, (18 * sinceMs) / (5 * HOUR_MS))),
    ).toBeLessThan(6);
    expect(plant.tests()[0]).toMatch(/^(rare-context|level-shift|step)$/);
  });

  it('finds a spike once it is over, and not a small one', () => {
    const plant = new Plant().learned();
    plant.run(HOUR_MS, (value, sinceMs) => value + (sinceMs === 0 ? 60 : 0));
    expect(plant.found.map(({ test, change }) => `${test} ${change}`)).toEqual(['spike begin', 'spike end']);
    plant.run(HOUR_MS, (value, sinceMs) => value + (sinceMs === 0 ? 6 : 0));
    expect(plant.found).toHaveLength(2);
  });

  it('lets no deviation speak that does not matter to people', () => {
    const plant = new Plant({ minDeviation: 25 }).learned();
    plant.run(10 * DAY_MS, (value) => value + 12);
    expect(plant.found).toEqual([]);
  });

  it('begins nothing while a limit speaks', () => {
    const plant = new Plant().learned();
    const next = dailySeries(3, STEP_MS);
    for (let i = 0; i < 40; i++, plant.atMs += STEP_MS)
      plant.engine.take(1, plant.atMs, next(plant.atMs) + 20, 'limit-speaks', plant.found);
    expect(plant.found).toEqual([]);
  });

  it('ends what is open after a long gap', () => {
    const plant = new Plant().learned();
    plant.run(HOUR_MS, (value) => value + 12);
    plant.atMs += 2 * DAY_MS;
    plant.run(HOUR_MS);
    expect(plant.found.map(({ change }) => change)).toEqual(['begin', 'end']);
  });

  it('goes on with an open finding from a checkpoint', () => {
    const [whole, first, second] = [new Plant().learned(), new Plant().learned(), new Plant()];
    whole.run(HOUR_MS, (value) => value + 12);
    first.run(HOUR_MS, (value) => value + 12);
    second.engine.restore(first.engine.checkpoint());
    expect(second.engine.beganAtMs(1)).toBe(first.found[0]!.atMs);
    for (let i = 0; i < 12; i++, whole.atMs += STEP_MS) {
      whole.engine.take(1, whole.atMs, 300, 'good', whole.found);
      second.engine.take(1, whole.atMs, 300, 'good', second.found);
    }
    expect([...first.found, ...second.found]).toEqual(whole.found);
    expect(whole.found).toHaveLength(2);
  });

  it('ends an adopted finding when readings are usual', () => {
    const plant = new Plant().learned();
    plant.engine.adopt(1, plant.atMs - HOUR_MS);
    plant.run(2 * HOUR_MS);
    expect(plant.found).toMatchObject([{ test: 'step', change: 'end' }]);
    expect(plant.engine.beganAtMs(1)).toBeNaN();
  });
});

describe('what people say of a finding', () => {
  it('takes the present level as usual at once when told that it is normal, and says who did', () => {
    const plant = new Plant().learned();
    plant.run(HOUR_MS, (value) => value + 12);
    plant.engine.feedback(1, 'new-normal', plant.atMs, plant.found);
    expect(plant.found[1]).toMatchObject({ change: 'end' });
    expect(plant.found[1]!.reason.en).toMatch(/confirmed as the new normal/);
    plant.run(5 * DAY_MS, (value) => value + 12);
    expect(plant.found).toHaveLength(2);
  });

  it('asks for more of a test that was a false alarm, for months, and then for the old again', () => {
    const step = (plant: Plant) => {
      const before = plant.found.length;
      plant.run(HOUR_MS, (value) => value + 9);
      plant.run(12 * DAY_MS);
      return plant.found.length > before;
    };
    const plant = new Plant().learned();
    expect(step(plant)).toBe(true);
    for (let i = 0; i < 3; i++) plant.engine.feedback(1, 'false-alarm', plant.atMs, plant.found);
    expect(step(plant)).toBe(false);
    plant.run(360 * DAY_MS);
    expect(step(plant)).toBe(true);
  });
});
