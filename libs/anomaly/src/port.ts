/**
 * Why a reading stands out: the detector that was the most surprised.
 * - `none` nothing to report
 * - `off-week` far from what this hour of the week held before
 * - `off-day` far from what this hour of the day held before
 * - `off-course` for some twenty readings to one side of what this hour of the week held before
 * - `beyond-range` lower or higher than anything seen
 * - `new-shape` the course of the last readings is like none learned
 */
export const ANOMALY_REASONS = ['none', 'off-week', 'off-day', 'off-course', 'beyond-range', 'new-shape'] as const;
export type AnomalyReason = (typeof ANOMALY_REASONS)[number];

/** What one reading was found to be. One object a scorer, overwritten by the next push. */
export interface AnomalyScore {
  /** 0 (as always) to 1 (never like this); 0.5 is a good level to report at. Not 0 only on rows worth a report of their own. */
  score: number;
  reason: AnomalyReason;
  /** What was expected here, in the unit of the series; NaN while nothing is learned. */
  expected: number;
  /** The band of the usual around `expected`; NaN while nothing is learned. */
  low: number;
  high: number;
}

/** Scores the readings of one series, in order, in bounded memory. Never throws on a reading and never gives NaN as a score. */
export interface AnomalyScorer {
  /**
   * Takes the next reading. A value that is not finite scores 0 and teaches nothing; so does a time that is not finite.
   * @param atMs measured time, milliseconds since 1970
   */
  push(atMs: number, value: number): Readonly<AnomalyScore>;
  /** Bytes of state, fixed when the scorer is made. */
  readonly bytes: number;
  /** Whole state in one copy of fixed length (`bytes`). */
  checkpoint(): Uint8Array;
  /** @throws AnomalyCheckpointError where it is of another version or length; the scorer is then as it was */
  restore(checkpoint: Uint8Array): void;
}

export interface AnomalyOptions {
  /**
   * Readings until a report no longer silences weaker ones; its bar sinks evenly until then.
   * @default 400
   */
  readonly quietReadings?: number;
  /**
   * Shapes remembered by each of the two shape detectors, 72 bytes each.
   * @default 256
   */
  readonly shapes?: number;
}
