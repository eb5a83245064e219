/** Fewer frames say nothing sure. */
const FRAMES = 60;

/**
 * How much a quantity answers to traffic: over some sixty short frames, the slope of its mean on the deck's vibration. A softer
 * span answers more.
 */
export class TrafficResponse {
  static readonly STATE_SIZE = 5;

  /** Count, means of vibration and answer, variance and covariance sums. */
  constructor(private readonly state: Float64Array) {}

  take(vibration: number, answer: number): void {
    const { state } = this;
    if (!Number.isFinite(vibration) || !Number.isFinite(answer)) return;
    const n = (state[0] = state[0]! + 1);
    const away = vibration - state[1]!;
    state[1]! += away / n;
    state[2]! += (answer - state[2]!) / n;
    state[3]! += away * (vibration - state[1]!);
    state[4]! += away * (answer - state[2]!);
  }

  /** The slope once enough frames were taken, and anew; NaN before, and where traffic said too little. */
  close(least: number): number {
    const { state } = this;
    if (state[0]! < FRAMES) return NaN;
    const slope = Math.sqrt(state[3]! / state[0]!) >= least ? state[4]! / state[3]! : NaN;
    state.fill(0);
    return slope;
  }
}
