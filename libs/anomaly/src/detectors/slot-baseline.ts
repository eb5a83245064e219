import type { StateMemory } from '../state-memory.js';

/**
 * How long ago a slot's readings are forgotten to 1/e, in time spent in that slot: an hour's visit weighs 40 % of all visits,
 * whether it brought 2 readings or 3600.
 */
const FORGET_MS = 7_200_000;
/** Even a lone reading after a gap does not outweigh what the slot held. */
const LARGEST_WEIGHT = 0.5;
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
  readonly #lastMs: Float64Array;
  readonly #slotMs: number;

  constructor(memory: StateMemory, slots: number, slotMs: number) {
    this.#means = memory.doubles(slots);
    this.#deviations = memory.doubles(slots);
    this.#counts = memory.floats(slots);
    this.#lastMs = memory.doubles(1);
    this.#lastMs[0] = NaN;
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
    // Counts serve the first readings alone; single precision stops them at 2^24, far beyond.
    this.#counts[slot]!++;
    const weight = Math.max(1 / this.#counts[slot]!, this.#timeWeight(atMs));
    const residual = value - this.#means[slot]!;
    this.#means[slot]! += residual * weight;
    this.#deviations[slot]! += (Math.abs(residual) - this.#deviations[slot]!) * weight;
  }

  /** The weight of a reading by the time since the one before: the same over an hour at any rate of readings. */
  #timeWeight(atMs: number): number {
    const sinceMs = Math.max(0, Math.min(this.#slotMs, atMs - this.#lastMs[0]!));
    this.#lastMs[0] = atMs;
    return Number.isNaN(sinceMs) ? 0 : Math.min(LARGEST_WEIGHT, 1 - Math.exp(-sinceMs / FORGET_MS));
  }

  #slotOf(atMs: number): number {
    const slots = this.#means.length;
    const slot = Math.floor(atMs / this.#slotMs) % slots;
    return slot < 0 ? slot + slots : slot;
  }
}
