import { robustSlope } from '@lifeline/lifeline-kit';

const SLOT = 0;
const SUM = 1;
const COUNT = 2;
const HELD = 3;
const HEAD = 4;

/** Means of a level over short slots, the newest few of them, for its slope. */
export class LevelSlots {
  /** Places of the state that so many means take. */
  static fieldsOf(kept: number): number {
    return HEAD + 2 * kept;
  }

  constructor(
    private readonly state: Float64Array,
    private readonly at: number,
    private readonly kept: number,
    private readonly slotMs: number,
  ) {}

  /** Takes a reading; true where it closed a slot, so that there is a new mean. A silence longer than all slots begins anew. */
  take(atMs: number, value: number): boolean {
    const { state, at } = this;
    const slot = Math.floor(atMs / this.slotMs);
    const before = state[at + SLOT]!;
    let closed = false;
    if (before !== 0 && slot > before) {
      if (slot - before > this.kept) state[at + HELD] = 0;
      else {
        const place = at + HEAD + 2 * (state[at + HELD]! % this.kept);
        state[place] = (before + 0.5) * this.slotMs;
        state[place + 1] = state[at + SUM]! / state[at + COUNT]!;
        state[at + HELD] = state[at + HELD]! + 1;
        closed = true;
      }
    }
    if (slot !== before) state[at + SUM] = state[at + COUNT] = 0;
    state[at + SLOT] = slot;
    state[at + SUM] = state[at + SUM]! + value;
    state[at + COUNT] = state[at + COUNT]! + 1;
    return closed;
  }

  /** Line through the means that are kept, per second; undefined where there are under three. */
  trend(): ReturnType<typeof robustSlope> {
    const { state, at } = this;
    const held = state[at + HELD]!;
    const count = Math.min(held, this.kept);
    if (count < 3) return undefined;
    const times: number[] = [];
    const values: number[] = [];
    const lastMs = state[at + HEAD + 2 * ((held - 1) % this.kept)]!;
    for (let i = held - count; i < held; i++) {
      const place = at + HEAD + 2 * (i % this.kept);
      // A sensor that speaks more rarely than once a slot leaves older means here: they say nothing of now.
      if (lastMs - state[place]! >= this.kept * this.slotMs) continue;
      times.push((state[place]! - lastMs) / 1000);
      values.push(state[place + 1]!);
    }
    return robustSlope(times, values);
  }

  /** Newest mean; NaN before the first. */
  get newest(): number {
    const held = this.state[this.at + HELD]!;
    return held === 0 ? NaN : this.state[this.at + HEAD + 2 * ((held - 1) % this.kept) + 1]!;
  }
}
