import type { StateMemory } from '../state-memory.js';
import type { Detector, ReadingView } from './detector.js';

/** A shape: so many means of so many readings each. */
const PARTS = 8;
/** A shape nearer than this to a category (in usual spreads a part) is of that category, which grows to hold it. */
const VIGILANCE = 0.05;

/** Distances are measured by how far shapes usually are from that category, and by this share of the usual spread. */
const LEAST_SHARE_OF_SPREAD = 0.1;
/** Weight of the newest distance in a category's usual one, once it has many; and the most a distance counts, in spreads. */
const NEWEST_WEIGHT = 0.1;
const LARGEST_DISTANCE = 3;

const [READINGS, PART_SUM, PARTS_SEEN, CATEGORIES_USED, SEED, LAST] = [0, 1, 2, 3, 4, 5];
const FIELDS = 6;
/** Shapes wait for one whole shape before they teach, or each would be matched by its own beginning. */
const RING = 2 * PARTS + 1;

/**
 * How unlike all learned categories the last readings are. A category is a box in the space of shapes (the last readings as
 * eight means, piecewise aggregate approximation: E. Keogh et al., Knowledge and Information Systems 3, 2001); a shape near one
 * widens it, one near none founds its own, as in fuzzy adaptive resonance (G. A. Carpenter, S. Grossberg, D. B. Rosen, "Fuzzy
 * ART", Neural Networks 4, 1991). The distance to the nearest box is a streaming discord (E. Keogh, J. Lin, A. Fu, "HOT SAX",
 * ICDM 2005). It is measured by how far the shapes of that category usually are. When all categories are taken, a new one replaces one by a fixed pseudo-random sequence. Cost: two passes
 * over the categories a part.
 */
export class NewShape implements Detector {
  readonly reason = 'new-shape';
  readonly #readingsAPart: number;
  readonly #categories: number;
  readonly #fields: Float64Array;
  readonly #ring: Float64Array;
  readonly #low: Float32Array;
  readonly #high: Float32Array;
  /** Of each category: the mean distance of the shapes it was nearest to, in spreads, and how many those were. */
  readonly #usual: Float32Array;
  readonly #met: Float32Array;
  readonly #shape = new Float32Array(PARTS);
  #nearest = 0;

  /**
   * @param readingsAPart a shape is eight times as many readings
   * @param categories how many shapes are remembered: 72 bytes each
   */
  constructor(memory: StateMemory, readingsAPart: number, categories: number) {
    this.#readingsAPart = readingsAPart;
    this.#categories = categories;
    this.#fields = memory.doubles(FIELDS);
    this.#ring = memory.doubles(RING);
    this.#low = memory.floats(categories * PARTS);
    this.#high = memory.floats(categories * PARTS);
    this.#usual = memory.floats(categories);
    this.#met = memory.floats(categories);
  }

  /** The distance of the shape that ended with the last whole part to the nearest category, over that category's usual one. */
  strength({ value, spread }: ReadingView): number {
    const f = this.#fields;
    f[PART_SUM]! += value;
    f[READINGS]!++;
    if (f[READINGS]! < this.#readingsAPart) return f[LAST]!;
    this.#ring[f[PARTS_SEEN]! % RING] = f[PART_SUM]! / this.#readingsAPart;
    f[PARTS_SEEN]!++;
    f[PART_SUM] = 0;
    f[READINGS] = 0;
    if (f[PARTS_SEEN]! < PARTS) return f[LAST]!;
    this.#take(0);
    f[LAST] = f[CATEGORIES_USED] === 0 ? 0 : this.#compare(spread);
    if (f[PARTS_SEEN]! >= 2 * PARTS) {
      this.#take(PARTS);
      this.#learn(spread);
    }
    return f[LAST]!;
  }

  /** Reads the shape that ended so many parts ago. */
  #take(partsAgo: number): void {
    const first = this.#fields[PARTS_SEEN]! - partsAgo - PARTS;
    for (let part = 0; part < PARTS; part++) this.#shape[part] = this.#ring[(first + part) % RING]!;
  }

  /** The strength of the taken shape; its distance then counts for the category it is nearest to. */
  #compare(spread: number): number {
    const distance = this.#distance() / spread;
    const category = this.#nearest / PARTS;
    const strength = distance / (LEAST_SHARE_OF_SPREAD + this.#usual[category]!);
    this.#met[category]!++;
    const weight = Math.max(1 / (this.#met[category]! + 1), NEWEST_WEIGHT);
    this.#usual[category]! += (Math.min(LARGEST_DISTANCE, distance) - this.#usual[category]!) * weight;
    return strength;
  }

  /**
   * Root mean square distance a part of the taken shape to the nearest category, in the unit of the series; notes where that
   * is.
   */
  #distance(): number {
    const shape = this.#shape;
    const low = this.#low;
    const high = this.#high;
    const end = this.#fields[CATEGORIES_USED]! * PARTS;
    // Where the shape before was nearest, this one is near too: most others are then left after a few parts. A hair above, so
    // that the first of equals is found whatever the hint.
    let nearest = this.#nearest < end ? this.#squared(this.#nearest) * (1 + 1e-9) + Number.MIN_VALUE : Infinity;
    for (let at = 0; at < end; at += PARTS) {
      let sum = 0;
      for (let part = 0; part < PARTS && sum < nearest; part++) {
        const x = shape[part]!;
        const from = low[at + part]!;
        const to = high[at + part]!;
        const outside = x < from ? from - x : x > to ? x - to : 0;
        sum += outside * outside;
      }
      if (sum < nearest) {
        nearest = sum;
        this.#nearest = at;
      }
    }
    return Math.sqrt(nearest / PARTS);
  }

  /** The sum of squared distances of the taken shape to one category. */
  #squared(at: number): number {
    let sum = 0;
    for (let part = 0; part < PARTS; part++) {
      const x = this.#shape[part]!;
      const from = this.#low[at + part]!;
      const to = this.#high[at + part]!;
      const outside = x < from ? from - x : x > to ? x - to : 0;
      sum += outside * outside;
    }
    return sum;
  }

  #learn(spread: number): void {
    const f = this.#fields;
    if (f[CATEGORIES_USED]! > 0 && this.#distance() < VIGILANCE * spread) {
      for (let part = 0, at = this.#nearest; part < PARTS; part++, at++) {
        this.#low[at] = Math.min(this.#low[at]!, this.#shape[part]!);
        this.#high[at] = Math.max(this.#high[at]!, this.#shape[part]!);
      }
      return;
    }
    let category: number;
    if (f[CATEGORIES_USED]! < this.#categories) category = f[CATEGORIES_USED]!++;
    else {
      // Numerical Recipes' linear congruence: the same replay replaces the same categories.
      f[SEED] = (Math.imul(f[SEED]!, 1664525) + 1013904223) >>> 0;
      category = Math.floor((f[SEED]! / 2 ** 32) * this.#categories);
    }
    // The usual distance stays with the place: where all is new, it is far, and a new shape is no tighter than the one it replaces.
    this.#low.set(this.#shape, category * PARTS);
    this.#high.set(this.#shape, category * PARTS);
  }
}
