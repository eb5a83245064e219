import type { StateMemory } from '../state-memory.js';
import type { Detector, ReadingView } from './detector.js';

/** Weight of the newest residual: about the last twenty readings count. */
const NEWEST_WEIGHT = 0.1;

/**
 * The smoothed distance to the hour of the week, with its sign: small departures to one side add up, noise to both sides does
 * not. The chart of exponentially weighted means (S. W. Roberts, "Control chart tests based on geometric moving averages",
 * Technometrics 1, 1959) over seasonal residuals.
 */
export class OffCourse implements Detector {
  readonly reason = 'off-course';
  readonly #smoothed: Float64Array;

  constructor(memory: StateMemory) {
    this.#smoothed = memory.doubles(1);
  }

  strength({ value, spread, week }: ReadingView): number {
    if (!Number.isNaN(week)) this.#smoothed[0]! += NEWEST_WEIGHT * ((value - week) / spread - this.#smoothed[0]!);
    return Math.abs(this.#smoothed[0]!);
  }
}
