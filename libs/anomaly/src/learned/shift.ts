import type { Budget } from './budget.js';
import { HOUR_MS } from './calendar.js';
import type { Context } from './context.js';
import { addBlock, learnSpread, longRun, type CusumFields } from './cusum.js';
import { begin, endNewNormal, endUsual, openTest } from './findings.js';
import { DAY_FIELDS } from './days.js';
import { D, F, K, S } from './layout.js';
import { shifted } from './sentences.js';
import { KNOWN_STEPS, mattersAt, rebase, SETTLING_HOURS } from './step.js';
import { seeStrength, TAIL } from './tails.js';

/**
 * A shift of the level, by hours, in two ways: hours against what the last half day was, the mean of their differences over a few
 * hours (quick, where the level wanders with the weather); and a two-sided CUSUM of hours against the baseline (sensitive, where it
 * does not). An hour far from the last half day does not teach it, for a day and a half at the most.
 */
const HALF_DAY_HOURS = 12;
const SHIFT_HOURS = 4;
const FREEZES_AT = 3;
const MOST_FROZEN = 36;
const SCALE_HOURS = 336;
const HOUR_FIELDS: CusumFields = {
  scale: F.hourScale,
  variance: F.hourVar,
  covariance: F.hourCov,
  last: F.hourLast,
  up: F.hourUp,
  down: F.hourDown,
};
/** A shift that was told and stays for a day is the new normal. */
const ACCEPT_HOURS = 24;
const CALM_BLOCKS = 2;
const BLANK_HOURS = 24;
const SUSPECT_STRENGTH = 2.5;
const SUSPECT_TRUST = 0.25;
const SETTLED_HOURS = 192;
const DAY_HOURS = 24;

/** The hour as the tests see it. */
export interface Hour {
  /** Mean less what was expected; what was expected; scale of such residuals. */
  residual: number;
  expected: number;
  scale: number;
  /** Hours since the hour before that had readings. */
  elapsed: number;
  /** Nothing of it is the rule: a holiday, or the day after one. */
  isOdd: boolean;
  /** 0 to 1: how much it may teach; less while the level may be shifting. */
  trust: number;
}

export function judgeShift(c: Context, budget: Budget, hour: Hour, ready: boolean): void {
  const isSettled = c.floats[c.f + F.settling]! <= SETTLING_HOURS - BLANK_HOURS;
  const sums = ready && !hour.isOdd && isSettled ? sumUp(c, hour) : 0;
  hour.trust = Math.abs(sums) > SUSPECT_STRENGTH ? SUSPECT_TRUST : 1;
  const mean = followHalfDay(c, hour, ready);
  if (!ready || hour.isOdd || c.floats[c.f + F.finding] !== 0) return;
  const { floats, f } = c;
  const matters = Math.max(mattersAt(c, hour.expected), KNOWN_STEPS * floats[f + F.knownStep]!);
  const shiftScale = shiftScaleOf(c);
  const strength = Math.abs(mean) / shiftScale;
  const threshold = floats[f + F.threshold + TAIL.shift]!;
  if (strength > threshold && Math.abs(mean) >= matters && floats[f + F.shiftFrozen]! >= 2) {
    const hours = floats[f + F.shiftFrozen]! * hour.elapsed;
    tell(c, budget, hour, mean, hours, { strength, tail: TAIL.shift, timesThreshold: strength / threshold });
    return;
  }
  const most = floats[f + F.threshold + TAIL.sums]!;
  const up = sums > 0;
  const count = floats[f + (up ? F.hourUpCount : F.hourDownCount)]!;
  const by = floats[f + (up ? F.hourUpSum : F.hourDownSum)]! / Math.max(1, count);
  if (Math.abs(sums) > most && Math.abs(by) >= matters)
    tell(c, budget, hour, by, count * hour.elapsed, {
      strength: Math.abs(sums),
      tail: TAIL.sums,
      timesThreshold: Math.abs(sums) / most,
    });
}

function tell(
  c: Context,
  budget: Budget,
  hour: Hour,
  by: number,
  hours: number,
  how: { strength: number; tail: number; timesThreshold: number },
): void {
  begin(c, budget, 'level-shift', {
    ...how,
    side: by > 0 ? 1 : -1,
    away: { by, overMs: SHIFT_HOURS * HOUR_MS },
    expected: hour.expected,
    allowed: Math.max(mattersAt(c, hour.expected), hour.scale),
    residual: by / hour.scale,
    reason: shifted(c.sensor(), by, hours * HOUR_MS),
  });
}

function sumUp(c: Context, hour: Hour): number {
  const { floats, f } = c;
  const strength = addBlock(c, HOUR_FIELDS, hour.residual, hour.scale, mattersAt(c, hour.expected), memoryOf(c, hour));
  count(c, F.hourUp, F.hourUpCount, F.hourUpSum, hour.residual);
  count(c, F.hourDown, F.hourDownCount, F.hourDownSum, hour.residual);
  if (floats[f + F.finding] === 0) seeStrength(c, TAIL.sums, Math.abs(strength));
  return strength;
}

