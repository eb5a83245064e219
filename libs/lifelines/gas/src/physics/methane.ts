/** Stages of methane in a manhole or adjacent space, 1 the worst; 4 is the pre-alarm for the analyst; 0 none. */
export type MethaneStage = 0 | 1 | 2 | 3 | 4;

/** %vol, all [P], editable; check against DB34/T 4021-2021 (domain 1.3). */
export const METHANE_LIMITS = {
  /** 100, 50 and 20 % of the lower explosive limit (5 %vol). */
  level1: 5,
  level2: 2.5,
  level3: 1,
  preAlarm: 0.2,
  /** Rise within an hour that is a pre-alarm by itself. */
  risePerHour: 0.1,
} as const;

/**
 * The stage of a concentration (domain 1.3).
 * @param vol methane, %vol
 * @param risePerHour its rise within the last hour, %vol; NaN where it is not known
 */
export function methaneStage(vol: number, risePerHour = NaN): MethaneStage {
  if (vol >= METHANE_LIMITS.level1) return 1;
  if (vol >= METHANE_LIMITS.level2) return 2;
  if (vol >= METHANE_LIMITS.level3) return 3;
  return vol >= METHANE_LIMITS.preAlarm || risePerHour > METHANE_LIMITS.risePerHour ? 4 : 0;
}

/** Share of the lower explosive limit: 1 %LEL is 0.05 %vol (domain 1.3 [S3]). */
export function percentOfLel(vol: number): number {
  return vol / 0.05;
}

/** Hour of the day by the sun, 0 to 24, at a longitude: what warms the ground does not keep a time zone. */
export function solarHour(atMs: number, lon: number): number {
  const hours = atMs / 3_600_000 + lon / 15;
  return ((hours % 24) + 24) % 24;
}

/** Warmest hour of the ground's day by the sun [P]: the air's (14 h) and some for the cover. */
const WARMEST_HOUR = 14.5;

/** The day's cycle of temperature, 1 at its warmest and -1 twelve hours later. */
export function dayCycle(hour: number): number {
  return Math.cos(((hour - WARMEST_HOUR) / 24) * 2 * Math.PI);
}

/**
 * How well values follow the day's cycle, with a lag of up to four hours: Pearson's correlation at the best lag, -1 to 1.
 *
 * @param hours solar hours of the values
 * @param values NaN where there is none
 * @returns NaN where under 12 values, or less than two thirds of the day, are known
 */
export function dayCycleCorrelation(hours: ArrayLike<number>, values: ArrayLike<number>): number {
  let best = NaN;
  for (let lag = 0; lag <= 4; lag++) {
    const found = correlation(hours, values, lag);
    if (Number.isNaN(best) || found > best) best = found;
  }
  return best;
}

function correlation(hours: ArrayLike<number>, values: ArrayLike<number>, lag: number): number {
  let n = 0;
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
  let seen = 0;
  for (let i = 0; i < values.length; i++) {
    const y = values[i]!;
    if (Number.isNaN(y)) continue;
    const x = dayCycle(hours[i]! - lag);
    n++;
    seen |= 1 << Math.floor(hours[i]! / 3);
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  let parts = 0;
  for (let bits = seen; bits > 0; bits >>= 1) parts += bits & 1;
  if (n < 12 || parts < 6) return NaN;
  const across = n * sxx - sx * sx;
  const up = n * syy - sy * sy;
  return across > 0 && up > 0 ? (n * sxy - sx * sy) / Math.sqrt(across * up) : NaN;
}

/** What is known of methane in one space when its source is judged. */
export interface MethaneSigns {
  /** %vol in an hour at its steepest of late. */
  readonly risePerHour: number;
  /** Of `dayCycleCorrelation`; NaN where it is not known. */
  readonly cycle: number;
  /** Spaces within 50 m that rise together with it. */
  readonly risingNear: number;
  /** Fall of the gas pressure near it beyond the usual, in deviations; 0 where nothing is measured. */
  readonly pressureFall: number;
}

export interface MethaneVerdict {
  readonly source: 'leak' | 'marsh-gas' | 'unclear';
  /** 0 to 1. */
  readonly confidence: number;
}

/** A rise that no rotting makes, %vol in an hour [P]: sewer gas gathers over a day. */
const SUDDEN_PER_HOUR = 0.5;
const FOLLOWS_DAY = 0.8;

/**
 * Natural gas from a leak or gas of decay (沼气): a leak if two points within 50 m rise together, or if it does not follow the
 * temperature's day cycle (domain 1.3 [P]); a sudden rise and a falling pressure speak for it too. Ethane or odourant would
 * decide, and are not measured here.
 */
export function judgeMethane({ risePerHour, cycle, risingNear, pressureFall }: MethaneSigns): MethaneVerdict {
  let leak = 0;
  if (risePerHour > SUDDEN_PER_HOUR) leak += 0.35 + Math.min(0.15, 0.05 * (risePerHour / SUDDEN_PER_HOUR - 1));
  if (risingNear > 0) leak += 0.35;
  if (pressureFall > 4) leak += 0.25;
  const followsDay = !Number.isNaN(cycle) && cycle >= FOLLOWS_DAY;
  if (!Number.isNaN(cycle) && cycle < 0.3) leak += 0.25;
  if (leak >= 0.35) return { source: 'leak', confidence: Math.min(0.95, 0.4 + leak - (followsDay ? 0.2 : 0)) };
  if (followsDay) return { source: 'marsh-gas', confidence: Math.min(0.9, 0.3 + 0.6 * cycle) };
  return leak > 0 ? { source: 'leak', confidence: 0.4 } : { source: 'unclear', confidence: 0.3 };
}
