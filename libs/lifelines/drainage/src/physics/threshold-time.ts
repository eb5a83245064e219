/** A level's line as it stands: of `robustSlope`, with the noise of one reading. */
export interface LevelTrend {
  /** On the line, now. */
  readonly now: number;
  /** Per second; positive rises. */
  readonly slope: number;
  readonly slopeError: number;
  /** Standard error of `now`. */
  readonly nowError: number;
}

/** When a level reaches a threshold, seconds from now: the likeliest time and the bounds of two standard errors. */
export interface ThresholdTime {
  readonly inS: number;
  readonly earliestS: number;
  /** Infinity where the slope might as well be none. */
  readonly latestS: number;
}

/**
 * Time until a rising (or, with a threshold below, falling) level reaches a threshold, by its straight line, with the
 * uncertainty of both the level and the slope (their errors taken at two standard errors each way; domain 4.1 asks for rates of
 * rise, the extrapolation is ours [P]).
 *
 * @returns undefined where the level is at rest, goes the other way or has passed the threshold
 */
export function timeToThreshold(trend: LevelTrend, threshold: number): ThresholdTime | undefined {
  const sign = threshold >= trend.now ? 1 : -1;
  const wayLeft = Math.abs(threshold - trend.now);
  const slope = sign * trend.slope;
  if (!(slope > 0) || wayLeft === 0) return undefined;
  const slowest = slope - 2 * trend.slopeError;
  return {
    inS: wayLeft / slope,
    earliestS: Math.max(0, wayLeft - 2 * trend.nowError) / (slope + 2 * trend.slopeError),
    latestS: slowest > 0 ? (wayLeft + 2 * trend.nowError) / slowest : Infinity,
  };
}
