import type { StateMemory } from './state-memory.js';

const [KEPT, STEP, SKIPPED, FRESH] = [0, 1, 2, 3];
const FIELDS = 4;
/** Quantiles are read anew after so many kept values: they move by 1/16 of the sample at the most. */
const STALE_AFTER = 16;

/**
 * Quantiles of all values so far from an evenly thinned sample: every k-th value is kept, and when the sample is full each second
 * one goes and k doubles. No chance in it, so a replay gives the same; within 1/capacity of the exact rank for values that do
 * not repeat at a multiple of k.
 */
export class QuantileSample {
  readonly #fields: Float64Array;
  readonly #values: Float64Array;
  readonly #quantiles: Float64Array;
  readonly #sorted: Float64Array;
  readonly #ranks: readonly number[];

  /** @param ranks the quantiles to keep ready, each 0..1 */
  constructor(memory: StateMemory, capacity: number, ranks: readonly number[]) {
    this.#fields = memory.doubles(FIELDS);
    this.#values = memory.doubles(capacity);
    this.#quantiles = memory.doubles(ranks.length);
    this.#sorted = new Float64Array(capacity);
    this.#ranks = ranks;
    this.#fields[STEP] = 1;
  }

  add(value: number): void {
    const f = this.#fields;
    f[SKIPPED]!++;
    if (f[SKIPPED]! < f[STEP]!) return;
    f[SKIPPED] = 0;
    if (f[KEPT] === this.#values.length) {
      const half = this.#values.length / 2;
      for (let i = 0; i < half; i++) this.#values[i] = this.#values[2 * i]!;
      f[KEPT] = half;
      f[STEP]! *= 2;
    }
    this.#values[f[KEPT]!] = value;
    f[KEPT]!++;
    f[FRESH]!++;
    if (f[FRESH]! >= STALE_AFTER || f[KEPT]! < 64) this.#refresh();
  }

  /** The quantile at the given place of `ranks`; NaN where nothing was added. */
  at(rank: number): number {
    return this.#fields[KEPT] === 0 ? NaN : this.#quantiles[rank]!;
  }

  #refresh(): void {
    const kept = this.#fields[KEPT]!;
    this.#fields[FRESH] = 0;
    const sorted = this.#sorted.subarray(0, kept);
    sorted.set(this.#values.subarray(0, kept));
    sorted.sort();
    this.#ranks.forEach((rank, i) => (this.#quantiles[i] = sorted[Math.min(kept - 1, Math.floor(rank * kept))]!));
  }
}
