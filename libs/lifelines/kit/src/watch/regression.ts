/**
 * Recursive least squares with exponential forgetting: y = b·x + e, learned one observation after the other in bounded memory.
 * (Haykin, Adaptive Filter Theory, chapter 10: the standard recursion; the covariance is in units of the noise variance.)
 */
export interface RegressionOptions {
  /** What is believed of each coefficient before the first observation, with its standard deviation. */
  readonly prior: readonly { readonly mean: number; readonly deviation: number }[];
  /** Standard deviation of the noise that the prior's deviations are set against, in the unit of y. */
  readonly noise: number;
  /** Observations after which an old one weighs 1/e. */
  readonly memory: number;
}

export class Regression {
  private readonly size: number;
  private readonly forgetting: number;
  private readonly gain: Float64Array;
  private readonly largest: number;

  /** Floats of state for a number of coefficients. */
  static stateSize(coefficients: number): number {
    return coefficients + coefficients * coefficients + 1;
  }

  constructor(
    private readonly state: Float64Array,
    private readonly options: RegressionOptions,
  ) {
    this.size = options.prior.length;
    this.forgetting = 1 - 1 / options.memory;
    this.gain = new Float64Array(this.size);
    this.largest = Math.max(...options.prior.map(({ deviation }) => (deviation / options.noise) ** 2));
    this.reset();
  }

  /** Back to the prior. */
  reset(): void {
    const { state, size } = this;
    state.fill(0);
    this.options.prior.forEach(({ mean, deviation }, i) => {
      state[i] = mean;
      state[size + i * size + i] = (deviation / this.options.noise) ** 2;
    });
  }

  /** Observations learned. */
  get count(): number {
    return this.state[this.state.length - 1]!;
  }

  coefficient(i: number): number {
    return this.state[i]!;
  }

  /** Moves a coefficient without unlearning the others, e.g. an offset after a sensor was set anew. */
  shift(i: number, by: number): void {
    this.state[i]! += by;
  }

  /** b·x. */
  predict(x: ArrayLike<number>): number {
    let sum = 0;
    for (let i = 0; i < this.size; i++) sum += this.state[i]! * x[i]!;
    return sum;
  }

  /** How unsure the prediction is, in noise deviations, the noise itself not counted: sqrt(x'Px). Large where x was never seen. */
  doubt(x: ArrayLike<number>): number {
    return Math.sqrt(Math.max(0, this.quadratic(x)));
  }

  /** Standard deviation of a coefficient, in noise deviations. */
  doubtOf(i: number): number {
    return Math.sqrt(Math.max(0, this.state[this.size + i * this.size + i]!));
  }

  /** Learns y at x. Not finite: nothing is learned. */
  learn(x: ArrayLike<number>, y: number): void {
    const { state, size, gain, forgetting } = this;
    const error = y - this.predict(x);
    if (!Number.isFinite(error)) return;
    const scale = forgetting + this.quadratic(x);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += state[size + i * size + j]! * x[j]!;
      gain[i] = sum / scale;
    }
    for (let i = 0; i < size; i++) state[i]! += gain[i]! * error;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        const at = size + i * size + j;
        const value = (state[at]! - gain[i]! * gain[j]! * scale) / forgetting;
        state[at] = value;
        state[size + j * size + i] = value;
      }
    }
    this.bound();
    state[state.length - 1]!++;
  }

  private quadratic(x: ArrayLike<number>): number {
    const { state, size } = this;
    let sum = 0;
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) sum += x[i]! * state[size + i * size + j]! * x[j]!;
    return sum;
  }

  /** What is not excited must not be forgotten without end: doubt never passes the widest prior's. */
  private bound(): void {
    const { state, size } = this;
    for (let i = 0; i < size; i++) {
      const variance = state[size + i * size + i]!;
      if (variance <= this.largest) continue;
      const shrink = Math.sqrt(this.largest / variance);
      for (let j = 0; j < size; j++) {
        state[size + i * size + j]! *= shrink;
        state[size + j * size + i]! *= shrink;
      }
    }
  }
}
