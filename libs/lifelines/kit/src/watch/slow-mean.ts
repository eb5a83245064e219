/**
 * Mean and deviation of what is usual, with a memory: the first values count alike, later ones by `1/memory` (exponentially
 * weighted moments after West, Communications of the ACM 22, 1979). Three places of a watch's state.
 */
export class SlowMean {
  static readonly FIELDS = 3;

  constructor(
    private readonly state: Float64Array,
    private readonly at: number,
    private readonly memory: number,
  ) {}

  get count(): number {
    return this.state[this.at]!;
  }

  get mean(): number {
    return this.state[this.at + 1]!;
  }

  /** Standard deviation; 0 before two values. */
  get deviation(): number {
    return Math.sqrt(Math.max(0, this.state[this.at + 2]!));
  }

  /** What is usual moved to here; how it varies stays. */
  rebase(mean: number): void {
    if (Number.isFinite(mean)) this.state[this.at + 1] = mean;
  }

  take(value: number): void {
    const { state, at } = this;
    const count = Math.min(this.memory, state[at]! + 1);
    const step = 1 / count;
    const off = value - state[at + 1]!;
    state[at] = count;
    state[at + 1] = state[at + 1]! + step * off;
    // The first value sets the mean; its distance from zero is no deviation.
    if (count > 1) state[at + 2] = (1 - step) * (state[at + 2]! + step * off * off);
  }
}
