import type { Budget } from './budget.js';
import type { Context } from './context.js';
import { begin, endUsual, openTest } from './findings.js';
import { D, F, K } from './layout.js';
import { stuckAt } from './sentences.js';
import { allowedNow } from './step.js';

/**
 * One value again and again. A sensor that rests (rain, methane in clean air) or reports in coarse steps repeats as a rule: its own
 * longest run is the measure, and a sensor of which most readings repeat is left alone.
 */
const TIMES_LONGEST = 4;
const LEAST_MS = 4 * 3_600_000;
const LEAST_READINGS = 24;
const MOST_REPEATS = 0.9;
const LEARNED_HOURS = 168;
const SHARE_READINGS = 2000;

/** Takes any reading in, trusted or not: what repeats is doubted, and so must count here. */
export function judgeRepeat(c: Context, budget: Budget): void {
  const { doubles, floats, d, f } = c;
  if (c.value !== doubles[d + D.lastValue]!) {
    endRun(c);
    return;
  }
  const count = ++floats[f + F.repeatCount]!;
  if (count === 1) doubles[d + D.repeatSinceMs] = doubles[d + D.lastMs]!;
  if (count < LEAST_READINGS || floats[f + F.finding] !== 0 || floats[f + F.hours]! < LEARNED_HOURS) return;
  const heldMs = c.atMs - doubles[d + D.repeatSinceMs]!;
  const needed =
    Math.max(LEAST_MS, TIMES_LONGEST * floats[f + F.repeatLongest]!, LEAST_READINGS * c.settings[c.k + K.intervalMs]!) *
    budget.bar(c, 'stuck');
  if (heldMs < needed || floats[f + F.repeatShare]! > MOST_REPEATS) return;
  const expected = c.base + doubles[d + D.nowcast]!;
  begin(c, budget, 'stuck', {
    side: 0,
    expected,
    allowed: allowedNow(c, expected),
    residual: 0,
    tail: null,
    strength: heldMs / Math.max(1, needed / TIMES_LONGEST),
    timesThreshold: heldMs / needed,
    reason: stuckAt(c.sensor(), c.value, heldMs),
  });
}

function endRun(c: Context): void {
  const { doubles, floats, d, f } = c;
  const count = floats[f + F.repeatCount]!;
  if (count > 0) {
    const heldMs = doubles[d + D.lastMs]! - doubles[d + D.repeatSinceMs]!;
    const longest = floats[f + F.repeatLongest]!;
    // A run that was a fault must not hide the next: it counts double of the longest at most, once there is one.
    const most = floats[f + F.hours]! < LEARNED_HOURS ? Infinity : Math.max(LEAST_MS, 2 * longest);
    floats[f + F.repeatLongest] = Math.max(longest, Math.min(heldMs, most));
  }
  floats[f + F.repeatCount] = 0;
  if (openTest(c) === 'stuck') endUsual(c);
}

/** Learns how often readings repeat; of trusted readings only. */
export function learnRepeat(c: Context): void {
  const { floats, f } = c;
  const repeats = floats[f + F.repeatCount]! > 0 ? 1 : 0;
  if (floats[f + F.repeatCount]! > LEAST_READINGS && floats[f + F.hours]! >= LEARNED_HOURS) return;
  const gain = Math.max(1 / SHARE_READINGS, 1 / (floats[f + F.learned]! + 2));
  floats[f + F.repeatShare]! += gain * (repeats - floats[f + F.repeatShare]!);
}
