import type { Condition } from '@lifeline/alarms';
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
