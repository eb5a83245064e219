import { createDetectionEngine } from './detection-engine.js';
import type { DetectionEngine } from './port.js';
import { Bench as LimitBench, sensorWith } from './testing/builders.js';

class Bench extends LimitBench {
  declare readonly engine: DetectionEngine;

  protected override made(): DetectionEngine {
    return createDetectionEngine();
  }
}

const MIN = 60_000;
const DAY = 24 * 60 * MIN;

/** Noise from a seed, near normal: the same in every run. */
function noiseFrom(seed: number): () => number {
  let x = seed;
  const uniform = () => (x = (x * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
  return () => uniform() + uniform() + uniform() + uniform() - 2;
}

function feed(bench: Bench, everyMs: number, fromMs: number, untilMs: number, value: (tMs: number) => number): Bench {
  for (let t = fromMs; t < untilMs; t += everyMs) bench.read(t, value(t));
  return bench;
}

const oil = sensorWith({ type: 'T_OIL', unit: 'Cel', intervalS: 60, channel: 'oil' });

/** Half a day of 50 °C, then 65 °C. */
function stepped(bench: Bench): Bench {
  const noise = noiseFrom(7);
  return feed(bench, MIN, 0, DAY / 2 + 10 * MIN, (t) => (t < DAY / 2 ? 50 : 65) + 0.3 * noise());
}

describe('the statistical rule', () => {
  it('is quiet on daily cycles with noise, from its first day on', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const noise = noiseFrom(seed);
      const bench = feed(
        new Bench(oil),
        MIN,
        seed * 4 * 60 * MIN,
        7 * DAY,
        (t) => 50 + 18 * Math.sin((2 * Math.PI * t) / DAY) + noise(),
      );
      expect(bench.conditions).toEqual([]);
    }
  });

  it('finds a step that stays, once it is confirmed, and takes it for normal after an hour', () => {
    const noise = noiseFrom(7);
    const bench = feed(new Bench(oil), MIN, 0, DAY, (t) => (t < DAY / 2 ? 50 : 65) + 0.3 * noise());
    const [begin, end, ...more] = bench.conditions;
    expect(begin).toMatchObject({ change: 'begin', rule: 'statistical', limit: 'band', priority: 'yellow' });
    expect(begin?.atMs).toBe(DAY / 2 + 4 * MIN);
    expect(begin?.reason.en).toMatch(/^Top oil temperature 6[45](\.\d)? °C is unusual: 4 min outside /);
    expect(end?.change).toBe('end');
    expect(end?.atMs).toBe(DAY / 2 + 60 * MIN);
    expect(more).toEqual([]);
  });

  it('ends when the value is back in its band', () => {
    const noise = noiseFrom(3);
    const bench = feed(
      new Bench(oil),
      MIN,
      0,
      DAY,
      (t) => (t > DAY / 2 && t < DAY / 2 + 20 * MIN ? 70 : 50) + 0.3 * noise(),
    );
    expect(bench.conditions.map((c) => c.change)).toEqual(['begin', 'end']);
    expect(bench.conditions[1]?.reason.en).toContain('back to what is usual');
  });

  it('is not moved by what does not matter or does not last', () => {
    const noise = noiseFrom(5);
    const little = feed(new Bench(oil), MIN, 0, DAY, (t) => (t < DAY / 2 ? 50 : 56) + 0.1 * noise());
    const brief = feed(new Bench(oil), MIN, 0, DAY, (t) => (t % (97 * MIN) < 2 * MIN ? 80 : 50) + 0.1 * noise());
    expect([...little.conditions, ...brief.conditions]).toEqual([]);
  });

  it('says nothing while it has too little to go by', () => {
    const bench = feed(new Bench(oil), MIN, 0, 199 * MIN, (t) => (t < 100 * MIN ? 50 : 80));
    expect(bench.conditions).toEqual([]);
  });

  it('leaves the word to the limit that is passed already', () => {
    const limited = { ...oil, limits: { high: 85, deadband: 1 } };
    const bench = feed(new Bench(limited), MIN, 0, DAY, (t) => (t < DAY / 2 ? 50 : 90));
    expect(bench.conditions.map((c) => c.rule)).toEqual(['limit']);
  });

  it('finds the same two-level plant once, not each time', () => {
    const noise = noiseFrom(9);
    const plant = sensorWith({ unit: 'A', intervalS: 60 });
    const bench = feed(
      new Bench(plant),
      MIN,
      0,
      2 * DAY,
      (t) => (t > DAY / 2 && t % (4 * 60 * MIN) < 2 * 60 * MIN ? 40 : 10) + 0.1 * noise(),
    );
    expect(bench.conditions.filter((c) => c.change === 'begin').length).toBeLessThanOrEqual(2);
  });

  it('leaves an excursion past a limit, and the way back, to the limit', () => {
    const limited = { ...oil, limits: { high: 85, deadband: 2, onDelayS: 60, offDelayS: 60 } };
    const noise = noiseFrom(11);
    const back = (t: number) => 50 + 30 * Math.exp(-(t - DAY / 2 - 20 * MIN) / (4 * MIN));
    const level = (t: number) => (t < DAY / 2 ? 50 : t < DAY / 2 + 20 * MIN ? 95 : back(t));
    const bench = feed(new Bench(limited), MIN, 0, DAY, (t) => level(t) + 0.3 * noise());
    expect(bench.conditions.map((c) => `${c.change} ${c.rule}`)).toEqual(['begin limit', 'end limit']);
  });

  it('tells of what does not come all the way back, a quarter of an hour after the limit', () => {
    const limited = { ...oil, limits: { high: 85, deadband: 2, onDelayS: 60, offDelayS: 60 } };
    const noise = noiseFrom(11);
    const level = (t: number) => (t < DAY / 2 ? 50 : t < DAY / 2 + 10 * MIN ? 95 : 70);
    const bench = feed(new Bench(limited), MIN, 0, DAY, (t) => level(t) + 0.3 * noise());
    expect(bench.conditions.slice(0, 3).map((c) => `${c.change} ${c.rule}`)).toEqual([
      'begin limit',
      'end limit',
      'begin statistical',
    ]);
    const [, ended, found] = bench.conditions;
    expect(found!.atMs - ended!.atMs).toBeGreaterThan(16 * MIN);
  });

  it('says why: the test, what was expected, how far off, and how sure it is', () => {
    const evidence = stepped(new Bench(oil)).conditions[0]?.evidence;
    expect(evidence).toMatchObject({ test: 'step', location: null, figures: [{ unit: '%' }] });
    expect(evidence?.expected?.value).toBeCloseTo(50, 0);
    expect(evidence?.expected?.high).toBeLessThan(65);
    expect(evidence?.residual).toBeGreaterThan(8);
    expect(evidence?.confidence).toBeGreaterThan(0);
    expect(evidence?.carriers).toMatchObject([{ sensorId: oil.sensorId, share: 1 }]);
  });

  it.each(['new-normal', 'false-alarm'] as const)('ends where a person says %s', (verdict) => {
    const bench = stepped(new Bench(oil));
    bench.heard();
    bench.engine.feedback({ sensorNo: 1, rule: 'statistical', verdict, atMs: DAY }, bench.conditions);
    expect(bench.conditions).toMatchObject([{ change: 'end', rule: 'statistical', limit: 'band' }]);
  });

  it('goes on from a checkpoint with what it has learned and what is on', () => {
    const bench = stepped(new Bench(oil));
    const restored = new Bench(oil);
    restored.engine.restore(bench.engine.checkpoint().slice());
    expect(bench.heard()).toHaveLength(1);
    const later = (given: Bench) => feed(given, MIN, DAY / 2 + 10 * MIN, DAY, () => 50).heard();
    expect(later(restored)).toEqual(later(bench));
    expect(later(new Bench(oil))).toEqual([]);
  });

  it('ends what is on where the sensor is no longer watched so, and takes over what the log says is on', () => {
    const bench = stepped(new Bench(oil));
    bench.heard();
    bench.engine.putSensor({ ...oil, type: 'T_AIR' });
    bench.read(DAY, 65);
    expect(bench.conditions).toMatchObject([{ change: 'end', rule: 'statistical' }]);

    const anew = new Bench(oil);
    anew.engine.adopt(1, 'statistical', 'band', 0);
    feed(anew, MIN, MIN, DAY, () => 50);
    expect(anew.heard()).toEqual([expect.stringMatching(/^end band/)]);
  });
});
