import type { StateMemory } from '../state-memory.js';
import type { Detector, ReadingView } from './detector.js';

/**
 * How far the reading lies outside of all readings so far: a record is news in any series, and the rarer the longer it runs (the
 * n-th of equally distributed readings is a record with chance 1/n; K. N. Chandler, "The distribution and frequency of record
 * values", Journal of the Royal Statistical Society B 14, 1952).
 */
export class BeyondRange implements Detector {
  readonly reason = 'beyond-range';
  readonly #extremes: Float64Array;

  constructor(memory: StateMemory) {
    this.#extremes = memory.doubles(2);
    this.#extremes[0] = Infinity;
    this.#extremes[1] = -Infinity;
  }

  /** Highest less lowest reading so far; 0 before there are two. */
  get width(): number {
    return Math.max(0, this.#extremes[1]! - this.#extremes[0]!);
  }

  strength({ value, spread }: ReadingView): number {
    const [low, high] = [this.#extremes[0]!, this.#extremes[1]!];
    if (value < low) this.#extremes[0] = value;
    if (value > high) this.#extremes[1] = value;
    return low > high ? 0 : Math.max(0, value - high, low - value) / spread;
  }
}
