/** The header: oldest step that is not yet a row + 1, or 0 before the first reading. */
const HEADER = 1;
/** A sensor: newest value, its time + 1, then count and sum of the values in each of the steps that are open. */
const OPEN_STEPS = 2;
const FIELDS = 2 + 2 * OPEN_STEPS;

/**
 * Puts readings of sensors with different sampling side by side, a row a step: the mean of what came in the step; where nothing
 * came, the last value, held for so long as the sensor may be silent; then NaN. A step becomes a row once a reading comes from a
 * full step after its end, or the clock passes that; what comes for it later counts only as a last value.
 */
export class AlignedRows {
  static stateSize(sensors: number): number {
    return HEADER + FIELDS * sensors;
  }

  readonly #state: Float64Array;
  readonly #holdMs: readonly number[];
  readonly #stepMs: number;
  readonly #row: Float64Array;

  /** @param holdMs how long each sensor's last value is good for */
  constructor(state: Float64Array, holdMs: readonly number[], stepMs: number) {
    this.#state = state;
    this.#holdMs = holdMs;
    this.#stepMs = stepMs;
    this.#row = new Float64Array(holdMs.length);
  }

  /** @param full is given each row that is now complete, and the time of its end; the row is used again */
  take(place: number, atMs: number, value: number, full: (row: Float64Array, endMs: number) => void): void {
    const state = this.#state;
    const step = Math.floor(atMs / this.#stepMs) + 1;
    if (state[0] === 0) state[0] = step;
    if (step >= state[0]! + OPEN_STEPS) this.#closeBefore(step - OPEN_STEPS + 1, full);
    const at = HEADER + FIELDS * place;
    if (atMs + 1 > state[at + 1]!) {
      state[at] = value;
      state[at + 1] = atMs + 1;
    }
    if (step < state[0]!) return;
    const sums = at + 2 + 2 * (step % OPEN_STEPS);
    state[sums]!++;
    state[sums + 1]! += value;
  }

  tick(nowMs: number, full: (row: Float64Array, endMs: number) => void): void {
    const step = Math.floor(nowMs / this.#stepMs) + 1;
    if (this.#state[0] !== 0 && step >= this.#state[0]! + 2 * OPEN_STEPS) this.#closeBefore(step - OPEN_STEPS, full);
  }

  /** Makes rows of all steps before this one. Once no value is good any more the rest of a silence is passed over. */
  #closeBefore(step: number, full: (row: Float64Array, endMs: number) => void): void {
    const [state, row, stepMs] = [this.#state, this.#row, this.#stepMs];
    while (state[0]! < step) {
      const open = state[0]!;
      const endMs = open * stepMs;
      let known = 0;
      for (let place = 0; place < row.length; place++) {
        const at = HEADER + FIELDS * place;
        const sums = at + 2 + 2 * (open % OPEN_STEPS);
        const heldMs = endMs - (state[at + 1]! - 1);
        if (state[sums]! > 0) row[place] = state[sums + 1]! / state[sums]!;
        else row[place] = state[at + 1]! > 0 && heldMs <= this.#holdMs[place]! + stepMs ? state[at]! : NaN;
        state[sums] = state[sums + 1] = 0;
        if (!Number.isNaN(row[place]!)) known++;
      }
      state[0] = known === 0 && !this.#anyOpen() ? step : open + 1;
      if (known > 0) full(row, endMs);
    }
  }

  #anyOpen(): boolean {
    for (let place = 0; place < this.#row.length; place++) {
      for (let k = 0; k < OPEN_STEPS; k++) if (this.#state[HEADER + FIELDS * place + 2 + 2 * k]! > 0) return true;
    }
    return false;
  }
}
