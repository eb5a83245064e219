/** Frames that the usual deviation remembers: two weeks. */
const MEMORY = 14 * 24;
/** Frames that must have taught it. */
const FIRST = 72;
/** A difference smaller than so many deviations tells nothing of who is who. */
const LEAST_APART = 0.5;
/** One hour says at most so much. */
const MOST_A_FRAME = 3;
const CLIP = 3;

const COUNT = 0;
const VARIANCE = 1;
/** Running product of a residual and the one before it: hours that follow each other are no two witnesses. */
const LAGGED = 2;
const LAST = 3;

/** How the difference of two sensors usually strays from the difference of their usual courses. */
export class PairContrast {
  static readonly STATE_SIZE = 4;

  /** @param floor standard deviation that the instruments cannot tell apart */
  constructor(
    private readonly state: Float64Array,
    private readonly floor: number,
  ) {}

  get deviation(): number {
    return Math.max(this.floor, Math.sqrt(this.state[VARIANCE]!));
  }

  learn(residual: number): void {
    const { state } = this;
    const n = Math.min(MEMORY, state[COUNT]! + 1);
    const most = n > FIRST / 2 ? CLIP * this.deviation : Infinity;
    const clipped = Math.max(-most, Math.min(most, residual));
    state[COUNT] = n;
    state[VARIANCE]! += (clipped * clipped - state[VARIANCE]!) / n;
    state[LAGGED]! += (clipped * state[LAST]! - state[LAGGED]!) / n;
    state[LAST] = clipped;
  }

  /**
   * Log of how much likelier the difference is if the sensors are exchanged than if they are not: of a normal law
   * with the mean −D instead of D, weighed by how much of an hour is told by the hour before it (an AR(1) course: n (1 − ρ) / (1 + ρ)
   * independent values in n).
   */
  evidence(difference: number, usual: number): number {
    const { state, deviation } = this;
    if (state[COUNT]! < FIRST) return NaN;
    const apart = usual / deviation;
    if (!(Math.abs(apart) >= LEAST_APART)) return 0;
    const correlation = Math.max(0, Math.min(0.95, state[LAGGED]! / Math.max(state[VARIANCE]!, this.floor ** 2)));
    const told = ((-2 * apart * difference) / deviation) * ((1 - correlation) / (1 + correlation));
    return Math.max(-MOST_A_FRAME, Math.min(MOST_A_FRAME, told));
  }
}
