import { AnomalyCheckpointError } from '../state-memory.js';
import { ChannelCourse, COURSE_DOUBLES, LEAST_SPREAD_SHARE } from './channel-course.js';
import type { GroupOptions, GroupReason, GroupScore, GroupScorer } from './port.js';
import { invertSymmetric } from './symmetric-matrix.js';

/** "LLG" and the version of the layout. */
const MAGIC = 0x4c4c4701;
const MOST_CHANNELS = 64;
/** Keeps squares and sums finite whatever comes in. */
const LARGEST_VALUE = 1e100;
const LARGEST_DEVIATION = 1000;
/** A level that is not followed may wander away by this much more variance than the learning rows, few as they are, have shown. */
const WANDER_CAUTION = 3;
/** Smoothed errors beyond so many deviations teach no more than one at that distance of how channels move together. */
const TIE_REACH = 4;
/** Continuous learning forgets over so many times the learning rows. */
const MEMORY_LEARNINGS = 4;
/** Sweeps that fill in missing channels from the others. */
const FILL_SWEEPS = 20;

const HEADER = 4;

/**
 * A scorer for rows of several channels. Each channel is followed at the pace at which it wandered while learning
 * (`channel-course.ts`); its errors are smoothed (MEWMA: Lowry et al. 1992) and measured in their learned deviation alone, against
 * what the other channels' errors make of it (regression on the neighbours by the inverse of the correlations), and all together
 * (Hotelling's T-squared). The strongest of these, in deviations, is the strength. See docs/detector.md.
 * @throws RangeError where an option makes no sense
 */
export function createGroupScorer(options: GroupOptions): GroupScorer {
  const { channels, learnRows = 400, learning = 'first', smoothRows = 12, limit = 4.5 } = options;
  for (const [name, value, least, most] of [
    ['channels', channels, 1, MOST_CHANNELS],
    ['learnRows', learnRows, 16, 1e7],
    ['smoothRows', smoothRows, 1, 1e6],
  ] as const) {
    if (!(Number.isSafeInteger(value) && value >= least && value <= most)) {
      throw new RangeError(`${name} is ${value}: give a whole number from ${least} to ${most}`);
    }
  }
  if (!(limit > 0 && limit < LARGEST_DEVIATION)) throw new RangeError(`limit is ${limit}: give deviations above 0`);
  return new CourseGroupScorer(channels, learnRows, learning === 'continuous', smoothRows, limit);
}

class CourseGroupScorer implements GroupScorer {
  readonly state: Float64Array;
  readonly #n: number;
  readonly #learnRows: number;
  readonly #continuous: boolean;
  readonly #limit: number;
  readonly #smoothRows: number;
  readonly #smoothing: number;
  readonly #courses: readonly ChannelCourse[];
  // Views of the state. Header: magic, options, rows taken, rows flagged on end.
  readonly #header: Float64Array;
  readonly #levels: Float64Array;
  readonly #smoothed: Float64Array;
  readonly #variances: Float64Array;
  readonly #paces: Float64Array;
  readonly #wanders: Float64Array;
  /** Rows for which the level was not told its channel's value, those told in part counted in part. */
  readonly #untold: Float64Array;
  /** Sums of products of standardised smoothed errors. */
  readonly #ties: Float64Array;
  readonly #inverse: Float64Array;
  // Only for the row at hand.
  readonly #present: Uint8Array;
  readonly #weights: Float64Array;
  readonly #z: Float64Array;
  readonly #result: GroupScore;

