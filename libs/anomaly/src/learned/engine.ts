import { Arena } from './arena.js';
import { baselineAt, driveOthers } from './baseline.js';
import { Budget, TEST_NO } from './budget.js';
import { DayKinds, dayKindOfChina, HOUR_MS, SHANGHAI_OFFSET_MS } from './calendar.js';
import { Context } from './context.js';
import { takeAsUsual } from './days.js';
import { forgetSeason } from './season.js';
import { end, openTest } from './findings.js';
import { acceptFluctuation, seeDifference } from './fluctuation.js';
import { bandOfHours, closeHour } from './hours.js';
import { D, F, K, ROW_BYTES, S, SETTINGS } from './layout.js';
import {
  LEARNED_TESTS,
  type Expectation,
  type LearnedEngine,
  type LearnedFinding,
  type LearnedOptions,
  type LearnedSensor,
  type Standing,
  type Verdict,
} from './port.js';
import { judgeRepeat, learnRepeat } from './repeats.js';
import { saidFalse, saidNormal } from './sentences.js';
import { allowedNow, bridgeGap, isWarm, judgeStep, sigmaOf } from './step.js';
import { scoreReading } from './tails.js';

/** Squares must stay within single precision. No quantity of a city is larger. */
const LARGEST_VALUE = 1e15;
const LARGEST_TIME_MS = 8.64e15;
/** What a reading adds to its hour is held within so many half bands of the fast course. */
const HELD_BANDS = 3;
/** A reading that came later than so many intervals does not tell how much readings differ. */
const LATE_INTERVALS = 2.5;

