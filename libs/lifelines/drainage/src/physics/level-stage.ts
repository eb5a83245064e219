/** 1 the worst, 3 the least; 0 none. */
export type LevelStage = 0 | 1 | 2 | 3;

/** Road ponding, cm (domain 4.1: 15 a lane's design cap, 27 closing practice [M], 40 [P]). */
export const PONDING_CM = { level3: 15, level2: 27, level1: 40, risePer10Min: 10 } as const;
/** Water under the cover of a manhole, m (domain 4.1 [P]). */
export const MANHOLE_M = { level2: 0.5, level1: 0.1 } as const;

/**
 * Stage of standing water (domain 4.1).
 * @param riseCmPer10Min an underpass that fills by more than 10 cm in 10 minutes is at level 1 from 15 cm on
 */
export function pondingStage(depthCm: number, riseCmPer10Min = 0): LevelStage {
  if (depthCm >= PONDING_CM.level1) return 1;
  if (depthCm >= PONDING_CM.level3 && riseCmPer10Min > PONDING_CM.risePer10Min) return 1;
  if (depthCm >= PONDING_CM.level2) return 2;
  return depthCm >= PONDING_CM.level3 ? 3 : 0;
}

/**
 * Stage of water in a manhole (domain 4.1 [P]); level 3 (a full pipe) must last 15 minutes, which the caller counts.
 * @param belowCoverM water under the cover
 * @param waterM water over the invert; `pipeM` the diameter of its pipe, NaN where it is not known
 */
export function manholeStage(belowCoverM: number, waterM: number, pipeM = NaN): LevelStage {
  if (belowCoverM <= MANHOLE_M.level1) return 1;
  if (belowCoverM <= MANHOLE_M.level2) return 2;
  return waterM >= pipeM ? 3 : 0;
}
