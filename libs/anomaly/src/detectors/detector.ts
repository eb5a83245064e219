import type { AnomalyReason } from '../port.js';

/** What the detectors are told about the newest reading: filled anew for each, from the readings before it. */
export interface ReadingView {
  value: number;
  /** The usual spread of the series: a robust standard deviation, above 0. */
  spread: number;
  /** What this hour of the week is expected to hold; NaN while it has not been seen. */
  week: number;
  /** What this hour of the day is expected to hold; NaN while it has not been seen. */
  day: number;
  /** The expectation in use: by week, else by day, else NaN. */
  expected: number;
  /** How far readings usually are from `expected` in that slot, mean absolute; NaN as `expected`. */
  deviation: number;
}

/**
 * One way to be surprised by a reading. Strengths have no common unit: the tail of each detector makes them comparable. State
 * lives in the memory that the constructor is given.
 */
export interface Detector {
  readonly reason: AnomalyReason;
  /** How odd the reading is, 0 or more; NaN where nothing can be said yet. Learns the reading afterwards. */
  strength(reading: ReadingView): number;
}
