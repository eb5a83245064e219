/** Shares of the outlet's set pressure, and what else a regulator is judged by (domain 1.2); all [P] but where said, editable. */
export const REGULATOR_LIMITS = {
  low: 0.8,
  high: 1.2,
  relief: 1.3,
  slamShut: 1.4,
  underPressureCutOff: 0.5,
  /** Pressure at which it closes without flow: at most 10 to 20 % over the set one by its class (GB 27790 [M]); the stricter. */
  lockUp: 1.1,
  creepForS: 300,
  /** Flow that counts as none, as a share of the rated one. */
  noFlow: 0.1,
  filterCleanKpa: 10,
  filterWarnKpa: 20,
  filterAlarmKpa: 30,
} as const;

/** What a regulator's outlet says. */
export type OutletState = 'ordinary' | 'low' | 'cut-off' | 'lock-up-high' | 'creep' | 'high' | 'over-pressure';

/**
 * Judges an outlet (domain 1.2): without flow a seat that leaks lets the pressure creep up, with flow a regulator that is too high has failed open.
 *
 * @param outletKpa mean of the last minutes, over the atmosphere
 * @param flowShare flow as a share of the rated one; NaN where it is not measured (then no creep is told from high)
 */
export function outletState(outletKpa: number, setKpa: number, flowShare: number): OutletState {
  const share = outletKpa / setKpa;
  if (share < REGULATOR_LIMITS.underPressureCutOff) return 'cut-off';
  if (share < REGULATOR_LIMITS.low) return 'low';
  if (share > REGULATOR_LIMITS.slamShut) return 'over-pressure';
  const quiet = flowShare <= REGULATOR_LIMITS.noFlow;
  if (share > REGULATOR_LIMITS.high) return quiet ? 'creep' : 'high';
  return quiet && share > REGULATOR_LIMITS.lockUp ? 'lock-up-high' : 'ordinary';
}

export type FilterState = 'clean' | 'used' | 'warn' | 'alarm';

/** Judges the pressure loss over a filter, kPa (domain 1.2 [P]); it grows with the square of the flow, so it is scaled to the rated one. */
export function filterState(lossKpa: number, flowShare: number): FilterState {
  const loss = flowShare > 0.2 ? lossKpa / flowShare ** 2 : lossKpa;
  if (loss >= REGULATOR_LIMITS.filterAlarmKpa) return 'alarm';
  if (loss >= REGULATOR_LIMITS.filterWarnKpa) return 'warn';
  return loss < REGULATOR_LIMITS.filterCleanKpa ? 'clean' : 'used';
}

/** A pressure that swings to and fro. */
export interface Swing {
  /** Half the way between crest and trough, in the values' unit (of a sine of the same deviation). */
  readonly amplitude: number;
  readonly periodS: number;
  /** 1 where it swings in one period alone; near 0 where it is noise. */
  readonly regularity: number;
}

/**
 * Hunting (喘振) of a regulator: the strongest period of a record without its trend, by autocorrelation.
 *
 * @param values evenly spaced, at least 24
 * @param stepS seconds between two
 * @returns undefined where there are too few
 */
export function swingOf(values: ArrayLike<number>, stepS: number): Swing | undefined {
  const n = values.length;
  if (n < 24) return undefined;
  const flat = withoutTrend(values);
  let power = 0;
  for (const value of flat) power += value * value;
  // At rest, but for the last bits of the arithmetic.
  if (Math.sqrt(power / n) <= 1e-9 * Math.abs(values[0]!)) return { amplitude: 0, periodS: 0, regularity: 0 };
  let [best, bestLag, sunk] = [0, 0, false];
  for (let lag = 2; lag <= n / 2; lag++) {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += flat[i]! * flat[i - lag]!;
    const share = (sum / (n - lag)) * (n / power);
    // The first hill after the autocorrelation has sunk under zero is the period, not noise that follows itself.
    if (share < 0) sunk = true;
    if (sunk && share > best + 0.02) [best, bestLag] = [share, lag];
  }
  return { amplitude: Math.sqrt((2 * power) / n), periodS: bestLag * stepS, regularity: Math.min(1, best) };
}

function withoutTrend(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const middle = (n - 1) / 2;
  let [mean, across, along] = [0, 0, 0];
  for (let i = 0; i < n; i++) mean += values[i]! / n;
  for (let i = 0; i < n; i++) {
    across += (i - middle) * (values[i]! - mean);
    along += (i - middle) ** 2;
  }
  return Float64Array.from({ length: n }, (_, i) => values[i]! - mean - (across / along) * (i - middle));
}
