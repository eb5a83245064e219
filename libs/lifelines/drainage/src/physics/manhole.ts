/** What is known of a manhole whose water stands higher than usual. */
export interface ManholeSigns {
  /** Water over what is usual at this hour and rain, m. */
  readonly excessM: number;
  /** Height of the water, m above datum; NaN where the cover's height is not known. */
  readonly waterHeightM: number;
  /** Invert of the manhole, m above datum; NaN where it is not known. */
  readonly invertM: number;
  /** Level of the river at its outfall, m above datum; NaN where it is not measured. */
  readonly riverM: number;
  /** Rain of the last hour, mm; NaN where it is not measured. */
  readonly rainMm: number;
  /** Other manholes of the same outfall that are measured, and how many of those stand higher than usual too. */
  readonly others: number;
  readonly othersHigh: number;
}

export type ManholeCause = 'blockage' | 'backflow' | 'rain' | 'unclear';

/** [P], editable. */
export const MANHOLE_LIMITS = {
  /** Water over the usual that counts as backed up. */
  excessM: 0.35,
  /** Rain in an hour that explains a high level. */
  rainMm: 2,
  /** Water that stands within this of the river's level stands in its backwater. */
  backwaterM: 0.4,
} as const;

/**
 * Why water stands in a manhole: the river comes in where its level is above the invert and the water stands as high as it;
 * rain explains it where it rains and others are high too; else something blocks the drain below (domain 4.1, rules ours [P]).
 */
export function judgeManhole(signs: ManholeSigns): { readonly cause: ManholeCause; readonly confidence: number } {
  const { waterHeightM, invertM, riverM, rainMm, others, othersHigh } = signs;
  const backwater = riverM > invertM && Math.abs(waterHeightM - riverM) < MANHOLE_LIMITS.backwaterM;
  if (backwater)
    return {
      cause: 'backflow',
      confidence: Math.min(0.9, 0.55 + (othersHigh > 0 ? 0.25 : 0) + (rainMm < 1 ? 0.1 : 0)),
    };
  const rains = rainMm >= MANHOLE_LIMITS.rainMm;
  const manyHigh = others > 0 && othersHigh / others > 0.4;
  if (rains && (manyHigh || others === 0)) return { cause: 'rain', confidence: 0.7 };
  if (manyHigh) return { cause: 'unclear', confidence: 0.4 };
  const alone = others > 0 ? 0.2 : 0;
  if (rains) return { cause: 'blockage', confidence: 0.4 + alone };
  return { cause: 'blockage', confidence: 0.5 + alone + (Number.isNaN(rainMm) ? 0 : 0.2) };
}
