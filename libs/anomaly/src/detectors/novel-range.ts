import type { StateMemory } from '../state-memory.js';

/**
 * The extremes so far, and how far a reading lies outside of them: a record is news in any series, and the rarer the longer it
 * runs (the n-th of equally distributed readings is a record with chance 1/n; K. N. Chandler, "The distribution and frequency of
 * record values", Journal of the Royal Statistical Society B 14, 1952).
 */
export class NovelRange {
  readonly #extremes: Float64Array;

  constructor(memory: StateMemory) {
    this.#extremes = memory.doubles(2);
    this.#extremes[0] = Infinity;
    this.#extremes[1] = -Infinity;
  }

  get low(): number {
    return this.#extremes[0]!;
  }

  get high(): number {
    return this.#extremes[1]!;
  }

  /** How far outside the range so far, in the unit of the series; 0 inside. */
  excess(value: number): number {
    return Math.max(0, value - this.high, this.low - value);
  }

  learn(value: number): void {
    if (value < this.low) this.#extremes[0] = value;
    if (value > this.high) this.#extremes[1] = value;
  }
}
