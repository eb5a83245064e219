import { LEAST_SPREAD_SHARE, type ChannelCourse } from './channel-course.js';

/** A level that is not followed may wander away by this much more variance than the learning rows, few as they are, have shown. */
const WANDER_CAUTION = 3;
/** Of its learned variance, what a level may have wandered while nobody told it and still be held against its neighbours. */
const MOST_UNSURE = 8;
/** Share of a smoothed error that must come from values: after a gap it says at first only that it is small. */
const LEAST_TOLD = 0.8;
/** Squared deviations teach the spread up to here, so that a row on its way to a flag hardly widens it; and their mean then. */
const LARGEST_SQUARE = 4;
const MEAN_SQUARE = 0.774;
const LARGEST_DEVIATION = 1000;

/** Doubles of state a track. */
export const TRACK_DOUBLES = 7;

/** Courses after they were learned: each followed at its pace, its smoothed errors measured in their learned deviation. */
export class CourseTracks {
  readonly #levels: Float64Array;
  readonly #smoothed: Float64Array;
  readonly #variances: Float64Array;
  readonly #paces: Float64Array;
  readonly #wanders: Float64Array;
  /** Rows for which the level was not told its channel's value, those told in part counted in part. */
  readonly #untold: Float64Array;
  /** Share of the smoothed error that comes from rows with a value. */
  readonly #told: Float64Array;
  readonly #smoothing: number;
  readonly #limit: number;

  constructor(state: Float64Array, count: number, smoothRows: number, limit: number) {
    const part = (n: number) => state.subarray(n * count, (n + 1) * count);
    this.#levels = part(0);
    this.#smoothed = part(1);
    this.#variances = part(2);
    this.#paces = part(3);
    this.#wanders = part(4);
    this.#untold = part(5);
    this.#told = part(6);
    this.#smoothing = 2 / (smoothRows + 1);
    this.#limit = limit;
  }

  /** Takes over what a course has learned, where it is known. */
  settle(i: number, course: ChannelCourse): void {
    if (!course.known) return;
    this.#levels[i] = course.level;
    this.#smoothed[i] = course.smoothed;
    this.#variances[i] = course.deviation ** 2;
    this.#paces[i] = course.pace;
    this.#told[i] = 1;
    this.#wanders[i] = WANDER_CAUTION * course.wander;
  }

  knows(i: number): boolean {
    return this.#variances[i]! > 0;
  }

  level(i: number): number {
    return this.#levels[i]!;
  }

  /** Told of late, so that its level and its smoothed error are nearly as sure as they were learned. */
  isSure(i: number): boolean {
    if (this.#told[i]! < LEAST_TOLD) return false;
    return this.#untold[i]! * this.#wanders[i]! <= MOST_UNSURE * this.#variances[i]!;
  }

  /** Deviation of the smoothed error, as unsure of the level as it is. */
  spread(i: number): number {
    return Math.sqrt(this.#variances[i]! + this.#untold[i]! * this.#wanders[i]!);
  }

  /**
   * The smoothed error with this value, in deviations. The level follows, the less the further off it is and not at all beyond the
   * limit (Epanechnikov's weight), so that what is odd does not become the usual by itself.
   */
  take(i: number, value: number): number {
    const error = value - this.#levels[i]!;
    this.#told[i]! += this.#smoothing * (1 - this.#told[i]!);
    this.#smoothed[i]! += this.#smoothing * (error - this.#smoothed[i]!);
    const z = this.#deviation(i);
    const weight = Math.max(0, 1 - (z / this.#limit) ** 2);
    this.#levels[i]! += weight * this.#paces[i]! * error;
    this.#untold[i] = (1 - weight) * (this.#untold[i]! + 1);
    return z;
  }

  /** A row without a value: the smoothed error fades. Gives it in deviations for as long as it still comes from values, then 0. */
  miss(i: number): number {
    this.#smoothed[i]! *= 1 - this.#smoothing;
    this.#told[i]! *= 1 - this.#smoothing;
    this.#untold[i]!++;
    return this.#told[i]! < LEAST_TOLD ? 0 : this.#deviation(i);
  }

  /** What is now is the usual. */
  adopt(i: number): void {
    this.#levels[i]! += this.#smoothed[i]!;
    this.#smoothed[i] = this.#untold[i] = 0;
  }

  /** Lets the spread learn from a row that was as usual; `share` is what it weighs. */
  learnSpread(i: number, z: number, share: number): void {
    const least = (LEAST_SPREAD_SHARE * (Math.abs(this.#levels[i]!) + 1e-3)) ** 2;
    const square = Math.min(z * z, LARGEST_SQUARE) / MEAN_SQUARE;
    this.#variances[i] = Math.max(least, this.#variances[i]! * (1 - share + share * square));
  }

  #deviation(i: number): number {
    return Math.max(-LARGEST_DEVIATION, Math.min(LARGEST_DEVIATION, this.#smoothed[i]! / this.spread(i)));
  }
}
