const STEPS = 16;

/**
 * Steps of a bus voltage as a tap changer makes them, from the means of successive frames: a change of at least `least` (in the voltage's
 * unit) against the level before is a step. One tap is 1.25 to 1.78 % of the nominal voltage; the load moves it slower or by less.
 */
export class TapSteps {
  /** Level + 1 marks it known; then a ring of (time, change). */
  static readonly STATE_SIZE = 3 + 2 * STEPS;

  constructor(
    private readonly state: Float64Array,
    private readonly least: number,
  ) {}

  /** Takes the mean of a frame; true where it is a step. */
  take(atMs: number, value: number): boolean {
    const { state } = this;
    if (state[0] === 0) {
      state[0] = 1;
      state[1] = value;
      return false;
    }
    const change = value - state[1]!;
    if (Math.abs(change) < this.least) {
      state[1]! += 0.3 * change;
      return false;
    }
    state[1] = value;
    const at = 3 + 2 * (state[2]! % STEPS);
    state[at] = atMs;
    state[at + 1] = change;
    state[2]!++;
    return true;
  }

  /** Steps in the time before `atMs`: how many, how often they turned, and where they led in all. */
  within(atMs: number, spanMs: number): { count: number; turns: number; net: number } {
    const { state } = this;
    let count = 0;
    let turns = 0;
    let net = 0;
    let before = 0;
    const made = state[2]!;
    for (let i = Math.max(0, made - STEPS); i < made; i++) {
      const at = 3 + 2 * (i % STEPS);
      if (state[at]! <= atMs - spanMs) continue;
      const change = state[at + 1]!;
      count++;
      net += change;
      if (before !== 0 && Math.sign(change) !== Math.sign(before)) turns++;
      before = change;
    }
    return { count, turns, net };
  }
}
