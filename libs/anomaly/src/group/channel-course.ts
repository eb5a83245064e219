/** Shares of the newest error by which a level may follow its channel; the slowest is nearly a mean of all rows. */
export const PACES = [0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 0.9] as const;
/** A faster pace must be better by this share: what does not wander is not followed. */
const LEAST_GAIN = 0.01;
/** Rows at the start that only place the levels. */
const PLACING_ROWS = 40;
/** Errors beyond so many deviations teach no more than one at that distance: a spike among the learning rows. */
const WINSOR_DEVIATIONS = 6;
/** A channel that moved in fewer rows than this share has not shown its spread. */
const STILL_SHARE = 0.01;
/** Of its value, taken as the spread of a channel that never moved. */
const STILL_SPREAD_SHARE = 0.02;
/** Of its value, the least spread of any channel: rounding is no news. */
export const LEAST_SPREAD_SHARE = 1e-9;

/** Number of the pace at which channels are compared, the same for all: their drift taken off, their motion left. */
const COMMON_PACE = 3;

const FIELDS = 4;
/** Doubles of state a channel. */
export const COURSE_DOUBLES = FIELDS * PACES.length + 7;

/**
 * The course of one channel while it is learned: levels that follow it at each pace, and the errors that they would have made.
 * The pace with the least squared error is the best simple exponential smoothing (Holt; Muth 1960: the optimal forecast of a
 * random walk seen through noise), so what wanders is followed at the pace at which it wandered, and what stands is held.
 */
export class ChannelCourse {
  readonly #levels: Float64Array;
  readonly #smoothed: Float64Array;
  readonly #squares: Float64Array;
  readonly #smoothedSquares: Float64Array;
  /** Rows seen, rows judged, rows that moved, last value, smallest step, best pace, newest error at the common pace. */
  readonly #counts: Float64Array;
  readonly #placingRows: number;
  readonly #smoothing: number;

  constructor(state: Float64Array, learnRows: number, smoothRows: number) {
    const n = PACES.length;
    this.#levels = state.subarray(0, n);
    this.#smoothed = state.subarray(n, 2 * n);
    this.#squares = state.subarray(2 * n, 3 * n);
    this.#smoothedSquares = state.subarray(3 * n, 4 * n);
    this.#counts = state.subarray(4 * n, COURSE_DOUBLES);
    this.#placingRows = Math.min(PLACING_ROWS, Math.ceil(learnRows / 4));
    this.#smoothing = 2 / (smoothRows + 1);
  }

  learn(value: number): void {
    const seen = this.#counts[0]!++;
    if (seen === 0) {
      this.#levels.fill(value);
      this.#counts[3] = value;
      return;
    }
    const step = Math.abs(value - this.#counts[3]!);
    if (step > 0) {
      this.#counts[2]!++;
      if (this.#counts[4] === 0 || step < this.#counts[4]!) this.#counts[4] = step;
    }
    this.#counts[3] = value;
    const judged = seen >= this.#placingRows;
    const before = this.#counts[1]!;
    if (judged) this.#counts[1]!++;
    for (let g = 0; g < PACES.length; g++) {
      const error = value - this.#levels[g]!;
      const reach =
        before >= this.#placingRows ? WINSOR_DEVIATIONS * Math.sqrt(this.#squares[g]! / before) : Number.MAX_VALUE;
      const kept = Math.max(-reach, Math.min(reach, error));
      // Starts as a plain mean, so that the first value weighs no more than the others.
      this.#levels[g]! += Math.max(PACES[g]!, 1 / (seen + 1)) * kept;
      if (g === COMMON_PACE) this.#counts[6] = kept;
      this.#smoothed[g]! += this.#smoothing * (kept - this.#smoothed[g]!);
      if (!judged) continue;
      this.#squares[g]! += kept * kept;
      this.#smoothedSquares[g]! += this.#smoothed[g]! * this.#smoothed[g]!;
    }
    if (judged) this.#counts[5] = this.#best();
  }

  /** Enough rows were judged for a spread; of a channel that stood at 0 all along nothing is known until it moves. */
  get known(): boolean {
    return this.#counts[1]! >= this.#placingRows && (this.#counts[2]! > 0 || this.level !== 0);
  }

  /** Rows with a value so far. */
  get rows(): number {
    return this.#counts[0]!;
  }

  get pace(): number {
    return PACES[this.#counts[5]!]!;
  }

  get level(): number {
    return this.#levels[this.#counts[5]!]!;
  }

  /** The newest smoothed error at the best pace. */
  get smoothed(): number {
    return this.#smoothed[this.#counts[5]!]!;
  }

  /** The newest error at the pace that is the same for all channels, in its deviations. */
  get common(): number {
    const deviation = this.commonDeviation;
    return deviation > 0 ? this.#counts[6]! / deviation : 0;
  }

  get commonDeviation(): number {
    return Math.sqrt(this.#squares[COMMON_PACE]! / Math.max(1, this.#counts[1]!));
  }

  /** Variance that the level gains in a row in which it is not told its channel's value: pace squared times the error's variance. */
  get wander(): number {
    return (this.pace * this.pace * this.#squares[this.#counts[5]!]!) / Math.max(1, this.#counts[1]!);
  }

  /** Deviation of the smoothed error, never 0. */
  get deviation(): number {
    const least = LEAST_SPREAD_SHARE * (Math.abs(this.level) + 1e-3);
    const still = this.#counts[2]! < Math.max(3, STILL_SHARE * this.#counts[0]!);
    // Half the step it moves by at least: one step more is not yet news, three are.
    const floor = still ? Math.max(least, STILL_SPREAD_SHARE * Math.abs(this.level), this.#counts[4]! / 2) : least;
    return Math.max(floor, Math.sqrt(this.#smoothedSquares[this.#counts[5]!]! / Math.max(1, this.#counts[1]!)));
  }

  #best(): number {
    let least = Infinity;
    for (const squares of this.#squares) least = Math.min(least, squares);
    return this.#squares.findIndex((squares) => squares <= least * (1 + LEAST_GAIN));
  }
}
