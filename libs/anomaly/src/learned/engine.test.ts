import fc from 'fast-check';
import { createLearnedEngine } from './engine.js';
import type { LearnedEngine, LearnedFinding, LearnedSensor, Standing } from './port.js';
import { chanceOf, dailySeries, DAY_MS, HOUR_MS, MINUTE_MS, sensorWith, START_MS } from './testing/series.js';

interface Given {
  readonly sensorNo: number;
  readonly afterMs: number;
  readonly value: number;
  readonly standing: Standing;
}

const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 5, 5, 7) },
  { weight: 1, arbitrary: fc.double() },
);
const given: fc.Arbitrary<Given> = fc.record({
  sensorNo: fc.constantFrom(1, 2, 3),
  afterMs: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 2 * HOUR_MS }) },
    { weight: 1, arbitrary: fc.integer({ min: -DAY_MS, max: 90 * DAY_MS }) },
    { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, 1e300) },
  ),
  value,
  standing: fc.constantFrom<Standing>('good', 'good', 'good', 'limit-speaks', 'untrusted'),
});

function engineWith(...sensors: readonly LearnedSensor[]): LearnedEngine {
  const engine = createLearnedEngine();
  for (const sensor of sensors) engine.putSensor(sensor);
  return engine;
}

function three(): LearnedEngine {
  return engineWith(
    sensorWith({ sensorNo: 1, covariateNo: 2 }),
    sensorWith({ sensorNo: 2, minDeviation: 0, intervalMs: 0 }),
    sensorWith({ sensorNo: 3, minDeviation: 0, minShare: 0.01, intervalMs: HOUR_MS, covariateNo: 1 }),
  );
}

/** Feeds; gives all scores. Rows are the order in which the sensors were put. */
function feed(engine: LearnedEngine, readings: readonly Given[], out: LearnedFinding[], fromMs = START_MS): number[] {
  let atMs = fromMs;
  return readings.map((reading) => {
    const next = atMs + reading.afterMs;
    const score = engine.take(reading.sensorNo, next, reading.value, reading.standing, out);
    if (Number.isFinite(next) && Math.abs(next) < 8e15) atMs = next;
    return score;
  });
}

function ordinary(engine: LearnedEngine, days: number, next: (atMs: number) => number, stepMs = 10 * MINUTE_MS) {
  const out: LearnedFinding[] = [];
  let atMs = START_MS;
  for (; atMs < START_MS + days * DAY_MS; atMs += stepMs) engine.take(1, atMs, next(atMs), 'good', out);
  return { out, atMs };
}