/**
 * Long-run variance over variance of hours. White noise hides a slow wander from the correlation of neighbours: so it is asked of the
 * days too, as many hours together as a day has.
 */
function memoryOf(c: Context, hour: Hour): number {
  const day = c.floats[c.f + F.dayScale]! / hour.scale;
  return Math.max(longRun(c, HOUR_FIELDS), (DAY_HOURS / hour.elapsed) * day * day * longRun(c, DAY_FIELDS));
}

/** Hours, and their sum, since a CUSUM left zero. */
function count(c: Context, cusum: number, counted: number, sum: number, residual: number): void {
  const { floats, f } = c;
  const runs = floats[f + cusum]! > 0;
  floats[f + counted] = runs ? floats[f + counted]! + 1 : 0;
  floats[f + sum] = runs ? floats[f + sum]! + residual : 0;
}

function shiftScaleOf(c: Context): number {
  return Math.max(c.floats[c.f + F.shiftScale]!, 1e-3 * c.settings[c.k + K.minDeviation]!, 1e-9);
}

/** Follows the half day; gives the mean difference of the last hours from it. */
function followHalfDay(c: Context, hour: Hour, ready: boolean): number {
  const { floats, f } = c;
  const off = hour.residual - floats[f + F.halfDay]!;
  const scale = floats[f + F.halfDayScale]!;
  const hours = floats[f + F.hours]!;
  const isFar = ready && Math.abs(off) > FREEZES_AT * Math.max(scale, 1e-9);
  const frozen = isFar && floats[f + F.shiftFrozen]! < MOST_FROZEN && !hour.isOdd;
  floats[f + F.shiftFrozen] = isFar ? floats[f + F.shiftFrozen]! + 1 : 0;
  const mean = floats[f + F.shift]! + Math.min(0.5, hour.elapsed / SHIFT_HOURS) * (off - floats[f + F.shift]!);
  floats[f + F.shift] = hour.isOdd ? 0 : mean;
  if (!frozen) floats[f + F.halfDay]! += Math.min(0.5, hour.elapsed / HALF_DAY_HOURS) * off;
  if (hour.isOdd || hours < BLANK_HOURS || floats[f + F.finding] !== 0) return mean;
  const shiftScale = shiftScaleOf(c);
  if (ready && !frozen) seeStrength(c, TAIL.shift, Math.abs(mean) / shiftScale);
  const gain = hour.trust * spreadGain(hours);
  const held = ready ? Math.min(Math.abs(off), 4 * scale) : Math.abs(off);
  floats[f + F.halfDayScale]! += gain * (1.2533 * held - scale);
  const heldMean = ready ? Math.min(Math.abs(mean), 3 * shiftScale) : Math.abs(mean);
  floats[f + F.shiftScale]! += gain * (1.2533 * heldMean - floats[f + F.shiftScale]!);
  return mean;
}

/** A running mean until the memory is full; begun anew after a week, since until then it is the learning that moves. */
function spreadGain(hours: number): number {
  const count = hours > SETTLED_HOURS ? hours - SETTLED_HOURS + BLANK_HOURS : hours - BLANK_HOURS + 1;
  return Math.max(1 / SCALE_HOURS, 1 / Math.max(1, count));
}

/** Learns how hours spread about the baseline. */
export function learnHours(c: Context, hour: Hour): void {
  const hours = c.floats[c.f + F.hours]!;
  learnSpread(c, HOUR_FIELDS, hour.residual, hour.elapsed <= 6, hour.trust * spreadGain(hours));
}

/** Ends an open finding of hours: back within `calm` of the usual, or stayed so long that it is usual now. */
export function holdShift(c: Context, hour: Hour, calm: number): void {
  const { doubles, floats, d, f } = c;
  const open = openTest(c);
  if (open !== 'rare-context' && open !== 'level-shift') return;
  const side = floats[f + F.findingSide]!;
  c.small[c.s + S.calmCount] = hour.residual * side < calm ? c.small[c.s + S.calmCount]! + 1 : 0;
  const held = ++c.small[c.s + S.heldBlocks]!;
  if (c.small[c.s + S.calmCount]! >= CALM_BLOCKS) {
    floats[f + F.hourUp] = floats[f + F.hourDown] = 0;
    endUsual(c);
  } else if (held >= ACCEPT_HOURS) {
    const by = hour.residual;
    floats[f + F.knownStep] = Math.max(floats[f + F.knownStep]!, Math.abs(by));
    rebase(c, by);
    // The fast course goes on where it was.
    doubles[d + D.nowcast]! -= by;
    endNewNormal(c, hour.expected + by, held * hour.elapsed * HOUR_MS);
    hour.residual = 0;
  }
}
