import type { Budget } from './budget.js';
import type { Context } from './context.js';
import { begin, end, endNewNormal, endUsual, openTest } from './findings.js';
import { D, F, K, S } from './layout.js';
import { learnedAnew, spiked, stepped } from './sentences.js';
import { seeStrength, TAIL } from './tails.js';

/**
 * The fast course: a nowcast, the exponentially weighted mean of what the last half hour (or eight readings of a slow sensor) was
 * above the baseline, and a scale from the mean absolute deviation about it (times sqrt(pi/2), its ratio to the standard deviation
 * under the normal law). A reading outside teaches neither; that bounds what one outlier, or a thousand, can do (the idea of Huber's
 * redescending estimates, "Robust Statistics", 1981, with a hard cut). A step is a run on one side for the confirming time.
 *
 * What stays outside for an hour, and 30 readings, is accepted as the new normal; a step of that size (and a quarter more) is then
 * known for a week, so that a plant that works at two levels is a finding once, not each time.
 */
const MEAN_DEVIATION_TO_SIGMA = Math.sqrt(Math.PI / 2);
const NOWCAST_MS = 30 * 60_000;
const SCALE_MS = 120 * 60_000;
const LARGEST_GAIN = 0.125;
const WARM_UP_READINGS = 200;
/** A slow sensor does not wait for 200 readings. */
const WARM_UP_SLOW_READINGS = 48;
const WARM_UP_SLOW_MS = 3 * 86_400_000;
const WARM_UP_MS = 5 * 60_000;
export const RUN_READINGS = 5;
/** So many readings inside, one after the other, break a run outside. */
const INSIDE_BREAKS = 3;
export const ACCEPT_MS = 60 * 60_000;
export const ACCEPT_READINGS = 30;
export const KNOWN_STEPS = 1.25;
const KNOWN_MS = 7 * 86_400_000;
export const SETTLING_HOURS = 96;
const CALM_READINGS = 3;
const CALM_MS = 60_000;
/** After so long a gap, or ten intervals, the fast course is learned anew. */
const FORGET_MS = 6 * 3_600_000;
const FORGET_READINGS = 10;
/** A spike must be so many times what matters, and a sensor that reports more often than twice a minute must repeat it. */
const SPIKE_MATTERS = 3;
const FAST_MS = 30_000;
const SLOW_MS = 15 * 60_000;
/** Of a spike: days learned before one is told. */
const SPIKE_LEAST_HOURS = 168;

/** Half the band of the fast course. */
export function allowedNow(c: Context, expected: number): number {
  const { floats, f } = c;
  return Math.max(
    floats[f + F.threshold + TAIL.step]! * c.looseness * sigmaOf(c, expected),
    KNOWN_STEPS * floats[f + F.knownStep]!,
    mattersAt(c, expected),
  );
}

/** Smallest deviation that matters at a level. */
export function mattersAt(c: Context, expected: number): number {
  return Math.max(c.settings[c.k + K.minDeviation]!, c.settings[c.k + K.minShare]! * Math.abs(expected));
}

/** Scale of a reading about the nowcast; never 0, so that strengths stay finite. */
export function sigmaOf(c: Context, expected: number): number {
  return Math.max(c.floats[c.f + F.sigma]!, 1e-3 * c.settings[c.k + K.minDeviation]!, 1e-7 * Math.abs(expected), 1e-12);
}

/** Forgets the fast course where the gap was too long for it; what was open ends. */
export function bridgeGap(c: Context, passedMs: number): void {
  if (!(passedMs > Math.max(FORGET_MS, FORGET_READINGS * c.settings[c.k + K.intervalMs]!))) return;
  const { floats, f } = c;
  end(c, learnedAnew(c.sensor(), c.value));
  floats[f + F.learned] = 0;
  floats[f + F.sigma] = 0;
  floats[f + F.shortMean] = 0;
  floats[f + F.runSide] = 0;
  floats[f + F.hourUp] = floats[f + F.hourDown] = 0;
  floats[f + F.hourRun] = floats[f + F.fluctuationUp] = floats[f + F.fluctuationDown] = 0;
  floats[f + F.halfDay] = floats[f + F.shift] = 0;
  floats[f + F.dayUp] = floats[f + F.dayDown] = floats[f + F.gainLost] = 0;
}

