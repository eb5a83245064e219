/** Half a day of windows. */
const MEMORY_WINDOWS = 72;

/**
 * Does a bearing still follow? Over about the last half day, the slope of its observed movement on what temperature makes expected: 1 in
 * health, 0 jammed. Running covariance with forgetting.
 */
export class MovingBearing {
  static readonly STATE_SIZE = 5;

  /** Means of expected and observed, variance of expected, covariance, windows taken. */
  constructor(private readonly state: Float64Array) {}

  take(expected: number, observed: number): void {
    const { state } = this;
    if (!Number.isFinite(expected) || !Number.isFinite(observed)) return;
    const n = (state[4] = state[4]! + 1);
    const share = 1 / Math.min(n, MEMORY_WINDOWS);
    const away = expected - state[0]!;
    state[0]! += share * away;
    state[1]! += share * (observed - state[1]!);
    state[2] = (1 - share) * (state[2]! + share * away * away);
    state[3] = (1 - share) * state[3]! + share * away * (observed - state[1]!);
  }

  get windows(): number {
    return this.state[4]!;
  }

  /** Standard deviation of the movement that was expected. */
  get expectedMovement(): number {
    return Math.sqrt(Math.max(0, this.state[2]!));
  }

  /** NaN where nothing was expected to move. */
  get following(): number {
    return this.state[2]! > 1e-9 ? this.state[3]! / this.state[2]! : NaN;
  }
}
