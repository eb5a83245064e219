import type { AlarmRule } from '@lifeline/contracts';
import { ROW } from './row.js';

/** Rules that this engine judges; the others learn, or belong to the watches of assets. */
export type LimitRule = Extract<AlarmRule, 'limit' | 'rate' | 'stale'>;

export function isLimitRule(rule: AlarmRule): rule is LimitRule {
  return rule in ADOPTED;
}

/** Where a rule keeps that it is on and since when, and what "on" is where the log does not say more. */
export const ADOPTED: Readonly<Record<LimitRule, readonly [on: number, began: number, value: number]>> = {
  limit: [ROW.level, ROW.levelChangedMs, 1],
  rate: [ROW.rate, ROW.rateChangedMs, 1],
  stale: [ROW.silence, ROW.silenceChangedMs, 1],
};
