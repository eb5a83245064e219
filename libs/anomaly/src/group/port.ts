/**
 * What made a group's score.
 * - `none` nothing learned yet, or a row without a value
 * - `off-course` one sensor left its own course
 * - `off-neighbours` one sensor is not where the others say that it should be
 * - `off-together` many sensors are a little off at once (Hotelling's T-squared)
 */
export const GROUP_REASONS = ['none', 'off-course', 'off-neighbours', 'off-together'] as const;
export type GroupReason = (typeof GROUP_REASONS)[number];

/** What one row was found to be. One object a scorer, its arrays too, overwritten by the next push. */
export interface GroupScore {
  /** 0 (as always) to 1 (never like this); 0.5 is the limit. */
  score: number;
  /** The score is at or above 0.5. */
  flag: boolean;
  reason: GroupReason;
  /** How far off, in deviations that the learning rows showed; the limit is `GroupOptions.limit`. */
  strength: number;
  /** A channel: what was expected of it here, in its unit; NaN while nothing is learned of it. */
  readonly expected: Float64Array;
  /** A channel: deviations from what was expected, smoothed, with its sign; 0 while nothing is learned or no value came for some rows. */
  readonly deviation: Float64Array;
  /** A channel: what one deviation is, in its unit; 0 while nothing is learned. */
  readonly spread: Float64Array;
  /** A channel: its part in the score; together 1, or all 0 where there is nothing to carry. */
  readonly share: Float64Array;
  /** Channel numbers, the one that carries most first. */
  readonly carriers: Uint16Array;
}

/** Scores rows of several sensors, in order, in bounded memory. Never throws on a row and never gives NaN as a score. */
export interface GroupScorer {
  /** Takes the next row, a value a channel; one that is not finite counts as missing. Missing channels at the end may be left out. */
  push(values: ArrayLike<number>): Readonly<GroupScore>;
  /** Whether the learning rows are over. */
  readonly learned: boolean;
  /** Forgets all and learns anew. */
  reset(): void;
  /** Whole state, of one length as long as the options are the same; `restore` takes a copy of it. */
  readonly state: Float64Array;
  checkpoint(): Float64Array;
  /** @throws AnomalyCheckpointError where it is of another version, or of other options; the scorer is then as it was */
  restore(checkpoint: Float64Array): void;
}

export interface GroupOptions {
  /** Channels in a row, 1 to 64. */
  readonly channels: number;
  /**
   * Rows to learn from before the first score.
   * @default 400
   */
  readonly learnRows?: number;
  /**
   * `first`: spreads and ties are those of the learning rows for good. `continuous`: they go on to be learned from rows without a
   * flag, and what has been flagged for `adoptRows` rows on end becomes the usual.
   * @default first
   */
  readonly learning?: 'first' | 'continuous';
  /**
   * @default learnRows
   */
  readonly adoptRows?: number;
  /**
   * Rows over which deviations are smoothed: longer finds smaller changes, later.
   * @default 12
   */
  readonly smoothRows?: number;
  /**
   * Deviations of the smoothed residuals at which a row is flagged.
   * @default 4.5
   */
  readonly limit?: number;
}
