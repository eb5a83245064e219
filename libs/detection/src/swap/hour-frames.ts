/** Length of a frame. */
export const FRAME_MS = 3_600_000;
/** Readings with which a frame says how far they spread. */
const LEAST_FOR_SPREAD = 4;
/** Frames that take readings at a time. */
const OPEN = 2;
/** Frame number, readings, mean, sum of squares about it. */
const FIELDS = 4;

/** Level of each sensor in an hour, and the logarithm of its spread; NaN where that is not known. */
export interface HourFrame {
  readonly level: Float64Array;
  readonly spread: Float64Array;
}

/** Puts sensors side by side by the hour. An hour is complete once a reading comes from an hour after its end. */
export class HourFrames {
  static stateSize(sensors: number): number {
    return 1 + OPEN * FIELDS * sensors;
  }

  readonly #state: Float64Array;
  readonly #frame: { level: Float64Array; spread: Float64Array };

  constructor(
    state: Float64Array,
    private readonly sensors: number,
  ) {
    this.#state = state;
    this.#frame = { level: new Float64Array(sensors), spread: new Float64Array(sensors) };
  }

  /** @param full is given each hour that is complete, and its number since 1970; its arrays are used again */
  take(place: number, atMs: number, value: number, full: (frame: HourFrame, hour: number) => void): void {
    const state = this.#state;
    const hour = Math.floor(atMs / FRAME_MS) + 1;
    if (state[0] === 0 || hour >= state[0]! + 2 * OPEN) {
      if (state[0] !== 0) for (let k = 0; k < OPEN; k++) this.#close(full);
      state[0] = hour;
    }
    while (hour >= state[0]! + OPEN) this.#close(full);
    if (hour < state[0]!) return;
    const at = 1 + FIELDS * (OPEN * place + (hour % OPEN));
    const n = state[at + 1]! + 1;
    const before = state[at + 2]!;
    const mean = before + (value - before) / n;
    state[at] = hour;
    state[at + 1] = n;
    state[at + 2] = mean;
    state[at + 3]! += (value - before) * (value - mean);
  }

  #close(full: (frame: HourFrame, hour: number) => void): void {
    const [state, { level, spread }] = [this.#state, this.#frame];
    const hour = state[0]!;
    let known = 0;
    for (let place = 0; place < this.sensors; place++) {
      const at = 1 + FIELDS * (OPEN * place + (hour % OPEN));
      const n = state[at + 1]!;
      level[place] = n > 0 ? state[at + 2]! : NaN;
      const variance = n >= LEAST_FOR_SPREAD ? state[at + 3]! / (n - 1) : 0;
      spread[place] = variance > 0 ? 0.5 * Math.log(variance) : NaN;
      if (n > 0) known++;
      state.fill(0, at, at + FIELDS);
    }
    state[0] = hour + 1;
    if (known > 0) full(this.#frame, hour - 1);
  }
}
