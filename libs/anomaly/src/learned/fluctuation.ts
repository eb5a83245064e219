import type { Budget } from './budget.js';
import { HOUR_MS } from './calendar.js';
import type { Context } from './context.js';
import { begin, endNewNormal, endUsual, openTest } from './findings.js';
import { D, F, K, QUARTERS, S } from './layout.js';
import { fluctuates } from './sentences.js';
import { mattersAt, RUN_READINGS } from './step.js';
import { seeStrength, TAIL } from './tails.js';

/**
 * How much readings differ from those before them, an hour at a time (or longer, until twelve differences are together), as a
 * logarithm against what this quarter of the day usually has; summed by a two-sided CUSUM. Differences, since a shift of the level
 * does not touch them.
 */
const LEAST_DIFFERENCES = 12;
const MEMORY = 60;
const LEAST_LEARNED = 28;
/** Less than half as much again is nobody's concern; neither is what stays far under what matters. */
const LEAST_CHANGE = Math.log(1.6);
const MATTERS = 4;
const ALLOWANCE = 0.75;
const MOST_A_BLOCK = 4;
const CALM_BLOCKS = 3;
const ACCEPT_BLOCKS = 24;
const LESSON = 3;

/** Adds how a reading differs from the one before; `bound`: the most it counts. */
export function seeDifference(c: Context, difference: number, bound: number): void {
  c.floats[c.f + F.diffSum]! += Math.min(Math.abs(difference), bound);
  c.floats[c.f + F.diffCount]!++;
}

/** @param slot local hour of the day that ended */
export function judgeFluctuation(c: Context, budget: Budget, slot: number, ready: boolean): void {
  const { floats, f } = c;
  const count = floats[f + F.diffCount]!;
  if (count < LEAST_DIFFERENCES) return;
  const mean = floats[f + F.diffSum]! / count;
  floats[f + F.diffSum] = floats[f + F.diffCount] = 0;
  const seen = Math.log(mean + 1e-4 * c.settings[c.k + K.minDeviation]! + 1e-12);
  const learned = ++floats[f + F.fluctuationCount]!;
  const at = f + F.fluctuation + Math.floor(slot / (24 / QUARTERS));
  if (floats[at] === 0) floats[at] = seen;
  const off = seen - floats[at]!;
  const deviation = Math.max(0.03, floats[f + F.fluctuationDeviation]!);
  const larger = Math.exp(Math.max(seen, floats[at]!));

  if (openTest(c) === 'variance') return hold(c, off, deviation);
  // A short run outside is what noise makes of itself; in a long one the level has gone elsewhere.
  const moves = floats[f + F.runSide] !== 0 && floats[f + F.runCount]! >= RUN_READINGS;
  const judged = ready && learned >= LEAST_LEARNED && !moves;
  const strength = judged ? sumUp(c, off / deviation) : 0;
  const matters = MATTERS * larger > mattersAt(c, c.doubles[c.d + D.level]!) && Math.abs(off) > LEAST_CHANGE;
  const threshold = floats[f + F.threshold + TAIL.fluctuation]!;
  if (strength > threshold && matters && floats[f + F.finding] === 0) {
    const began = begin(c, budget, 'variance', {
      side: off > 0 ? 1 : -1,
      expected: c.base,
      allowed: Math.max(MATTERS * larger, mattersAt(c, c.doubles[c.d + D.level]!)),
      residual: off / deviation,
      strength,
      tail: TAIL.fluctuation,
      timesThreshold: strength / threshold,
      reason: fluctuates(c.sensor(), Math.exp(off)),
    });
    if (began) return;
  }
  if (floats[f + F.finding] !== 0) return;
  if (judged) seeStrength(c, TAIL.fluctuation, strength);
  const gain = Math.max(1 / MEMORY, 1 / (1 + learned / QUARTERS));
  const bound = learned < LEAST_LEARNED ? Infinity : LESSON * deviation;
  const lesson = Math.min(bound, Math.max(-bound, off));
  floats[at]! += gain * lesson;
  const held = learned <= QUARTERS ? 0 : Math.abs(lesson) * 1.2533;
  floats[f + F.fluctuationDeviation]! += Math.max(1 / 240, 1 / learned) * (held - floats[f + F.fluctuationDeviation]!);
}

/** The larger of both sums, over the unit in which they fall off like exp(-strength). */
function sumUp(c: Context, z: number): number {
  const { floats, f } = c;
  const held = Math.min(MOST_A_BLOCK, Math.max(-MOST_A_BLOCK, z));
  floats[f + F.fluctuationUp] = Math.max(0, floats[f + F.fluctuationUp]! + held - ALLOWANCE);
  floats[f + F.fluctuationDown] = Math.max(0, floats[f + F.fluctuationDown]! - held - ALLOWANCE);
  return 2 * ALLOWANCE * Math.max(floats[f + F.fluctuationUp]!, floats[f + F.fluctuationDown]!);
}

function hold(c: Context, off: number, deviation: number): void {
  const { floats, f } = c;
  c.small[c.s + S.calmCount] =
    Math.abs(off) < Math.max(LEAST_CHANGE, 2 * deviation) ? c.small[c.s + S.calmCount]! + 1 : 0;
  const held = ++c.small[c.s + S.heldBlocks]!;
  if (c.small[c.s + S.calmCount]! >= CALM_BLOCKS) {
    floats[f + F.fluctuationUp] = floats[f + F.fluctuationDown] = 0;
    endUsual(c);
  } else if (held >= ACCEPT_BLOCKS) {
    acceptFluctuation(c, off);
    endNewNormal(c, c.value, held * HOUR_MS);
  }
}

/** Takes the fluctuation of now as usual, in every quarter of the day. */
export function acceptFluctuation(c: Context, off: number): void {
  for (let i = 0; i < QUARTERS; i++) {
    const at = c.f + F.fluctuation + i;
    if (c.floats[at] !== 0) c.floats[at]! += off;
  }
  c.floats[c.f + F.fluctuationUp] = c.floats[c.f + F.fluctuationDown] = 0;
}