  constructor(channels: number, learnRows: number, continuous: boolean, smoothRows: number, limit: number) {
    const n = channels;
    this.#n = n;
    this.#learnRows = learnRows;
    this.#continuous = continuous;
    this.#limit = limit;
    this.#smoothRows = smoothRows;
    this.#smoothing = 2 / (smoothRows + 1);
    this.state = new Float64Array(HEADER + 6 * n + 2 * n * n + n * COURSE_DOUBLES);
    let at = 0;
    const take = (count: number) => this.state.subarray(at, (at += count));
    this.#header = take(HEADER);
    this.#levels = take(n);
    this.#smoothed = take(n);
    this.#variances = take(n);
    this.#paces = take(n);
    this.#wanders = take(n);
    this.#untold = take(n);
    this.#ties = take(n * n);
    this.#inverse = take(n * n);
    this.#courses = Array.from({ length: n }, () => new ChannelCourse(take(COURSE_DOUBLES), learnRows, smoothRows));
    this.#header[0] = MAGIC;
    this.#header[1] = ((n * 1e7 + learnRows) * 2 + (continuous ? 1 : 0)) * 64 + (smoothRows % 64);
    this.#present = new Uint8Array(n);
    this.#weights = new Float64Array(n);
    this.#z = new Float64Array(n);
    this.#result = {
      score: 0,
      flag: false,
      reason: 'none',
      strength: 0,
      expected: new Float64Array(n).fill(NaN),
      deviation: new Float64Array(n),
      share: new Float64Array(n),
      carriers: Uint16Array.from({ length: n }, (_, i) => i),
    };
  }

  get learned(): boolean {
    return this.#header[2]! >= this.#learnRows;
  }

  push(values: ArrayLike<number>): Readonly<GroupScore> {
    const learned = this.learned;
    if (learned) this.#judge(values);
    else this.#learn(values);
    if (this.#header[2]! < Number.MAX_SAFE_INTEGER) this.#header[2]!++;
    if (!learned && this.learned) this.#settle();
    return this.#result;
  }

  checkpoint(): Float64Array {
    return this.state.slice();
  }

  restore(checkpoint: Float64Array): void {
    const [magic, options] = checkpoint;
    if (checkpoint.length !== this.state.length || magic !== MAGIC || options !== this.#header[1]) {
      throw new AnomalyCheckpointError(
        `not a checkpoint of a group of ${this.#n} channels with these options: learn anew from the history`,
      );
    }
    this.state.set(checkpoint);
  }

  #learn(values: ArrayLike<number>): void {
    const [n, z, result] = [this.#n, this.#z, this.#result];
    this.#clear();
    for (let i = 0; i < n; i++) {
      const value = bounded(values[i]);
      z[i] = 0;
      if (Number.isNaN(value)) continue;
      const course = this.#courses[i]!;
      course.learn(value);
      result.expected[i] = course.level;
      if (!course.known) continue;
      z[i] = clip(course.smoothed / course.deviation, TIE_REACH);
    }
    this.#tie();
  }

  #tie(): void {
    const [n, z, ties] = [this.#n, this.#z, this.#ties];
    for (let i = 0; i < n; i++) {
      if (z[i] !== 0) for (let j = 0; j < n; j++) ties[i * n + j]! += z[i]! * z[j]!;
    }
  }

  /** The learning rows are over: what they showed becomes what rows are held against. */
  #settle(): void {
    for (let i = 0; i < this.#n; i++) {
      const course = this.#courses[i]!;
      // A channel without values yet is learned when it comes; until then nothing is expected of it.
      this.#levels[i] = course.known ? course.level : NaN;
      this.#smoothed[i] = course.known ? course.smoothed : 0;
      this.#variances[i] = course.deviation ** 2;
      this.#paces[i] = course.pace;
      this.#wanders[i] = WANDER_CAUTION * course.wander;
    }
    this.#invert();
  }

  #invert(): void {
    const [n, ties] = [this.#n, this.#ties];
    const correlations = new Float64Array(n * n);
    // Mixed with the identity by how few independent looks there were a channel, so that the inverse is steady (Ledoit & Wolf 2004
    // in its simplest form): smoothed errors are independent about each `smoothRows` rows.
    const keep = 1 - n / (n + this.#learnRows / this.#smoothRows);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const both = Math.sqrt(ties[i * n + i]! * ties[j * n + j]!);
        correlations[i * n + j] = i === j ? 1 : both > 0 ? (keep * ties[i * n + j]!) / both : 0;
      }
    }
    invertSymmetric(correlations, n, this.#inverse);
  }

  #judge(values: ArrayLike<number>): void {
    const [n, z, present] = [this.#n, this.#z, this.#present];
    this.#clear();
    let count = 0;
    for (let i = 0; i < n; i++) {
      const value = bounded(values[i]);
      present[i] = Number.isNaN(value) ? 0 : 1;
      z[i] = 0;
      if (present[i] === 0) {
        this.#smoothed[i]! *= 1 - this.#smoothing;
        this.#untold[i]!++;
      } else if (Number.isNaN(this.#levels[i]!)) {
        this.#learnLate(i, value);
        present[i] = 0;
      } else {
        count++;
        const error = value - this.#levels[i]!;
        this.#smoothed[i]! += this.#smoothing * (error - this.#smoothed[i]!);
        const spread = Math.sqrt(this.#variances[i]! + this.#untold[i]! * this.#wanders[i]!);
        z[i] = clip(this.#smoothed[i]! / spread, LARGEST_DEVIATION);
        this.#follow(i, error);
      }
    }
    if (count > 0) this.#weigh(count);
    if (this.#continuous) this.#learnOn();
  }

  /** A channel that brought its first values only after the learning rows learns its own course first. */
  #learnLate(i: number, value: number): void {
    const course = this.#courses[i]!;
    course.learn(value);
    if (!course.known) return;
    this.#levels[i] = course.level;
    this.#variances[i] = course.deviation ** 2;
    this.#paces[i] = course.pace;
    this.#wanders[i] = WANDER_CAUTION * course.wander;
  }

  /**
   * Lets the level follow its channel, the less the further off it is and not at all beyond the limit (Epanechnikov's weight), so
   * that what is odd does not become the usual by itself.
   */
  #follow(i: number, error: number): void {
    const weight = Math.max(0, 1 - (this.#z[i]! / this.#limit) ** 2);
    this.#levels[i]! += weight * this.#paces[i]! * error;
    this.#untold[i] = (1 - weight) * (this.#untold[i]! + 1);
  }

  /** From the deviations of this row to its strength, reason and carriers. */
  #weigh(count: number): void {
    const [n, z, inverse, present, result] = [this.#n, this.#z, this.#inverse, this.#present, this.#result];
    if (count < n) this.#fillMissing();
    let [strength, squares, sum]: [number, number, number] = [0, 0, 0];
    let reason: GroupReason = 'none';
    for (let i = 0; i < n; i++) {
      if (present[i] === 0) continue;
      let pull = 0;
      for (let j = 0; j < n; j++) pull += inverse[i * n + j]! * z[j]!;
      squares += pull * z[i]!;
      // Given the others, channel i is expected at z - pull / inverse_ii, with a variance of 1 / inverse_ii.
      const fromOthers = pull / Math.sqrt(inverse[i * n + i]!);
      const alone = Math.abs(z[i]!) >= Math.abs(fromOthers);
      const spread = Math.sqrt(this.#variances[i]! + this.#untold[i]! * this.#wanders[i]!);
      result.deviation[i] = clip(alone ? z[i]! : fromOthers, LARGEST_DEVIATION);
      result.expected[i] = this.#levels[i]! + (alone ? 0 : (z[i]! - pull / inverse[i * n + i]!) * spread);
      const size = Math.abs(result.deviation[i]!);
      sum += this.#weights[i] = size * size;
      if (size > strength) {
        strength = size;
        reason = alone ? 'off-course' : 'off-neighbours';
      }
    }
    const together = deviationOf(squares, count);
    if (together > strength) {
      strength = together;
      reason = 'off-together';
    }
    strength = Math.min(strength, LARGEST_DEVIATION);
    result.strength = strength;
    result.reason = reason;
    result.score = strength ** 2 / (strength ** 2 + this.#limit ** 2);
    result.flag = result.score >= 0.5;
    if (sum > 0) for (let i = 0; i < n; i++) result.share[i] = this.#weights[i]! / sum;
    sortByShare(result.carriers, result.share);
  }

  /** Gives missing channels what the others expect of them, so that their absence says nothing (Gauss-Seidel on the inverse). */
  #fillMissing(): void {
    const [n, z, inverse, present] = [this.#n, this.#z, this.#inverse, this.#present];
    for (let sweep = 0; sweep < FILL_SWEEPS; sweep++) {
      for (let i = 0; i < n; i++) {
        if (present[i] !== 0) continue;
        let pull = 0;
        for (let j = 0; j < n; j++) if (j !== i) pull += inverse[i * n + j]! * z[j]!;
        z[i] = -pull / inverse[i * n + i]!;
      }
    }
  }

  #learnOn(): void {
    const [n, z, present] = [this.#n, this.#z, this.#present];
    if (this.#result.flag) {
      if (++this.#header[3]! < this.#learnRows) return;
      // What lasts is the usual from now on.
      for (let i = 0; i < n; i++) {
        if (present[i] === 0) continue;
        this.#levels[i]! += this.#smoothed[i]!;
        this.#smoothed[i] = this.#untold[i] = 0;
      }
    }
    this.#header[3] = 0;
    const keep = 1 - 1 / (MEMORY_LEARNINGS * this.#learnRows);
    for (let i = 0; i < n; i++) {
      if (present[i] === 0) z[i] = 0;
      else {
        z[i] = clip(z[i]!, TIE_REACH);
        const least = (LEAST_SPREAD_SHARE * (Math.abs(this.#levels[i]!) + 1e-3)) ** 2;
        this.#variances[i] = Math.max(least, this.#variances[i]! * (keep + (1 - keep) * z[i]! ** 2));
      }
    }
    for (let k = 0; k < this.#ties.length; k++) this.#ties[k]! *= keep;
    this.#tie();
    if (this.#header[2]! % this.#learnRows === 0) this.#invert();
  }

  #clear(): void {
    const result = this.#result;
    result.score = result.strength = 0;
    result.flag = false;
    result.reason = 'none';
    result.expected.fill(NaN);
    result.deviation.fill(0);
    result.share.fill(0);
    this.#weights.fill(0);
  }
}

function bounded(value: number | undefined): number {
  if (value === undefined || !Number.isFinite(value)) return NaN;
  return clip(value, LARGEST_VALUE);
}

function clip(value: number, reach: number): number {
  return Math.max(-reach, Math.min(reach, value));
}

/**
 * A chi-squared sum as deviations of a normal distribution of the same rarity, two-sided in effect for large sums
 * (Wilson & Hilferty 1931); below 0 it is 0.
 */
function deviationOf(squares: number, degrees: number): number {
  const spread = 2 / (9 * degrees);
  return Math.max(0, (Math.cbrt(Math.max(0, squares) / degrees) - (1 - spread)) / Math.sqrt(spread));
}

function sortByShare(order: Uint16Array, share: Float64Array): void {
  for (let i = 0; i < order.length; i++) {
    const channel = i;
    let at = i;
    while (at > 0 && share[order[at - 1]!]! < share[channel]!) order[at] = order[--at]!;
    order[at] = channel;
  }
}
