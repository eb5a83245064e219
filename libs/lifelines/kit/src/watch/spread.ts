/** Robust running deviation of a residual: 1.2533 times its mean absolute value (that of a normal law), with clipped outliers. */
export class Spread {
  static readonly STATE_SIZE = 2;
  private static readonly FIRST = 12;

  constructor(
    private readonly state: Float64Array,
    /** Residuals after which an old one weighs 1/e. */
    private readonly memory: number,
    /** Never under this: what the instrument itself cannot tell apart. */
    private readonly floor: number,
  ) {}

  get count(): number {
    return this.state[1]!;
  }

  get deviation(): number {
    return Math.max(this.floor, 1.2533 * this.state[0]!);
  }

  learn(residual: number): void {
    if (!Number.isFinite(residual)) return;
    const n = this.state[1]! + 1;
    const clipped = n > Spread.FIRST ? Math.min(Math.abs(residual), 4 * this.deviation) : Math.abs(residual);
    this.state[0]! += (clipped - this.state[0]!) / Math.min(n, this.memory);
    this.state[1] = n;
  }
}
