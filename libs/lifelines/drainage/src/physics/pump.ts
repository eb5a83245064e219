/** What a station's pumps are judged by, all [P], editable (domain 4.1: duty pumps on and rising is level 2). */
export const PUMP_LIMITS = {
  /** Over the usual start level: the pumps should run by now. */
  overStartM: 0.15,
  /** Share of what the pumps used to lift, lost: worth a look, and worn out. */
  wornShare: 0.2,
  wornOutShare: 0.4,
} as const;

/**
 * What the pumps lift, as a rate of level in m/min: what comes in, seen while they rest, and the fall while they run
 * (continuity of the sump).
 * @param fillMMin rise while the pumps rest, m/min
 * @param fallMMin change of level while they run, m/min, negative where it falls
 */
export function pumpRate(fillMMin: number, fallMMin: number): number {
  return fillMMin - fallMMin;
}

/** Share of the pumps' former rate that is lost; negative where they lift more. */
export function efficiencyLoss(usualMMin: number, nowMMin: number): number {
  return usualMMin > 0 ? 1 - nowMMin / usualMMin : 0;
}

export interface SumpSigns {
  readonly levelM: number;
  /** Level at which the pumps usually start. */
  readonly startM: number;
  /** Level at which all pumps run, or the high-high limit. */
  readonly allOnM: number;
  /** m/min; NaN where it is not known. */
  readonly slopeMMin: number;
  /** Rise while the pumps rest, in such weather, m/min; NaN where it is not known. */
  readonly usualFillMMin: number;
  /** mm in the last hour; NaN where it is not known. */
  readonly rainMm: number;
}

export type SumpVerdict =
  | { readonly kind: 'ordinary' }
  /** The level does not fall though the pumps should run: `confidence` that they do not pump. */
  | { readonly kind: 'pumps-fail' | 'inflow-beyond-pumps'; readonly confidence: number };

/**
 * Judges a sump: over its start level and not falling, the pumps do not run, or more comes in than they lift; rain tells the
 * two apart, and so does a rise as fast as while the pumps rest.
 */
export function judgeSump(signs: SumpSigns): SumpVerdict {
  const { levelM, startM, slopeMMin, usualFillMMin, rainMm } = signs;
  if (Number.isNaN(slopeMMin) || levelM < startM + PUMP_LIMITS.overStartM || slopeMMin < 0) return { kind: 'ordinary' };
  const hardRain = rainMm >= 10;
  const fillsAsAtRest = usualFillMMin > 0 && slopeMMin > 0.6 * usualFillMMin;
  if (hardRain && !fillsAsAtRest) return { kind: 'inflow-beyond-pumps', confidence: 0.6 };
  const known = Number.isNaN(rainMm) ? 0.1 : 0.25;
  const confidence = 0.4 + (fillsAsAtRest ? 0.3 : 0) + (hardRain ? 0 : known);
  return { kind: 'pumps-fail', confidence };
}
