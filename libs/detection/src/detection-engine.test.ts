import fc from 'fast-check';
import type { Sensor } from '@lifeline/contracts';
import type { Condition } from '@lifeline/alarms';
import { createDetectionEngine } from './detection-engine.js';
import type { DetectionEngine } from './port.js';
import { blockOf, sensorWith } from './testing/builders.js';
import { Bench, SCRIPTS, SENSORS } from './testing/scripted-bench.js';
import { CUE, planOf } from './testing/scripted-watch.js';

const HOUR = 3_600_000;
const event = fc.record({
  sensorNo: fc.constantFrom(2, 3, 4),
  value: fc.constantFrom(CUE.end, CUE.yellow, CUE.orange),
  backMs: fc.constantFrom(0, 0, 500),
  verdict: fc.constantFrom(null, null, null, 'new-normal' as const, 'false-alarm' as const),
});
type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

function run(engine: DetectionEngine, events: readonly Event[], startMs: number): Condition[] {
  const out: Condition[] = [];
  events.forEach(({ sensorNo, value, backMs, verdict }, i) => {
    const tMs = startMs + i * 1000 - backMs;
    engine.feed(blockOf([{ sensorNo, tMs, value }], tMs), out);
    const rule = sensorNo === 4 ? 'group' : 'physics';
    if (verdict) engine.feedback({ sensorNo: sensorNo === 4 ? 4 : 1, rule, verdict, atMs: tMs }, out);
    engine.tick(tMs, out);
  });
  return out.filter(({ rule }) => rule === 'physics' || rule === 'group');
}