describe('the learned engine', () => {
  it('puts out finite numbers, times that ascend, begin before end, whatever it is fed', () => {
    fc.assert(
      fc.property(fc.array(given, { maxLength: 400 }), (readings) => {
        const engine = three();
        const out: LearnedFinding[] = [];
        for (const score of feed(engine, readings, out)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        for (const sensorNo of [1, 2, 3]) {
          const mine = out.filter((finding) => finding.sensorNo === sensorNo);
          mine.forEach((finding, i) => {
            expect(finding.change).toBe(i % 2 === 0 ? 'begin' : 'end');
            if (i > 0) expect(finding.atMs).toBeGreaterThan(mine[i - 1]!.atMs);
            for (const figure of [finding.value, finding.residual ?? 0, finding.score ?? 0, finding.expected?.low ?? 0])
              expect(Number.isFinite(figure)).toBe(true);
            expect(finding.reason.en + finding.reason.zh).not.toMatch(/NaN|Infinity|undefined/);
          });
          const usual = engine.expected(sensorNo, START_MS + 3 * HOUR_MS);
          if (usual) expect([usual.value, usual.low, usual.high].every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps no more of a sensor however long it lives', () => {
    const engine = three();
    const before = engine.checkpoint().byteLength;
    feed(engine, fc.sample(given, { numRuns: 3000, seed: 4 }), []);
    expect(engine.checkpoint().byteLength).toBe(before);
    expect(engine.bytesPerSensor).toBeLessThanOrEqual(1024);
  });

  it('goes on from a checkpoint as if it had not stopped', () => {
    fc.assert(
      fc.property(fc.array(given, { minLength: 2, maxLength: 300 }), fc.nat(), (readings, cut) => {
        const at = cut % readings.length;
        const [whole, first, second] = [three(), three(), three()];
        const out: { whole: LearnedFinding[]; halves: LearnedFinding[] } = { whole: [], halves: [] };
        const scores = feed(whole, readings, out.whole);
        const head = feed(first, readings.slice(0, at), out.halves);
        second.restore(first.checkpoint().slice());
        let atMs = START_MS;
        for (const { afterMs } of readings.slice(0, at)) {
          const next = atMs + afterMs;
          if (Number.isFinite(next) && Math.abs(next) < 8e15) atMs = next;
        }
        const tail = feed(second, readings.slice(at), out.halves, atMs);
        expect([...head, ...tail]).toEqual(scores);
        expect(out.halves).toEqual(out.whole);
      }),
      { numRuns: 60 },
    );
  });

  it('tells of a beginning the same whatever comes after it', () => {
    fc.assert(
      fc.property(fc.array(given, { minLength: 1, maxLength: 300 }), fc.nat(), (readings, cut) => {
        const out: [LearnedFinding[], LearnedFinding[]] = [[], []];
        const all = feed(three(), readings, out[0]);
        const some = feed(three(), readings.slice(0, cut % readings.length), out[1]);
        expect(all.slice(0, some.length)).toEqual(some);
        expect(out[0].slice(0, out[1].length)).toEqual(out[1]);
      }),
      { numRuns: 60 },
    );
  });

  it('does not mix sensors up: each alone gives what it gives among others', () => {
    const readings = fc
      .sample(given, { numRuns: 600, seed: 9 })
      .filter(({ afterMs }) => afterMs > 0 && afterMs < DAY_MS);
    const among: LearnedFinding[] = [];
    feed(
      engineWith(sensorWith({ sensorNo: 1 }), sensorWith({ sensorNo: 2 }), sensorWith({ sensorNo: 3 })),
      readings,
      among,
    );
    const alone: LearnedFinding[] = [];
    const engine = engineWith(sensorWith({ sensorNo: 1 }));
    let atMs = START_MS;
    for (const reading of readings) {
      atMs += reading.afterMs;
      if (reading.sensorNo === 1) engine.take(1, atMs, reading.value, reading.standing, alone);
    }
    expect(among.filter((finding) => finding.sensorNo === 1)).toEqual(alone);
  });

  it('refuses a checkpoint that is not one, and goes on as it was', () => {
    const engine = three();
    feed(engine, fc.sample(given, { numRuns: 50, seed: 2 }), []);
    const before = engine.checkpoint().slice();
    for (const broken of [new Uint8Array(0), new Uint8Array(13), new Uint8Array(4096), before.slice(0, -8)]) {
      expect(() => engine.restore(broken)).toThrow(/learned engine/);
      expect(engine.checkpoint()).toEqual(before);
    }
  });

  it('drops from a checkpoint the sensors that are not registered, and keeps the registry’s figures of the others', () => {
    const old = engineWith(sensorWith({ sensorNo: 1 }), sensorWith({ sensorNo: 2 }));
    ordinary(old, 3, dailySeries(1, 10 * MINUTE_MS));
    const engine = engineWith(sensorWith({ sensorNo: 9 }), sensorWith({ sensorNo: 1 }));
    engine.restore(old.checkpoint());
    expect(engine.expected(1, START_MS + 3 * DAY_MS)).toEqual(old.expected(1, START_MS + 3 * DAY_MS));
    expect(engine.expected(9, START_MS)).toBeNull();
    expect(engine.expected(2, START_MS)).toBeNull();
  });

  it('learns nothing from untrusted, late and repeated readings', () => {
    const [quiet, disturbed] = [engineWith(sensorWith({ sensorNo: 1 })), engineWith(sensorWith({ sensorNo: 1 }))];
    const next = dailySeries(3, 10 * MINUTE_MS);
    const values = Array.from({ length: 1000 }, (_, i) => next(START_MS + i * 10 * MINUTE_MS));
    values.forEach((v, i) => {
      const atMs = START_MS + i * 10 * MINUTE_MS;
      quiet.take(1, atMs, v, 'good', []);
      disturbed.take(1, atMs - 1, 1e6, 'untrusted', []);
      disturbed.take(1, atMs, v, 'good', []);
      disturbed.take(1, atMs, 1e6, 'good', []);
      disturbed.take(1, atMs - HOUR_MS, -1e6, 'good', []);
      disturbed.take(1, atMs + 1, NaN, 'good', []);
    });
    expect(disturbed.checkpoint()).toEqual(quiet.checkpoint());
  });

  it('expects the course of the day, and of a day off, at times to come', () => {
    const engine = engineWith(sensorWith({ sensorNo: 1 }));
    const chance = chanceOf(8);
    const local = (atMs: number) => atMs + 8 * HOUR_MS;
    const isOff = (atMs: number) => new Date(local(atMs)).getUTCDay() % 6 === 0;
    const course = (atMs: number) =>
      100 + 20 * Math.sin(((local(atMs) % DAY_MS) / DAY_MS) * 2 * Math.PI) - (isOff(atMs) ? 15 : 0);
    const { atMs } = ordinary(engine, 70, (t) => course(t) + 0.5 * chance.normal());
    const errors = Array.from({ length: 7 * 24 }, (_, hour) => {
      const t = atMs + hour * HOUR_MS + 30 * MINUTE_MS;
      return Math.abs(engine.expected(1, t)!.value - course(t));
    });
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(2);
  });

  it('takes no season where there is none', () => {
    const engine = engineWith(sensorWith({ sensorNo: 1 }));
    const chance = chanceOf(5);
    const { atMs } = ordinary(engine, 30, () => 50 + chance.normal());
    const values = Array.from({ length: 24 }, (_, hour) => engine.expected(1, atMs + hour * HOUR_MS)!.value);
    expect(Math.max(...values) - Math.min(...values)).toBeLessThan(0.2);
  });

  it('learns what another sensor does to this one, with its lag', () => {
    const plain = engineWith(sensorWith({ sensorNo: 1 }), sensorWith({ sensorNo: 2 }));
    const driven = engineWith(sensorWith({ sensorNo: 1, covariateNo: 2 }), sensorWith({ sensorNo: 2 }));
    const chance = chanceOf(6);
    let [air, body] = [0, 0];
    const errors = { plain: 0, driven: 0 };
    for (let i = 0; i < 60 * 144; i++) {
      const atMs = START_MS + i * 10 * MINUTE_MS;
      air = 0.9965 * air + 0.4 * chance.normal();
      body += (air - body) / 48;
      const reading = 20 + 2 * body + 0.2 * chance.normal();
      for (const engine of [plain, driven]) {
        engine.take(2, atMs, 15 + air, 'good', []);
        engine.take(1, atMs, reading, 'good', []);
      }
      if (i < 40 * 144) continue;
      errors.plain += Math.abs(plain.expected(1, atMs)!.value - reading);
      errors.driven += Math.abs(driven.expected(1, atMs)!.value - reading);
    }
    expect(errors.driven).toBeLessThan(0.5 * errors.plain);
  });
});
