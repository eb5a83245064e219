import type { StateMemory } from '../state-memory.js';

/** The weight of the newest reading once a slot has many: what a slot held some twenty readings ago is half forgotten. */
const NEWEST_WEIGHT = 0.05;
/** Readings a slot must have before it expects anything. */
const ENOUGH = 2;

/**
 * What each slot of a repeating calendar (hour of the week, half hour of the day; UTC) usually holds: an exponentially weighted
 * mean a slot, which starts as a plain mean (the level of Holt's and Winters' seasonal smoothing, P. R. Winters, Management
 * Science 6, 1960). In a slot's first round the expectation is that of the minutes before, so it works without any season too.
 */
export class SlotBaseline {
  readonly #means: Float64Array;
  readonly #deviations: Float64Array;
  readonly #counts: Float32Array;
  readonly #slotMs: number;

  constructor(memory: StateMemory, slots: number, slotMs: number) {
    this.#means = memory.doubles(slots);
    this.#deviations = memory.doubles(slots);
    this.#counts = memory.floats(slots);
    this.#slotMs = slotMs;
  }

  /** What is expected at this time; NaN where the slot has not seen enough. */
  expected(atMs: number): number {
    const slot = this.#slotOf(atMs);
    return this.#counts[slot]! >= ENOUGH ? this.#means[slot]! : NaN;
  }

  /** The mean absolute distance to what was expected in this slot. */
  deviation(atMs: number): number {
    return this.#deviations[this.#slotOf(atMs)]!;
  }

  learn(atMs: number, value: number): void {
    const slot = this.#slotOf(atMs);
    // Counting stops where the weight no longer depends on it.
    if (this.#counts[slot]! < 1 / NEWEST_WEIGHT) this.#counts[slot]!++;
    const weight = Math.max(1 / this.#counts[slot]!, NEWEST_WEIGHT);
    const residual = value - this.#means[slot]!;
    this.#means[slot]! += residual * weight;
    this.#deviations[slot]! += (Math.abs(residual) - this.#deviations[slot]!) * weight;
  }

  #slotOf(atMs: number): number {
    const slots = this.#means.length;
    const slot = Math.floor(atMs / this.#slotMs) % slots;
    return slot < 0 ? slot + slots : slot;
  }
}
