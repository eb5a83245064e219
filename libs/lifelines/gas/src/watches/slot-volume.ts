import { SLOT_MS } from '../physics/mass-balance.js';

const LAST_MS = 0;
const LAST = 1;
const SLOT = 2;
const SUM = 3;
const COVERED = 4;
const DONE_SLOT = 5;
const DONE_SUM = 6;
const DONE_COVERED = 7;

/** A gap longer than this is not bridged by a straight line. */
const LONGEST_GAP_MS = 180_000;

/**
 * Integral of one sensor over the ten-minute slots of its own time, by trapezoids, cut exactly at the slots' bounds. Keeps the
 * newest finished slot. Values are per hour where a volume is wanted; a mean is the integral over the time covered.
 */
export class SlotIntegral {
  static readonly FIELDS = 8;

  constructor(
    private readonly state: Float64Array,
    private readonly at: number,
  ) {}

  take(atMs: number, value: number): void {
    const { state, at } = this;
    const beforeMs = state[at + LAST_MS]!;
    const before = state[at + LAST]!;
    state[at + LAST_MS] = atMs;
    state[at + LAST] = value;
    const slot = Math.floor(atMs / SLOT_MS);
    if (beforeMs === 0 || atMs <= beforeMs) {
      if (beforeMs === 0) state[at + SLOT] = slot;
      return;
    }
    const bridged = atMs - beforeMs <= LONGEST_GAP_MS;
    let fromMs = beforeMs;
    let from = before;
    while (state[at + SLOT]! < slot) {
      const boundMs = (state[at + SLOT]! + 1) * SLOT_MS;
      const there = before + ((value - before) * (boundMs - beforeMs)) / (atMs - beforeMs);
      if (bridged) this.add(fromMs, from, boundMs, there);
      [fromMs, from] = [boundMs, there];
      state[at + DONE_SLOT] = state[at + SLOT]!;
      state[at + DONE_SUM] = state[at + SUM]!;
      state[at + DONE_COVERED] = state[at + COVERED]!;
      state[at + SUM] = state[at + COVERED] = 0;
      // After a long gap there is nothing in between: on to the slot of now.
      state[at + SLOT] = bridged ? state[at + SLOT]! + 1 : slot;
      if (!bridged) return;
    }
    if (bridged) this.add(fromMs, from, atMs, value);
  }

  /** Mean over a finished slot; NaN where less than four fifths of it are known. */
  meanOf(slot: number): number {
    const { state, at } = this;
    if (state[at + DONE_SLOT] !== slot || state[at + DONE_COVERED]! < 0.8 * SLOT_MS) return NaN;
    return state[at + DONE_SUM]! / state[at + DONE_COVERED]!;
  }

  get last(): number {
    return this.state[this.at + LAST]!;
  }

  get lastMs(): number {
    return this.state[this.at + LAST_MS]!;
  }

  private add(fromMs: number, from: number, toMs: number, to: number): void {
    const { state, at } = this;
    state[at + SUM] = state[at + SUM]! + ((from + to) / 2) * (toMs - fromMs);
    state[at + COVERED] = state[at + COVERED]! + (toMs - fromMs);
  }
}
