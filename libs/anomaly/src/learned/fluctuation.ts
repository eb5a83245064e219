import type { Budget } from './budget.js';
import { HOUR_MS } from './calendar.js';
import type { Context } from './context.js';
import { begin, endNewNormal, endUsual, openTest, TEST } from './findings.js';
import { D, F, QUARTERS } from './layout.js';
import { fluctuates } from './sentences.js';
import { mattersAt } from './step.js';
import { seeStrength } from './tails.js';

/**
 * How much readings differ from those before them, an hour at a time (or longer, until twelve differences are together), as a
 * logarithm against what this quarter of the day usually has. Differences, since a shift of the level does not touch them.
 */
const LEAST_DIFFERENCES = 12;
const MEMORY = 60;
const LEAST_LEARNED = 28;
/** Less than half as much again is nobody's concern; neither is what stays far under what matters. */
const LEAST_CHANGE = Math.log(1.6);
const MATTERS = 4;
const CONFIRM_BLOCKS = 3;
const CALM_BLOCKS = 2;
const ACCEPT_BLOCKS = 24;
const LESSON = 3;

/** Adds how a reading differs from the one before; `passedMs` of usual length only. */
export function seeDifference(c: Context, difference: number, bound: number): void {
  c.floats[c.f + F.diffSum]! += Math.min(Math.abs(difference), bound);
  c.floats[c.f + F.diffCount]!++;
}

/** @param closed number of the local hour that ended */
export function judgeFluctuation(c: Context, budget: Budget, closed: number, ready: boolean): void {
  const { floats, f } = c;
  const count = floats[f + F.diffCount]!;
  if (count < LEAST_DIFFERENCES) return;
  const mean = floats[f + F.diffSum]! / count;
  floats[f + F.diffSum] = floats[f + F.diffCount] = 0;
  const least = 1e-4 * c.watched.sensor.minDeviation + 1e-12;
  const quarter = Math.floor((closed - Math.floor(closed / 24) * 24) / 6);
  const seen = Math.log(mean + least);
  const learned = ++floats[f + F.fluctuationCount]!;
  const at = f + F.fluctuation + (quarter % QUARTERS);
  if (floats[at] === 0) floats[at] = seen;
  const off = seen - floats[at]!;
  const deviation = Math.max(0.03, floats[f + F.fluctuationDeviation]!);
  const strength = Math.abs(off) / deviation;
  const threshold = floats[f + F.threshold + TEST.variance]!;
  const larger = Math.exp(Math.max(seen, floats[at]!));
  const outside =
    ready &&
    learned >= LEAST_LEARNED &&
    floats[f + F.runSide] === 0 &&
    strength > threshold &&
    Math.abs(off) > LEAST_CHANGE &&
    MATTERS * larger > mattersAt(c, c.doubles[c.d + D.level]!)
      ? Math.sign(off)
      : 0;
  const run = floats[f + F.fluctuationRun]!;
  floats[f + F.fluctuationRun] = outside === 0 ? 0 : Math.sign(run) === outside ? run + outside : outside;

  const open = openTest(c);
  if (open === 'variance') hold(c, off, strength < threshold / 2);
  else if (outside !== 0 && open === undefined && Math.abs(floats[f + F.fluctuationRun]!) >= CONFIRM_BLOCKS) {
    const level = c.doubles[c.d + D.level]!;
    begin(c, budget, 'variance', {
      side: outside > 0 ? 1 : -1,
      expected: c.base,
      allowed: Math.max(MATTERS * larger, mattersAt(c, level)),
      residual: off / deviation,
      strength,
      timesThreshold: strength / threshold,
      reason: fluctuates(c.watched.sensor, Math.exp(off)),
    });
  }
  if (outside !== 0 || floats[f + F.finding] !== 0) return;
  if (learned > QUARTERS) seeStrength(c, TEST.variance, strength);
  const gain = Math.max(1 / MEMORY, 1 / (1 + learned / QUARTERS));
  const bound = learned < LEAST_LEARNED ? Infinity : LESSON * deviation;
  const lesson = Math.min(bound, Math.max(-bound, off));
  floats[at]! += gain * lesson;
  floats[f + F.fluctuationDeviation]! +=
    Math.max(1 / 240, 1 / learned) * (Math.abs(lesson) * 1.2533 - floats[f + F.fluctuationDeviation]!);
}

function hold(c: Context, off: number, calm: boolean): void {
  const { floats, f } = c;
  floats[f + F.calmCount] = calm ? floats[f + F.calmCount]! + 1 : 0;
  const held = ++floats[f + F.heldBlocks]!;
  if (floats[f + F.calmCount]! >= CALM_BLOCKS) endUsual(c);
  else if (held >= ACCEPT_BLOCKS) {
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
  c.floats[c.f + F.fluctuationRun] = 0;
}
