/** Rows over which the newest level is taken, as their median: what lasts less is no step. */
const NEWEST = 3;
/** Rows after which the held level forgets: it follows what drifts over longer. */
const MEMORY_ROWS = 30;
/** Deviations of a row's error beyond which it moves level and spread no more. */
const REACH = 3;
/** The spread forgets over so many times the learning rows. */
const MEMORY_LEARNINGS = 10;
const MAGIC = 0x4c4c5301;

export interface StepFinderOptions {
  /**
   * Rows to learn the spread from, which find nothing.
   * @default 60
   */
  readonly learnRows?: number;
  /**
   * Deviations of a row from the held level at which the newest level is a step.
   * @default 4
   */
  readonly limit?: number;
}

/** Finds where a series steps to another level and stays, and holds the new level from there on. */
export interface StepFinder {
  /** The step that the series has taken up to this row, in its unit; 0 where it has taken none. A value not finite is passed over. */
  push(value: number): number;
  readonly level: number;
  readonly deviation: number;
  readonly state: Float64Array;
}

/** @throws RangeError where an option makes no sense */
export function createStepFinder({ learnRows = 60, limit = 4 }: StepFinderOptions = {}): StepFinder {
  if (!(Number.isSafeInteger(learnRows) && learnRows >= 8))
    throw new RangeError(`learnRows is ${learnRows}: give 8 or more`);
  if (!(limit > 0)) throw new RangeError(`limit is ${limit}: give deviations above 0`);
  return new MedianStepFinder(learnRows, limit);
}

class MedianStepFinder implements StepFinder {
  /** Magic, rows, rows since the step, level, variance, then the newest values. */
  readonly state = new Float64Array(5 + NEWEST);
  readonly #learnRows: number;
  readonly #limit: number;

  constructor(learnRows: number, limit: number) {
    this.#learnRows = learnRows;
    this.#limit = limit;
    this.state[0] = MAGIC;
  }

  get level(): number {
    return this.state[1] === 0 ? NaN : this.state[3]!;
  }

  get deviation(): number {
    return Math.sqrt(this.state[4]!);
  }

  push(given: number): number {
    if (!Number.isFinite(given)) return 0;
    const value = Math.max(-1e100, Math.min(1e100, given));
    const state = this.state;
    const rows = state[1]!++;
    state[5 + (rows % NEWEST)] = value;
    if (rows === 0) {
      state[2] = 1;
      state[3] = value;
      return 0;
    }
    const learned = rows > this.#learnRows;
    const step = learned ? this.#newest() - state[3]! : 0;
    if (learned && state[4]! > 0 && Math.abs(step) > this.#limit * this.deviation) {
      state[3]! += step;
      state[2] = NEWEST;
      return step;
    }
    this.#learn(value - state[3]!, rows, learned);
    return 0;
  }

  #learn(error: number, rows: number, learned: boolean): void {
    const state = this.state;
    const reach = rows > NEWEST && state[4]! > 0 ? REACH * this.deviation : Number.MAX_VALUE;
    const kept = Math.max(-reach, Math.min(reach, error));
    state[2]!++;
    state[3]! += Math.max(1 / state[2]!, 1 / MEMORY_ROWS) * kept;
    const share = learned ? 1 / (MEMORY_LEARNINGS * this.#learnRows) : 1 / rows;
    state[4]! += share * (kept * kept - state[4]!);
  }

  #newest(): number {
    const [a, b, c] = [this.state[5]!, this.state[6]!, this.state[7]!];
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
