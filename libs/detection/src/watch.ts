import type { Priority, Sensor } from '@lifeline/contracts';
import { channelType, displayUnit, PRIORITY_OF_LIMIT, type Words } from '@lifeline/catalogue';

/** One side of the limits, so written that out means value × sign ≥ limit: inner, outer, danger; NaN where there is none. */
export interface WatchedSide {
  readonly inner: number;
  readonly outer: number;
  readonly danger: number;
  /** The least of them. */
  readonly first: number;
}

/** What the rules need of a sensor, worked out once when it is put. */
export interface Watch {
  readonly sensorNo: number;
  readonly quantity: Words;
  readonly unit: Words;
  /** Decimals to show; null: four digits that count. */
  readonly decimals: number | null;
  readonly high: WatchedSide;
  readonly low: WatchedSide;
  readonly priorities: { readonly [kind in 'low-low' | 'low' | 'high' | 'high-high']: Priority };
  readonly deadband: number;
  readonly onDelayMs: number;
  readonly dangerDelayMs: number;
  readonly offDelayMs: number;
  /** NaN: not watched. */
  readonly ratePerMinute: number;
  readonly rateWindowMs: number;
  /** The readings of so long make a point of the rate. */
  readonly pointMs: number;
  readonly intervalMs: number;
  /** Infinity: not watched (a sensor that reports events). */
  readonly staleAfterMs: number;
  /** Smallest deviation that matters; NaN: no statistical rule. */
  readonly minDeviation: number;
  /** The same as a share of what is usual, where nothing else is known of the sensor. */
  readonly minShare: number;
  /** How long the value must stay outside its band to be a finding. */
  readonly confirmMs: number;
}

const LEAST_STALE_S = 60;
const INTERVALS_STALE = 3;
const RATE_WINDOW_S = 60;
const POINT_OF_WINDOW = 0.25;
/** A finding is confirmed by three minutes at least: a vehicle, a pump start or a switching passes in less. */
const LEAST_CONFIRM_S = 180;
const MOST_CONFIRM_S = 300;
const SHARE_THAT_MATTERS = 0.01;
/** Strain is strain in either unit: one millionth. */
const STRAIN_UNITS: readonly string[] = ['10*-6{strain}', 'um/m', 'µm/m'];

/**
 * Makes a sensor's watch from its limits and, where it has a type of the catalogue in the same unit, from the type. Without a
 * type the smallest deviation that matters is 1 % of the instrument's range and 5 % of the width between its limits.
 */
export function watchOf(sensor: Sensor): Watch {
  const { limits } = sensor;
  const known = channelType(sensor.type);
  const type = known && sameUnit(known.unit, sensor.unit) ? known : undefined;
  const outerHigh = limits.highHigh ?? NaN;
  const danger = type?.redAbove && type.redAbove.value > outerHigh ? type.redAbove : undefined;
  const minDeviation = type ? (type.minDeviation ?? NaN) : untypedDeviation(sensor);
  const rateWindowMs = (type?.rateWindowS ?? RATE_WINDOW_S) * 1000;
  const eventful = known !== undefined && known.intervalS === null;
  return {
    sensorNo: sensor.sensorNo,
    quantity: known?.name ?? { en: sensor.name, zh: sensor.name },
    unit: displayUnit(sensor.unit),
    decimals: type?.decimals ?? null,
    high: sideOf(limits.high ?? NaN, outerHigh, danger?.value ?? NaN),
    low: sideOf(-(limits.low ?? NaN), -(limits.lowLow ?? NaN), NaN),
    priorities: {
      'low-low': known?.priorities.lowLow ?? PRIORITY_OF_LIMIT['low-low'],
      low: known?.priorities.low ?? PRIORITY_OF_LIMIT.low,
      high: known?.priorities.high ?? PRIORITY_OF_LIMIT.high,
      'high-high': known?.priorities.highHigh ?? PRIORITY_OF_LIMIT['high-high'],
    },
    deadband: limits.deadband ?? 0,
    onDelayMs: (limits.onDelayS ?? 0) * 1000,
    dangerDelayMs: Math.min(danger?.onDelayS ?? 0, limits.onDelayS ?? 0) * 1000,
    offDelayMs: (limits.offDelayS ?? 0) * 1000,
    ratePerMinute: limits.ratePerMinute ?? NaN,
    rateWindowMs,
    pointMs: rateWindowMs * POINT_OF_WINDOW,
    intervalMs: sensor.intervalS * 1000,
    staleAfterMs: staleAfterS(sensor, eventful) * 1000,
    minDeviation,
    minShare: minDeviation === 0 ? SHARE_THAT_MATTERS : 0,
    confirmMs: Math.min(MOST_CONFIRM_S, Math.max(LEAST_CONFIRM_S, limits.onDelayS ?? 0)) * 1000,
  };
}

function sideOf(inner: number, outer: number, danger: number): WatchedSide {
  const first = Number.isNaN(inner) ? outer : inner;
  return { inner, outer, danger, first };
}

function staleAfterS(sensor: Sensor, eventful: boolean): number {
  if (sensor.limits.staleAfterS != null) return sensor.limits.staleAfterS;
  return eventful ? Infinity : Math.max(LEAST_STALE_S, INTERVALS_STALE * sensor.intervalS);
}

function sameUnit(a: string, b: string): boolean {
  return a === b || (STRAIN_UNITS.includes(a) && STRAIN_UNITS.includes(b));
}

function untypedDeviation(sensor: Sensor): number {
  if (STRAIN_UNITS.includes(sensor.unit)) return channelType('STRN')?.minDeviation ?? 0;
  const { range, limits } = sensor;
  const ofRange = range ? 0.01 * (range.high - range.low) : 0;
  const lowest = limits.low ?? limits.lowLow;
  const highest = limits.high ?? limits.highHigh;
  const ofLimits = lowest != null && highest != null ? 0.05 * (highest - lowest) : 0;
  return Math.max(ofRange, ofLimits);
}
