import type { AlarmRule } from '@lifeline/contracts';
import { FLAG, ROW } from './row.js';

/** Rules that this engine judges; the others learn, or belong to the watches of assets. */
export type LimitRule = Extract<AlarmRule, 'limit' | 'rate' | 'stale'>;

export function isLimitRule(rule: AlarmRule): rule is LimitRule {
  return rule in ADOPTED;
}

/** Where a rule keeps that it is on (a flag) and since when (a double), and what "on" is where the log does not say more. */
export const ADOPTED: Readonly<Record<LimitRule, readonly [on: number, began: number, value: number]>> = {
  limit: [FLAG.level, ROW.levelChangedMs, 1],
  rate: [FLAG.rate, ROW.rateChangedMs, 1],
  stale: [FLAG.silence, ROW.silenceChangedMs, 1],
};
