import type { Condition } from '@lifeline/alarms';
import { ROW } from '../row.js';
import type { Watch } from '../watch.js';

/**
 * What a rule works on: the sensor's watch, its row (`state` from `base`), and where conditions go. One object is used for
 * every reading: the hot path makes none.
 */
export class RuleContext {
  state: Float64Array = new Float64Array(0);
  base = 0;
  watch!: Watch;
  out: Condition[] = [];
}

/** Conditions of one rule never share a time or run backwards, so that the desk can tell a repeat from news. */
export function after(beganMs: number, atMs: number): number {
  return atMs > beganMs || Number.isNaN(beganMs) ? atMs : beganMs + 1;
}

/** A condition begins at its time, but never before the end of the one before it. */
export function notBefore(changedMs: number, atMs: number): number {
  return changedMs > atMs ? changedMs : atMs;
}

/** After a limit's end the value is on its way back for so long at most: fans and pumps take minutes, not hours. */
export const WAY_BACK_MS = 15 * 60_000;

/**
 * One cause, one alarm: while the sensor's limit is on, and for its off-delay and `wayBackMs` after its end, neither the
 * excursion nor the way back is news for another rule.
 */
export function limitSpeaks({ state, base, watch }: RuleContext, atMs: number, wayBackMs: number): boolean {
  // NaN before the first condition: false.
  const untilMs = state[base + ROW.levelChangedMs]! + watch.offDelayMs + wayBackMs;
  return state[base + ROW.level] !== 0 || atMs <= untilMs;
}
