import type { StateMemory } from './state-memory.js';

/** Strengths from 1e-3 to 1e6 in four steps an octave, and one bucket for what is smaller. */
const SMALLEST = 1e-3;
const STEPS_AN_OCTAVE = 4;
const BUCKETS = 121;
/** Below so many strengths seen, nothing is called rare. */
const LEARNING = 50;
/** When so many are counted all counts are halved: the far past fades, and no count grows without end. */
const FADE_AT = 20_000;
/** Keeps a tail of few strengths, or of equal ones, from looking certain: one pretended strength far out, and a least index. */
const PRIOR_LOGS = 2;
const LEAST_INDEX = 0.2;
/** The share of strengths that the fitted tail starts from. */
const TAIL_SHARE = 0.02;

/**
 * How rare a strength is among all strengths of one detector so far: the empirical tail while ten or more were stronger, beyond
 * it a Pareto tail whose index is Hill's estimate over the strongest 2 % (B. M. Hill, "A simple general approach to inference
 * about the tail of a distribution", Annals of Statistics 3, 1975; for streams: A. Siffer et al., "Anomaly detection in streams
 * with extreme value theory", KDD 2017). It makes detectors of different units, and series, comparable.
 */
export class Tail {
  readonly #counts: Float32Array;
  readonly #total: Float64Array;

  constructor(memory: StateMemory) {
    this.#counts = memory.floats(BUCKETS);
    this.#total = memory.doubles(1);
  }

  /**
   * Decades of rarity of the strength (2 = one in a hundred), 0..12, against the past; then learns it.
   * @param strength not negative, finite
   */
  surprise(strength: number): number {
    const total = this.#total[0]!;
    const bucket = bucketOf(strength);
    const surprise = total < LEARNING ? 0 : -Math.log10(this.#share(strength, bucket, total));
    this.#counts[bucket]!++;
    this.#total[0] = total + 1;
    if (total + 1 >= FADE_AT) this.#fade();
    return Math.min(12, Math.max(0, surprise));
  }

  #fade(): void {
    for (let i = 0; i < BUCKETS; i++) this.#counts[i]! /= 2;
    this.#total[0]! /= 2;
  }

  #share(strength: number, bucket: number, total: number): number {
    const counts = this.#counts;
    let above = counts[bucket]! / 2;
    for (let i = BUCKETS - 1; i > bucket; i--) above += counts[i]!;
    if (above >= 10) return above / total;
    const wanted = Math.max(10, total * TAIL_SHARE);
    let start = BUCKETS - 1;
    for (let seen = 0; start > 0 && seen + counts[start]! < wanted; start--) seen += counts[start]!;
    const threshold = edgeOf(start);
    if (strength <= threshold) return Math.max(above, 1) / total;
    let [logs, tail] = [0, 0];
    for (let i = BUCKETS - 1; i > start; i--) {
      logs += counts[i]! * Math.log(edgeOf(i - 0.5) / threshold);
      tail += counts[i]!;
    }
    const index = Math.max(LEAST_INDEX, (logs + PRIOR_LOGS) / (tail + 1));
    return Math.min(1, ((tail + 1) / total) * (strength / threshold) ** (-1 / index));
  }
}

function bucketOf(strength: number): number {
  if (!(strength > SMALLEST)) return 0;
  return Math.min(BUCKETS - 1, 1 + Math.floor(Math.log2(strength / SMALLEST) * STEPS_AN_OCTAVE));
}

/** The upper edge of a bucket. */
function edgeOf(bucket: number): number {
  return SMALLEST * 2 ** (bucket / STEPS_AN_OCTAVE);
}
