import { invertSymmetric } from './symmetric-matrix.js';

/** Smoothed errors beyond so many deviations teach no more than one at that distance of how channels move together. */
const TIE_REACH = 4;
/** Sweeps that fill in missing channels from the others. */
const FILL_SWEEPS = 20;
/** A channel is held against its neighbours' values where they leave at most this share of its variance open. */
const MOST_LEFT_OPEN = 0.5;

/** How the channels of a group move together: learned from their standardised smoothed errors, not from their values, so that two
 * that merely drift at the same time are not tied to each other. */
export class Neighbours {
  readonly #n: number;
  /** Sums of products of standardised errors: smoothed at each channel's pace, and plain at the pace common to all. */
  readonly #ties: Float64Array;
  readonly #commonTies: Float64Array;
  readonly #inverse: Float64Array;
  /** What a neighbour's value less its anchor adds to a channel's; a row without any is of a channel that stands alone. */
  readonly #slopes: Float64Array;
  readonly #anchors: Float64Array;

  static doubles(channels: number): number {
    return 4 * channels * channels + channels;
  }

  constructor(state: Float64Array, channels: number) {
    const [n, square] = [channels, channels * channels];
    this.#n = n;
    this.#ties = state.subarray(0, square);
    this.#inverse = state.subarray(square, 2 * square);
    this.#slopes = state.subarray(2 * square, 3 * square);
    this.#commonTies = state.subarray(3 * square, 4 * square);
    this.#anchors = state.subarray(4 * square, 4 * square + n);
  }

  /** Learns from a row of smoothed errors, in deviations; one that is missing is 0. */
  learn(z: Float64Array): void {
    addProducts(this.#ties, z);
  }

  /** Learns from a row of plain errors at the common pace, for the regression. */
  learnCommon(z: Float64Array): void {
    addProducts(this.#commonTies, z);
  }

  forget(keep: number): void {
    for (let k = 0; k < this.#ties.length; k++) this.#ties[k]! *= keep;
  }

  /**
   * Makes of what was learned the ties that rows are held against.
   * @param looks independent rows behind them: the fewer a channel, the more they are mixed with no ties at all, which keeps the
   *   inverse steady (Ledoit & Wolf 2004 in its simplest form)
   */
  settle(looks: number): void {
    invertTies(this.#ties, this.#n, looks, this.#inverse);
  }

  /**
   * The regression of each channel on the others, by value; `level` and `deviation` (at the common pace) are those of the channels
   * now.
   */
  regress(looks: number, level: (i: number) => number, deviation: (i: number) => number): void {
    const n = this.#n;
    const inverse = new Float64Array(n * n);
    invertTies(this.#commonTies, n, looks, inverse);
    for (let i = 0; i < n; i++) {
      this.#anchors[i] = level(i);
      const own = inverse[i * n + i]!;
      const stands = 1 / own > MOST_LEFT_OPEN;
      for (let j = 0; j < n; j++) {
        const slope = (-inverse[i * n + j]! / own) * (deviation(i) / deviation(j));
        this.#slopes[i * n + j] = stands || i === j || !Number.isFinite(slope) ? 0 : slope;
      }
    }
  }

  /** What the neighbours' values add to a channel's; NaN where it stands alone, or a neighbour that counts is missing. */
  addedBy(i: number, values: Float64Array): number {
    let [sum, any] = [0, false];
    for (let j = 0; j < this.#n; j++) {
      const slope = this.#slopes[i * this.#n + j]!;
      if (slope === 0) continue;
      any = true;
      sum += slope * (values[j]! - this.#anchors[j]!);
    }
    return any && Number.isFinite(sum) ? sum : NaN;
  }

  /** Sum over the inverse's row and the deviations: with the others as they are, channel i is expected at z[i] - pull * variance. */
  pull(i: number, z: Float64Array): number {
    let sum = 0;
    for (let j = 0; j < this.#n; j++) sum += this.#inverse[i * this.#n + j]! * z[j]!;
    return sum;
  }

  /** Of channel i given the others, in its own variance. */
  variance(i: number): number {
    return 1 / this.#inverse[i * this.#n + i]!;
  }

  /** Gives missing channels what the others expect of them, so that their absence says nothing (Gauss-Seidel). */
  fillMissing(z: Float64Array, tied: Uint8Array): void {
    for (let sweep = 0; sweep < FILL_SWEEPS; sweep++) {
      for (let i = 0; i < this.#n; i++) if (tied[i] === 0) z[i]! -= this.pull(i, z) * this.variance(i);
    }
  }
}

function addProducts(ties: Float64Array, z: Float64Array): void {
  const n = z.length;
  for (let i = 0; i < n; i++) {
    if (z[i] === 0) continue;
    const own = clipTie(z[i]!);
    for (let j = 0; j < n; j++) ties[i * n + j]! += own * clipTie(z[j]!);
  }
}

function invertTies(ties: Float64Array, n: number, looks: number, inverse: Float64Array): void {
  const keep = 1 - n / (n + looks);
  const correlations = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const both = Math.sqrt(ties[i * n + i]! * ties[j * n + j]!);
      correlations[i * n + j] = i === j ? 1 : both > 0 ? (keep * ties[i * n + j]!) / both : 0;
    }
  }
  invertSymmetric(correlations, n, inverse);
}

function clipTie(z: number): number {
  return Math.max(-TIE_REACH, Math.min(TIE_REACH, z));
}
