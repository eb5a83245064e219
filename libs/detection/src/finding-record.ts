import { PRIORITIES, type Evidence, type Priority } from '@lifeline/contracts';
import type { Words } from '@lifeline/catalogue';
import type { Finding } from './asset-watch.js';

export type FindingRule = Finding['rule'];

/** A finding that its watch has begun and not ended. */
export interface OpenFinding {
  readonly watchId: string;
  readonly test: string;
  readonly atMs: number;
  readonly value: number | null;
  readonly priority: Priority;
  readonly reason: Words;
  readonly evidence: Evidence | null;
  /** Does not speak unless it gets worse than this: a person said that it is normal, or was false before. */
  readonly quietUpTo: Priority | null;
}

/** Everything on one sensor and rule, of which one speaks. */
export interface Slot {
  readonly sensorNo: number;
  readonly rule: FindingRule;
  open: OpenFinding[];
  /** Position in `open` of what speaks; -1: nothing; `adopted`: an alarm of the log whose finding is not known. */
  speaker: number | 'adopted';
  /** Time of its newest condition; null before the first. */
  toldMs: number | null;
  /** When an adopted alarm ends for want of a finding; null until the next tick. */
  adoptedUntilMs: number | null;
}

/** A test that was told false must be surer than it was then, for a while. */
export interface Bar {
  readonly confidence: number;
  readonly priority: Priority;
  readonly untilMs: number;
}

/** A finding that a person judged. */
export interface JudgedFinding {
  readonly watchId: string;
  readonly test: string;
}

/** The book as plain data, for a checkpoint. */
export interface BookState {
  readonly slots: readonly Slot[];
  readonly bars: readonly (readonly [string, Bar])[];
}

export function isWorse(priority: Priority, than: Priority): boolean {
  return PRIORITIES.indexOf(priority) < PRIORITIES.indexOf(than);
}

export function keyOf(sensorNo: number, rule: FindingRule): string {
  return `${sensorNo} ${rule}`;
}

export function barKey(watchId: string, test: string, sensorNo: number): string {
  return `${watchId} ${test} ${sensorNo}`;
}
