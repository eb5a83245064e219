import type { Condition } from '@lifeline/alarms';
import { FLAG, ROW, ROW_LENGTH } from '../row.js';
import { flagsOf, SensorRows } from '../sensor-rows.js';
import type { Watch } from '../watch.js';

/**
 * What a rule works on: a sensor's row (`state` from `base`, its small numbers in `flags` from `flag`), its watch, and where
 * conditions go. One object is used for every reading: the hot path makes none.
 */
export class RuleContext {
  state: Float64Array = new Float64Array(0);
  flags: Int8Array = new Int8Array(0);
  row = 0;
  base = 0;
  flag = 0;
  out: Condition[] = [];

  constructor(readonly rows: SensorRows) {}

  /** Before the first row of a feed or tick: rows may have moved. */
  begin(out: Condition[]): void {
    this.out = out;
    this.state = this.rows.state;
    this.flags = this.rows.flags;
  }

  enter(row: number): void {
    this.row = row;
    this.base = row * ROW_LENGTH;
    this.flag = flagsOf(row);
  }

  get watch(): Watch {
    return this.rows.watch(this.row);
  }
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
export function limitSpeaks(context: RuleContext, atMs: number, wayBackMs: number): boolean {
  if (context.flags[context.flag + FLAG.level] !== 0) return true;
  const changedMs = context.state[context.base + ROW.levelChangedMs]!;
  return !Number.isNaN(changedMs) && atMs <= changedMs + context.watch.offDelayMs + wayBackMs;
}