/** Makes an engine that knows nothing; one object, state in one arena. */
export function createLearnedEngine(options: LearnedOptions = {}): LearnedEngine {
  const offsetMs = options.utcOffsetMs ?? SHANGHAI_OFFSET_MS;
  const days = new DayKinds(offsetMs, options.dayKind ?? dayKindOfChina);
  const arena = new Arena();
  const budget = new Budget(options.findingsPerSensorYear ?? 0.5, options.findingsPerShift ?? 48, arena);
  /** By row. */
  const sensors: (LearnedSensor | undefined)[] = [];
  const c = new Context(arena, sensors, options.isExplained);
  /** Links between sensors are made when next a reading comes, since they are put in any order. */
  let unlinked = false;

  return {
    putSensor,
    removeSensor,
    take,
    expected,
    feedback,
    beganAtMs,
    adopt,
    checkpoint: () => arena.view(),
    restore,
    bytesPerSensor: ROW_BYTES,
  };

  function putSensor(sensor: LearnedSensor): number {
    for (const name of ['minDeviation', 'minShare', 'confirmMs', 'intervalMs'] as const) {
      if (!(sensor[name] >= 0 && sensor[name] < Infinity))
        throw new RangeError(`sensor ${sensor.sensorNo}: ${name} is ${sensor[name]}, not a number from 0 on`);
    }
    const row = arena.put(sensor.sensorNo);
    sensors[row] = sensor;
    configure(row, sensor);
    unlinked = true;
    return row;
  }

  function configure(row: number, sensor: LearnedSensor): void {
    c.enter(row);
    c.settings[c.k + K.minDeviation] = sensor.minDeviation;
    c.settings[c.k + K.minShare] = sensor.minShare;
    c.settings[c.k + K.confirmMs] = sensor.confirmMs;
    c.settings[c.k + K.intervalMs] = sensor.intervalMs;
    budget.settle(c);
  }

  function removeSensor(sensorNo: number): void {
    const row = arena.remove(sensorNo);
    if (row === undefined) return;
    sensors[row] = undefined;
    unlinked = true;
  }

  function link(): void {
    unlinked = false;
    sensors.forEach((sensor, row) => sensor && (arena.settings[row * SETTINGS + K.drives] = 0));
    sensors.forEach((sensor, row) => {
      if (!sensor) return;
      const driver = sensor.covariateNo == null ? undefined : arena.rowOf(sensor.covariateNo);
      arena.settings[row * SETTINGS + K.covariateRow] = driver ?? 0;
      if (driver !== undefined) arena.settings[driver * SETTINGS + K.drives] = 1;
    });
  }

  function restore(checkpoint: Uint8Array): void {
    arena.restore(checkpoint);
    sensors.forEach((sensor, row) => sensor && configure(row, sensor));
    unlinked = true;
  }

  function enter(row: number): boolean {
    if (!(row > 0) || row >= arena.used) return false;
    c.enter(row);
    return c.doubles[c.d + D.owner] !== -1;
  }

  /** About forty numbers read and a dozen written; the rest once an hour. */
  function take(row: number, atMs: number, value: number, standing: Standing, out: LearnedFinding[]): number {
    if (unlinked) link();
    if (!enter(row) || !(Math.abs(value) <= LARGEST_VALUE) || !(Math.abs(atMs) <= LARGEST_TIME_MS)) return 0;
    const { doubles, floats, d, f } = c;
    const lastMs = doubles[d + D.lastMs]!;
    if (atMs <= lastMs) return 0;
    see(atMs, value, standing, out);
    const passedMs = atMs - lastMs;
    if (standing === 'untrusted') {
      if (passedMs > 0 && value === doubles[d + D.lastValue]!) judgeRepeat(c, budget);
      return 0;
    }
    if (!(passedMs > 0)) {
      doubles[d + D.level] = doubles[d + D.anchor] = value;
    }
    const hourNo = Math.floor(c.localMs / HOUR_MS);
    const lastHourNo = Math.floor((lastMs + offsetMs) / HOUR_MS);
    if (hourNo !== lastHourNo) closeHour(c, budget, days, hourNo, lastHourNo);
    else c.base = baselineAt(c, c.localMs, days);
    bridgeGap(c, passedMs);
    judgeRepeat(c, budget);
    learnRepeat(c);
    const residual = judgeStep(c, budget, passedMs);
    const score = settle(residual, passedMs);
    if (c.settings[c.k + K.drives] !== 0) driveOthers(c, passedMs);
    doubles[d + D.lastMs] = atMs;
    doubles[d + D.lastValue] = value;
    floats[f + F.lastResidual] = residual;
    return score;
  }

  /** What the hour keeps of a reading, and its score. */
  function settle(residual: number, passedMs: number): number {
    const { doubles, floats, d, f } = c;
    const now = c.base + doubles[d + D.nowcast]!;
    const bound = HELD_BANDS * allowedNow(c, now);
    const heldResidual = Math.min(bound, Math.max(-bound, residual));
    floats[f + F.hourSum]! += isWarm(c) ? doubles[d + D.nowcast]! + heldResidual : c.value - c.base;
    floats[f + F.hourCount]!++;
    const usual = c.settings[c.k + K.intervalMs]!;
    if (usual === 0 || passedMs <= LATE_INTERVALS * usual)
      seeDifference(c, residual - floats[f + F.lastResidual]!, bound);
    const sigma = sigmaOf(c, now);
    const learns = floats[f + F.finding] === 0;
    return scoreReading(c, Math.abs(residual) / sigma, Math.abs(floats[f + F.shortMean]!) / sigma, learns);
  }

  function see(atMs: number, value: number, standing: Standing, out: LearnedFinding[]): void {
    c.atMs = atMs;
    c.localMs = atMs + offsetMs;
    c.value = value;
    c.looseness = days.looseness(c.localMs);
    c.standing = standing;
    c.out = out;
  }

  function expected(sensorNo: number, atMs: number): Expectation | null {
    if (unlinked) link();
    const row = arena.rowOf(sensorNo);
    if (row === undefined || !Number.isFinite(atMs) || !enter(row)) return null;
    const { doubles, floats, d, f } = c;
    const known = floats[f + F.workDays]! + floats[f + F.offDays]! > 0;
    c.atMs = doubles[d + D.lastMs]!;
    if (Number.isNaN(c.atMs) || !(known || isWarm(c))) return null;
    const base = baselineAt(c, atMs + offsetMs, days);
    const value = known ? base : base + doubles[d + D.nowcast]!;
    const band = bandOfHours(c, value);
    return { value, low: value - band, high: value + band };
  }

  function feedback(sensorNo: number, verdict: Verdict, atMs: number, out: LearnedFinding[]): void {
    const row = arena.rowOf(sensorNo);
    if (row === undefined || !Number.isFinite(atMs) || !enter(row)) return;
    const { doubles, floats, d, f } = c;
    const lastMs = doubles[d + D.lastMs]!;
    if (Number.isNaN(lastMs)) return;
    see(Math.max(atMs, lastMs), doubles[d + D.lastValue]!, 'good', out);
    const last = LEARNED_TESTS[floats[f + F.lastTest]! - 1];
    const isOpen = openTest(c) !== undefined;
    if (verdict === 'false-alarm') {
      if (last) budget.punish(c, last);
      if (isOpen) end(c, saidFalse(c.sensor()));
      floats[f + F.runSide] = floats[f + F.hourRun] = floats[f + F.shift] = 0;
      floats[f + F.fluctuationUp] = floats[f + F.fluctuationDown] = 0;
      floats[f + F.hourUp] = floats[f + F.hourDown] = floats[f + F.dayUp] = floats[f + F.dayDown] = 0;
      return;
    }
    takeAsUsual(c);
    if (last === 'variance') acceptFluctuation(c, Math.log(Math.max(1e-3, floats[f + F.findingSide]! > 0 ? 2 : 0.5)));
    if (last === 'lost-season') forgetSeason(c);
    if (last === 'stuck')
      floats[f + F.repeatLongest] = Math.max(floats[f + F.repeatLongest]!, c.atMs - doubles[d + D.repeatSinceMs]!);
    if (isOpen) end(c, saidNormal(c.sensor(), c.value));
    budget.refund(c);
  }

  function beganAtMs(sensorNo: number): number {
    const row = arena.rowOf(sensorNo);
    if (row === undefined || !enter(row) || openTest(c) === undefined) return NaN;
    return c.doubles[c.d + D.findingBeganMs]!;
  }

  function adopt(sensorNo: number, sinceMs: number): void {
    const row = arena.rowOf(sensorNo);
    if (row === undefined || !Number.isFinite(sinceMs) || !enter(row) || openTest(c) !== undefined) return;
    c.floats[c.f + F.finding] = TEST_NO.step + 1;
    c.small[c.s + S.calmCount] = 0;
    c.doubles[c.d + D.findingBeganMs] = sinceMs;
  }
}