export function isWarm(c: Context): boolean {
  const learned = c.floats[c.f + F.learned]!;
  const passedMs = c.atMs - c.doubles[c.d + D.readySinceMs]!;
  return learned >= WARM_UP_READINGS
    ? passedMs >= WARM_UP_MS
    : learned >= WARM_UP_SLOW_READINGS && passedMs >= WARM_UP_SLOW_MS;
}

/** Takes a good reading in against the fast course; gives its residual. */
export function judgeStep(c: Context, budget: Budget, passedMs: number): number {
  const { doubles, floats, d, f } = c;
  const above = c.value - c.base;
  if (floats[f + F.learned] === 0) {
    doubles[d + D.readySinceMs] = c.atMs;
    doubles[d + D.nowcast] = above;
  }
  const expected = c.base + doubles[d + D.nowcast]!;
  const residual = c.value - expected;
  const warm = isWarm(c);
  const allowed = allowedNow(c, expected);
  const sigma = sigmaOf(c, expected);
  const side = warm && Math.abs(residual) > allowed ? Math.sign(residual) : 0;

  const confirmGain = Math.min(1 / 3, passedMs / Math.max(1, c.settings[c.k + K.confirmMs]!));
  floats[f + F.shortMean]! += (confirmGain >= 0 ? confirmGain : 0) * (residual - floats[f + F.shortMean]!);
  if (warm && floats[f + F.finding] === 0) {
    seeStrength(c, TAIL.spike, Math.abs(residual) / sigma);
    if (side === 0) seeStrength(c, TAIL.step, Math.abs(floats[f + F.shortMean]!) / sigma);
  }
  if (side === 0) {
    learn(c, residual, passedMs);
    if (floats[f + F.runSide] !== 0) {
      if (++c.small[c.s + S.runInside]! === 1) judgeSpike(c, budget, expected, allowed, sigma);
      if (c.small[c.s + S.runInside]! >= INSIDE_BREAKS) floats[f + F.runSide] = 0;
    }
  } else {
    const confirmed = extendRun(c, side, residual);
    if (confirmed) tellStep(c, budget, expected, allowed, sigma);
    else if (isSlow(c)) judgeSpike(c, budget, expected, allowed, sigma);
    if (isAccepted(c)) accept(c);
  }
  const open = openTest(c);
  if (warm && (open === 'step' || open === 'spike')) calmDown(c, residual, allowed);
  return residual;
}

function learn(c: Context, residual: number, passedMs: number): void {
  const { doubles, floats, d, f } = c;
  const learned = ++floats[f + F.learned]!;
  if (learned === 1) return;
  const nowcastGain = Math.min(LARGEST_GAIN, passedMs / NOWCAST_MS);
  const scaleGain = Math.min(LARGEST_GAIN, passedMs / SCALE_MS);
  // A running mean until the memory is full; then the share of the time that has passed.
  doubles[d + D.nowcast]! += Math.max(nowcastGain, 1 / learned) * residual;
  floats[f + F.knownStep]! *= 1 - Math.min(1, passedMs / KNOWN_MS);
  const deviation = Math.abs(residual) * MEAN_DEVIATION_TO_SIGMA;
  floats[f + F.sigma]! += Math.max(scaleGain, 1 / (learned - 1)) * (deviation - floats[f + F.sigma]!);
}

/** Counts a reading outside; gives whether the run is confirmed. */
function extendRun(c: Context, side: number, residual: number): boolean {
  const { doubles, floats, d, f } = c;
  if (floats[f + F.runSide] !== side) {
    floats[f + F.runSide] = side;
    floats[f + F.runCount] = 0;
    doubles[d + D.runSinceMs] = c.atMs;
    floats[f + F.runMean] = floats[f + F.runPeak] = residual;
  }
  if (Math.abs(residual) > Math.abs(floats[f + F.runPeak]!)) floats[f + F.runPeak] = residual;
  c.small[c.s + S.runInside] = 0;
  const count = ++floats[f + F.runCount]!;
  const gain = Math.max(1 / count, 1 / ACCEPT_READINGS);
  floats[f + F.runMean]! += gain * (residual - floats[f + F.runMean]!);
  return count >= RUN_READINGS && c.atMs - doubles[d + D.runSinceMs]! >= c.settings[c.k + K.confirmMs]!;
}