describe('whatever the watches find, the engine', () => {
  it('has at most one condition a sensor and rule, begun before it worsens or ends, in order of time', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 50 }), (events) => {
        const on = new Set<string>();
        const toldMs = new Map<string, number>();
        for (const { sensorNo, rule, change, atMs } of run(new Bench().engine, events, 0)) {
          const key = `${sensorNo} ${rule}`;
          expect(on.has(key)).toBe(change !== 'begin');
          expect(atMs).toBeGreaterThan(toldMs.get(key) ?? -Infinity);
          toldMs.set(key, atMs);
          if (change === 'end') on.delete(key);
          else on.add(key);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('goes on from a checkpoint as if nothing had happened', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), fc.array(event, { maxLength: 25 }), (before, after) => {
        const whole = new Bench().engine;
        run(whole, before, 0);
        const saved = whole.checkpoint().slice();
        const expected = run(whole, after, 100_000);
        const restored = new Bench().engine;
        restored.restore(saved);
        expect(run(restored, after, 100_000)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe('findings of one sensor', () => {
  it('wait for the one that speaks to end', () => {
    const bench = new Bench().cue(2, 1000, CUE.yellow).cue(3, 2000, CUE.yellow).cue(2, 3000, CUE.end).cue(3, 4000, 0);
    expect(bench.heard()).toEqual([
      'begin 1 physics yellow 1000 a says begin',
      'end 1 physics yellow 3000 a says end',
      'begin 1 physics yellow 3001 b says begin',
      'end 1 physics yellow 4000 b says end',
    ]);
  });

  it('speak at once where they are worse', () => {
    const bench = new Bench().cue(2, 1000, CUE.yellow).cue(3, 2000, CUE.orange).cue(2, 3000, CUE.end).cue(3, 4000, 0);
    expect(bench.heard()).toEqual([
      'begin 1 physics yellow 1000 a says begin',
      'worsen 1 physics orange 2000 b says begin',
      'end 1 physics orange 4000 b says end',
    ]);
  });

  it('end where their watch is no longer made', () => {
    const bench = new Bench().cue(2, 1000, CUE.yellow);
    bench.engine.removeSensor(2);
    bench.tick(2000);
    expect(bench.heard().at(-1)).toBe(
      'end 1 physics yellow 1001 The test that found this does not watch here any more',
    );
  });

  it('are counted by their test', () => {
    const bench = new Bench().cue(2, 1000, CUE.yellow).cue(3, 2000, CUE.yellow);
    expect(Object.fromEntries(bench.engine.figures.findings)).toEqual({ scripted: 2 });
    expect(bench.engine.figures).toMatchObject({ readings: 2, watches: 3, setAside: 0 });
  });
});

describe('a watch', () => {
  it('that throws is set aside, said once, and ends what it had open; the others go on', () => {
    const bench = new Bench().cue(2, 1000, CUE.yellow).cue(2, 2000, CUE.fault).cue(2, 3000, CUE.fault);
    bench.cue(3, 4000, CUE.yellow);
    expect(bench.heard().map((line) => line.slice(0, 12))).toEqual(['begin 1 phys', 'end 1 physic', 'begin 1 phys']);
    expect(bench.said).toEqual(['The watch a failed and is set aside until the next start: the script says so']);
    expect(bench.engine.figures).toMatchObject({ watches: 2, setAside: 1 });
    bench.engine.putSensor(SENSORS[0]!);
    bench.tick(5000);
    expect(bench.engine.figures).toMatchObject({ watches: 2, setAside: 1 });
  });

  it('goes on with what it knows when the registry changes', () => {
    const bench = new Bench().cue(2, 1000, CUE.yellow);
    bench.engine.putSensor(sensorWith({ sensorNo: 9 }));
    bench.engine.putAssets([]);
    bench.cue(2, 2000, CUE.end);
    expect(bench.heard()).toEqual(['begin 1 physics yellow 1000 a says begin', 'end 1 physics yellow 2000 a says end']);
  });

  it('is made anew only where its utility changes', () => {
    const made: string[] = [];
    const engine = createDetectionEngine({ plans: [(_, sensors) => (made.push(sensors[0]?.utility ?? 'none'), [])] });
    const gas = sensorWith({ sensorNo: 1 });
    const put = (...sensors: readonly Sensor[]) => {
      for (const sensor of sensors) engine.putSensor(sensor);
      engine.tick(made.length, []);
      return made.splice(0);
    };
    expect(put(gas, sensorWith({ sensorNo: 2, utility: 'power' }))).toEqual(['gas', 'power']);
    expect(put({ ...gas })).toEqual([]);
    expect(put({ ...gas, unit: 'MPa' })).toEqual(['gas']);
    expect(put({ ...gas, utility: 'bridge' })).toEqual(['none', 'bridge']);
  });

  it('of a plan that throws is missed, and said so once', () => {
    const said: string[] = [];
    const engine = createDetectionEngine({
      plans: [
        () => {
          throw new Error('no such asset');
        },
        planOf(SCRIPTS[0]!),
      ],
      say: (line) => said.push(line),
    });
    for (const sensor of SENSORS) {
      engine.putSensor(sensor);
      engine.tick(sensor.sensorNo, []);
    }
    expect(engine.figures.watches).toBe(1);
    expect(said).toHaveLength(1);
  });

  it('whose name is taken is left out', () => {
    const bench = new Bench(SCRIPTS, [{ watchId: 'a', cueNo: 4, leadNo: 4 }]).tick(0);
    expect(bench.engine.figures.watches).toBe(3);
    expect(bench.said).toEqual(['Two watches are named a; the second is left out.']);
  });

  it('gives nothing that cannot be stored', () => {
    const carriers = Array.from({ length: 20 }, (_, i) => ({
      sensorId: `s${i}`,
      share: i ? 0.05 : NaN,
      value: NaN,
      expected: 1,
    }));
    const figures = [{ name: { en: 'loss', zh: '' }, value: Infinity, unit: 'm3/h' }];
    const expected = { value: 1, low: NaN, high: 2 };
    const evidence = { carriers, figures, expected, residual: NaN, confidence: 1.2 };
    const bench = new Bench([{ ...SCRIPTS[0]!, evidence }]).cue(2, 1000, CUE.yellow);
    expect(bench.conditions[0]?.evidence).toMatchObject({ figures: [], expected: null, residual: null, confidence: 1 });
    expect(bench.conditions[0]?.evidence?.carriers).toHaveLength(16);
    expect(bench.conditions[0]?.evidence?.carriers[0]).toEqual({
      sensorId: 's1',
      share: 0.05,
      value: null,
      expected: 1,
    });
  });
});

describe('after a lost checkpoint an alarm of a watch', () => {
  it('goes on where the test finds it again, and ends with it', () => {
    const bench = new Bench();
    bench.engine.adopt(1, 'physics', 'finding', 500);
    bench.tick(1000).cue(2, 2000, CUE.yellow).cue(2, 3000, CUE.end);
    expect(bench.heard()).toEqual([
      'worsen 1 physics yellow 2000 a says begin',
      'end 1 physics yellow 3000 a says end',
    ]);
  });

  it('ends after hours in which no test finds it', () => {
    const bench = new Bench();
    bench.engine.adopt(4, 'group', 'finding', 500);
    bench.tick(1000).tick(5 * HOUR);
    expect(bench.heard()).toEqual([]);
    expect(bench.tick(1000 + 6 * HOUR).heard()).toHaveLength(1);
  });

  it('ends at once where nothing watches the sensor any more', () => {
    const bench = new Bench([]);
    bench.engine.adopt(1, 'physics', 'finding', 500);
    expect(bench.tick(1000).heard()).toEqual([
      'end 1 physics yellow 1000 Not found again since the detector had to learn anew',
    ]);
  });

  it('is what a finding becomes whose watch has another length of state now', () => {
    const saved = new Bench().cue(2, 1000, CUE.yellow).engine.checkpoint().slice();
    const bench = new Bench([{ ...SCRIPTS[0]!, stateLength: 2 }]);
    bench.engine.restore(saved);
    bench.cue(2, 2000, CUE.yellow).cue(2, 3000, CUE.end);
    expect(bench.heard().map((line) => line.slice(0, 9))).toEqual(['worsen 1 ', 'end 1 phy']);
  });
});

describe('what a person says', () => {
  it('of a new normal ends the condition, and it is told again only where it gets worse', () => {
    const bench = new Bench().cue(2, 1000, CUE.yellow);
    bench.heard();
    bench.engine.feedback({ sensorNo: 1, rule: 'physics', verdict: 'new-normal', atMs: 5000 }, bench.conditions);
    expect(bench.heard()).toEqual(['end 1 physics yellow 1001 Taken as what is usual now, as a person said']);
    bench.cue(2, 6000, CUE.orange).cue(2, 7000, CUE.end);
    expect(bench.heard()).toEqual([
      'begin 1 physics orange 6000 a says worsen',
      'end 1 physics orange 7000 a says end',
    ]);
  });

  it('of a new normal holds until the test itself has ended', () => {
    const bench = new Bench().cue(2, 1000, CUE.yellow);
    bench.engine.feedback({ sensorNo: 1, rule: 'physics', verdict: 'new-normal', atMs: 5000 }, bench.conditions);
    bench.heard();
    expect(bench.cue(2, 6000, CUE.end).heard()).toEqual([]);
    expect(bench.cue(2, 7000, CUE.yellow).heard()).toEqual(['begin 1 physics yellow 7000 a says begin']);
  });

  it('of a false alarm asks the test to be surer for a week, or the matter to be worse', () => {
    const bench = new Bench().cue(2, 1000, CUE.yellow);
    bench.engine.feedback({ sensorNo: 1, rule: 'physics', verdict: 'false-alarm', atMs: 1500 }, bench.conditions);
    expect(bench.heard().at(-1)).toBe('end 1 physics yellow 1001 A false alarm, as a person said');
    bench.cue(2, 2000, CUE.end);
    expect(bench.cue(2, 3000, CUE.yellow).heard()).toEqual([]);
    expect(bench.cue(2, 4000, CUE.orange).heard()).toEqual(['begin 1 physics orange 4000 a says worsen']);
    bench.cue(2, 5000, CUE.end).heard();
    expect(bench.cue(2, 169 * HOUR, CUE.yellow).heard()).toHaveLength(1);
  });
});

describe('a physics finding', () => {
  const oil = { type: 'T_OIL', unit: 'Cel', intervalS: 60 };
  const MIN = 60_000;

  it('holds back statistical findings of the sensors that carry it, until it ends', () => {
    const carried = sensorWith({ sensorNo: 1, ...oil });
    const alone = sensorWith({ sensorNo: 5, ...oil });
    const carriers = [{ sensorId: carried.sensorId, share: 1, value: null, expected: null }];
    const engine = createDetectionEngine({
      plans: [planOf({ watchId: 'a', cueNo: 2, leadNo: 3, evidence: { carriers } })],
    });
    for (const sensor of [carried, SENSORS[1]!, SENSORS[2]!, alone]) engine.putSensor(sensor);
    const out: Condition[] = [];
    for (let t = 0; t < 600 * MIN; t += MIN) {
      const cue = t === 390 * MIN ? CUE.yellow : t === 440 * MIN ? CUE.end : null;
      if (cue !== null) engine.feed(blockOf([{ sensorNo: 2, tMs: t, value: cue }], t), out);
      const value = (t < 400 * MIN ? 50 : 80) + ((t / MIN) % 5) * 0.1;
      engine.feed(
        blockOf(
          [
            { sensorNo: 1, tMs: t, value },
            { sensorNo: 5, tMs: t, value },
          ],
          t,
        ),
        out,
      );
    }
    const begun = (sensorNo: number) =>
      out.find((c) => c.rule === 'statistical' && c.change === 'begin' && c.sensorNo === sensorNo)?.atMs ?? NaN;
    expect(begun(5)).toBeLessThan(440 * MIN);
    expect(begun(1)).toBeGreaterThanOrEqual(440 * MIN);
  });
});
