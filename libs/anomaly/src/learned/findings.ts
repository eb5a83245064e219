import { TEST_NO, type Budget } from './budget.js';
import type { Context } from './context.js';
import { D, F, S } from './layout.js';
import { LEARNED_TESTS, type LearnedTest, type LearnedWords } from './port.js';
import { newNormal, usualAgain } from './sentences.js';
import { blockScore } from './tails.js';

/** What a test measured. */
export interface Measured {
  readonly side: -1 | 0 | 1;
  /** Where it is not the reading that is taken in. */
  readonly value?: number;
  readonly expected: number;
  /** Half the band, in the sensor's unit. */
  readonly allowed: number;
  /** Observed less expected, in the sensor's unit, where the test says that: it may have an ordinary cause. */
  readonly away?: { readonly by: number; readonly overMs: number };
  /** In robust standard deviations of what the test looks at. */
  readonly residual: number;
  /** The strength that spoke, and the number of its tail; null where it has none. */
  readonly strength: number;
  readonly tail: number | null;
  readonly timesThreshold: number;
  readonly reason: LearnedWords;
}

/** The open finding's test; undefined where none is open. */
export function openTest(c: Context): LearnedTest | undefined {
  const no = c.floats[c.f + F.finding]!;
  return no === 0 ? undefined : LEARNED_TESTS[no - 1];
}

/** Whether a finding could begin now, but for its strength: one at a time, none while a limit speaks. */
export function mayBegin(c: Context): boolean {
  return c.floats[c.f + F.finding] === 0 && c.standing !== 'limit-speaks';
}

/** Begins a finding, if the city's budget allows; gives whether it did. */
export function begin(c: Context, budget: Budget, test: LearnedTest, measured: Measured): boolean {
  if (!mayBegin(c) || !budget.allows(c.atMs, measured.timesThreshold)) return false;
  if (measured.away && c.explains(measured.away.by, measured.away.overMs)) return false;
  const { doubles, floats, d, f } = c;
  const no = TEST_NO[test];
  const atMs = after(doubles[d + D.findingBeganMs]!, c.atMs);
  const score =
    measured.tail === null
      ? 1 - Math.exp(-Math.min(30, measured.strength))
      : blockScore(c, measured.tail, measured.strength);
  const learned = Math.min(1, floats[f + F.hours]! / 336);
  floats[f + F.finding] = no + 1;
  floats[f + F.lastTest] = no + 1;
  floats[f + F.findingSide] = measured.side;
  c.small[c.s + S.calmCount] = 0;
  c.small[c.s + S.heldBlocks] = 0;
  doubles[d + D.findingBeganMs] = atMs;
  c.out.push({
    sensorNo: c.sensor().sensorNo,
    test,
    change: 'begin',
    side: measured.side,
    atMs,
    value: measured.value ?? c.value,
    expected: {
      value: measured.expected,
      low: measured.expected - measured.allowed,
      high: measured.expected + measured.allowed,
    },
    residual: measured.residual,
    score,
    // Never sure: half with nothing learned, more with two weeks behind it and with strength beyond the threshold.
    confidence: 0.5 + 0.2 * learned + 0.25 * (1 - 1 / Math.max(1, measured.timesThreshold)),
    reason: measured.reason,
  });
  budget.spend(c, c.atMs);
  return true;
}

export function endUsual(c: Context): void {
  end(c, usualAgain(c.sensor(), c.value));
}

/** Ends because the new level was taken as usual, after it held so long. */
export function endNewNormal(c: Context, level: number, heldMs: number): void {
  end(c, newNormal(c.sensor(), level, heldMs));
}

export function end(c: Context, reason: LearnedWords): void {
  const { doubles, floats, d, f } = c;
  const test = openTest(c);
  if (!test) return;
  const beganMs = doubles[d + D.findingBeganMs]!;
  const atMs = after(beganMs, c.atMs);
  const side = floats[f + F.findingSide]! as -1 | 0 | 1;
  floats[f + F.finding] = 0;
  floats[f + F.findingSide] = 0;
  c.small[c.s + S.calmCount] = 0;
  // Kept, so that the next begins later.
  doubles[d + D.findingBeganMs] = atMs;
  c.out.push({
    sensorNo: c.sensor().sensorNo,
    test,
    change: 'end',
    side,
    atMs,
    value: c.value,
    expected: null,
    residual: null,
    score: null,
    confidence: null,
    reason,
  });
}

function after(beforeMs: number, atMs: number): number {
  return atMs > beforeMs || Number.isNaN(beforeMs) ? atMs : beforeMs + 1;
}
