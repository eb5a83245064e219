import fc from 'fast-check';
import { QUALITY_REASONS } from '@lifeline/contracts';
import type { Condition } from '@lifeline/alarms';
import { CheckpointFormatError } from './checkpoint.js';
import { createLimitEngine } from './engine.js';
import type { LimitEngine } from './port.js';
import { Bench, blockOf, sensorWith } from './testing/builders.js';

const SENSORS = [
  sensorWith({ sensorNo: 1, limits: { low: 10, high: 20, highHigh: 30, deadband: 1, onDelayS: 5, offDelayS: 5 } }),
  sensorWith({ sensorNo: 2, intervalS: 1, limits: { ratePerMinute: 5, staleAfterS: 20 } }),
  sensorWith({ sensorNo: 7, type: 'CH4_MH', unit: '%{vol}', limits: { high: 1, highHigh: 2.5, onDelayS: 60 } }),
];

function newEngine(): LimitEngine {
  const engine = createLimitEngine();
  for (const sensor of SENSORS) engine.putSensor(sensor, 'gw-1');
  return engine;
}

const value = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 1.7e308, -1.7e308, 5e-324, 0, -0) },
  { weight: 1, arbitrary: fc.double() },
);
const time = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 600_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0, 8.64e15, -8.64e15, 1e300) },
);
const reading = fc.record({
  sensorNo: fc.constantFrom(1, 1, 2, 2, 7, 99),
  tMs: time,
  value,
  reason: fc.constantFrom(...QUALITY_REASONS),
  duplicate: fc.boolean(),
});
const event = fc.oneof(
  fc.record({ kind: fc.constant('feed' as const), readings: fc.array(reading, { maxLength: 12 }) }),
  fc.record({ kind: fc.constant('tick' as const), stepMs: fc.constantFrom(0, 1_000, 5_000, 20_000, 100_000) }),
);
type Event = { kind: 'feed'; readings: Parameters<typeof blockOf>[0] } | { kind: 'tick'; stepMs: number };

/** Runs events on the engine; time goes on with the ticks. */
function run(engine: LimitEngine, events: readonly Event[], startMs = 0): { conditions: Condition[]; nowMs: number } {
  const conditions: Condition[] = [];
  let nowMs = startMs;
  for (const given of events) {
    if (given.kind === 'tick') engine.tick((nowMs += given.stepMs), conditions);
    else engine.feed(blockOf(given.readings, nowMs), conditions);
  }
  return { conditions, nowMs };
}

describe('whatever comes in, the engine', () => {
  it('does not throw, and gives conditions whose numbers are numbers', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        for (const c of run(newEngine(), events).conditions) {
          expect(Number.isFinite(c.atMs)).toBe(true);
          expect(c.value === null || Number.isFinite(c.value)).toBe(true);
          expect(c.limitValue === null || Number.isFinite(c.limitValue)).toBe(true);
          expect(c.reason.en + c.reason.zh).not.toMatch(/NaN|Infinity|undefined/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('begins before it worsens or ends, one condition a rule, in order of time', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const on = new Map<string, number>();
        const endedAtMs = new Map<string, number>();
        for (const c of run(newEngine(), events).conditions) {
          const key = `${c.sensorNo} ${c.rule}`;
          const since = on.get(key);
          expect(since === undefined).toBe(c.change === 'begin');
          if (since !== undefined) expect(c.atMs).toBeGreaterThan(since);
          else expect(c.atMs).toBeGreaterThanOrEqual(endedAtMs.get(key) ?? -Infinity);
          if (c.change === 'end') {
            on.delete(key);
            endedAtMs.set(key, c.atMs);
          } else on.set(key, c.atMs);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('goes on from a checkpoint as if nothing had happened, and gives the same again from the same checkpoint', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), fc.array(event, { maxLength: 25 }), (before, after) => {
        const whole = newEngine();
        const { nowMs } = run(whole, before);
        const saved = whole.checkpoint().slice();
        const expected = run(whole, after, nowMs).conditions;
        for (let time = 0; time < 2; time++) {
          const restored = newEngine();
          restored.restore(saved);
          expect(run(restored, after, nowMs).conditions).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the engine', () => {
  it('refuses a checkpoint of another version, cut short or broken, and stays as it was', () => {
    const engine = newEngine();
    const saved = engine.checkpoint().slice();
    const wrongVersion = saved.slice();
    wrongVersion[7] = 1;
    const cut = saved.slice(0, saved.length - 8);
    for (const broken of [new Uint8Array(), saved.slice(0, 13), wrongVersion, cut])
      expect(() => engine.restore(broken)).toThrow(CheckpointFormatError);
    expect(engine.checkpoint()).toEqual(saved);
  });

  it('reads a checkpoint wherever it lies in memory', () => {
    const engine = newEngine();
    run(engine, [{ kind: 'feed', readings: [{ tMs: 0, value: 25 }] }]);
    const saved = engine.checkpoint().slice();
    const shifted = Buffer.concat([Buffer.alloc(3), saved]).subarray(3);
    const restored = newEngine();
    restored.restore(shifted);
    expect(restored.checkpoint().slice()).toEqual(saved);
  });

  it('drops what a checkpoint knows of sensors that left the registry', () => {
    const bench = new Bench(...SENSORS);
    bench.read(0, 25).read(10_000, 25);
    expect(bench.heard()).toEqual(['begin high 5000']);
    const smaller = createLimitEngine();
    smaller.putSensor(SENSORS[1]!);
    smaller.restore(bench.engine.checkpoint().slice());
    smaller.putSensor(SENSORS[0]!);
    const out: Condition[] = [];
    smaller.feed(blockOf([{ tMs: 30_000, value: 15 }], 30_000), out);
    expect(out).toEqual([]);
  });

  it('uses the memory of removed sensors again', () => {
    const engine = createLimitEngine();
    for (let no = 1; no <= 1000; no++) {
      engine.putSensor(sensorWith({ sensorNo: no, limits: { ratePerMinute: 1 } }));
      engine.removeSensor(no);
    }
    const size = engine.checkpoint().length;
    engine.putSensor(sensorWith({ sensorNo: 5000, limits: { ratePerMinute: 1 } }));
    expect(engine.checkpoint().length).toBe(size);
  });

  it('forgets a sensor that was removed', () => {
    const bench = new Bench(...SENSORS);
    bench.read(0, 25);
    bench.engine.removeSensor(1);
    bench.engine.putSensor(SENSORS[0]!);
    bench.read(20_000, 25);
    expect(bench.heard()).toEqual([]);
  });
});