function tellStep(c: Context, budget: Budget, expected: number, allowed: number, sigma: number): void {
  const { doubles, floats, d, f } = c;
  if (floats[f + F.finding] !== 0) return;
  const mean = floats[f + F.runMean]!;
  begin(c, budget, 'step', {
    side: mean > 0 ? 1 : -1,
    away: { by: mean, overMs: c.settings[c.k + K.confirmMs]! },
    expected,
    allowed,
    residual: mean / sigma,
    strength: Math.abs(mean) / sigma,
    tail: TAIL.step,
    timesThreshold: Math.abs(mean) / allowed,
    reason: stepped(c.sensor(), c.value, expected, allowed, c.atMs - doubles[d + D.runSinceMs]!),
  });
}

/** Readings so far apart that none more can be waited for. */
function isSlow(c: Context): boolean {
  return c.settings[c.k + K.intervalMs]! >= SLOW_MS;
}

/** Of a run that ended before it could be confirmed; of a slow sensor, at once. */
function judgeSpike(c: Context, budget: Budget, expected: number, allowed: number, sigma: number): void {
  const { floats, f } = c;
  const residual = floats[f + F.runPeak]!;
  const size = Math.abs(residual);
  const needed = Math.max(floats[f + F.threshold + TAIL.spike]! * sigma, SPIKE_MATTERS * allowed);
  const fast = c.settings[c.k + K.intervalMs]! < FAST_MS;
  if (size <= needed || floats[f + F.finding] !== 0 || floats[f + F.hours]! < SPIKE_LEAST_HOURS) return;
  if (fast && floats[f + F.runCount]! < 2) return;
  begin(c, budget, 'spike', {
    side: residual > 0 ? 1 : -1,
    expected,
    allowed,
    residual: residual / sigma,
    strength: size / sigma,
    tail: TAIL.spike,
    timesThreshold: size / needed,
    value: expected + residual,
    reason: spiked(c.sensor(), expected + residual, expected, allowed),
  });
}

function isAccepted(c: Context): boolean {
  return c.floats[c.f + F.runCount]! >= ACCEPT_READINGS && c.atMs - c.doubles[c.d + D.runSinceMs]! >= ACCEPT_MS;
}

/** The run's level becomes the usual one: the level moves by it, and the one before is remembered. */
function accept(c: Context): void {
  const { doubles, floats, d, f } = c;
  const step = floats[f + F.runMean]!;
  const heldMs = c.atMs - doubles[d + D.runSinceMs]!;
  floats[f + F.knownStep] = Math.max(floats[f + F.knownStep]!, Math.abs(step));
  rebase(c, step);
  const open = openTest(c);
  if (open === 'step' || open === 'spike') endNewNormal(c, c.base + doubles[d + D.nowcast]!, heldMs);
}

/** Moves the level by so much; what was learned of season and scale stays. For days to come it may find its exact place. */
export function rebase(c: Context, by: number): void {
  const { doubles, floats, d, f } = c;
  doubles[d + D.levelBefore] = doubles[d + D.level]!;
  doubles[d + D.level]! += by;
  doubles[d + D.anchor]! += by;
  c.base += by;
  floats[f + F.runSide] = 0;
  floats[f + F.shortMean] = 0;
  floats[f + F.settling] = SETTLING_HOURS;
  // The running hour is half of the old and half of the new level: it says nothing.
  floats[f + F.hourSum] = floats[f + F.hourCount] = 0;
  floats[f + F.hourUp] = floats[f + F.hourDown] = floats[f + F.hourRun] = 0;
  floats[f + F.halfDay] = floats[f + F.shift] = floats[f + F.shiftFrozen] = 0;
  floats[f + F.dayUp] = floats[f + F.dayDown] = 0;
}

function calmDown(c: Context, residual: number, allowed: number): void {
  const { doubles, d } = c;
  if (Math.abs(residual) > allowed / 2) {
    c.small[c.s + S.calmCount] = 0;
    return;
  }
  if (++c.small[c.s + S.calmCount]! === 1) doubles[d + D.calmSinceMs] = c.atMs;
  if (c.small[c.s + S.calmCount]! >= CALM_READINGS && c.atMs - doubles[d + D.calmSinceMs]! >= CALM_MS) endUsual(c);
}
