import type { Utility } from '@lifeline/contracts';
import { displayUnit } from './units.js';
import type { Accuracy, ChannelType, LimitPriorities, TypeLimits, Words } from './channel-type.js';

type Four = readonly [number | null, number | null, number | null, number | null];

/** A row of the catalogue as it is written down: near the table of the domain defaults, so that the two can be compared. */
export interface Row {
  readonly code: string;
  readonly name: readonly [en: string, zh: string];
  readonly unit: string;
  readonly range: readonly [number, number];
  readonly usual: readonly [number, number] | null;
  readonly accuracy: Accuracy;
  readonly decimals: number;
  readonly intervalS: number | null;
  readonly alarmIntervalS?: number;
  /** Low-low, low, high, high-high. */
  readonly limits?: Four;
  /** In the unit; `bandOfRange` and `bandOfLimit` make it from a percentage. */
  readonly deadband?: number | null;
  readonly onDelayS?: number | null;
  /** As the on-delay where it is not named. */
  readonly offDelayS?: number | null;
  /** Change in the unit over so many seconds. */
  readonly rate?: { readonly change: number; readonly overS: number };
  readonly red?: { readonly value: number; readonly onDelayS: number };
  readonly minDeviation: number | null;
  readonly relative?: readonly [en: string, zh: string];
  readonly source: string;
}

/** So many percent of full scale. */
export function ofScale(percent: number, [low, high]: readonly [number, number]): number {
  return tidy((percent / 100) * (high - low));
}

export const absolute = (value: number): Accuracy => ({ kind: 'absolute', value });
export const ofReading = (percent: number): Accuracy => ({ kind: 'of-reading', percent });

/**
 * Priorities by kind of limit: the outer limits orange, the inner yellow. Red is for what endangers people now, and is
 * reached by `redAbove` alone, so that it stays rare (EEMUA 191: highest under 1 % of alarms).
 */
const PRIORITIES: LimitPriorities = { lowLow: 'orange', low: 'yellow', high: 'yellow', highHigh: 'orange' };

export function toChannelType(utility: Utility, row: Row): ChannelType {
  const [lowLow, low, high, highHigh] = row.limits ?? [null, null, null, null];
  const onDelayS = row.onDelayS ?? null;
  const limits: TypeLimits = {
    lowLow,
    low,
    high,
    highHigh,
    deadband: row.deadband ?? null,
    onDelayS,
    offDelayS: row.offDelayS === undefined ? onDelayS : row.offDelayS,
    ratePerMinute: row.rate ? tidy((row.rate.change / row.rate.overS) * 60) : null,
  };
  return {
    code: row.code,
    utility,
    name: words(row.name),
    unit: row.unit,
    unitLabel: displayUnit(row.unit),
    range: { low: row.range[0], high: row.range[1] },
    usual: row.usual ? { low: row.usual[0], high: row.usual[1] } : null,
    accuracy: row.accuracy,
    decimals: row.decimals,
    intervalS: row.intervalS,
    alarmIntervalS: row.alarmIntervalS ?? null,
    limits,
    rateWindowS: row.rate ? row.rate.overS : null,
    priorities: PRIORITIES,
    redAbove: row.red ?? null,
    minDeviation: row.minDeviation,
    relativeLimits: row.relative ? words(row.relative) : null,
    source: `domain 9/${row.source}`,
  };
}

function words([en, zh]: readonly [string, string]): Words {
  return { en, zh };
}

/** Takes the dust of binary fractions off a converted figure (12 significant digits). */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
