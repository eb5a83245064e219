import { StateTable } from '../state-table.js';

const POINTS = 8;
/** Places in numbers of four bytes, after a double of the time that all times of the row are counted from. */
const BASE_VALUE = 2;
/** How many points there are, and the place of the newest. */
const HELD = 3;
const POINT = 4;
const FIELDS = 4;
const ROW_FLOATS = POINT + POINTS * FIELDS;
const HELD_STEP = 16;
/** Times count from the base in 31 bits of milliseconds; the base moves on before that ends. */
const LARGEST_OFFSET_MS = 2 ** 30;
const [FIRST, LAST, LEAST, GREATEST] = [0, 1, 2, 3];

/**
 * The points of a rate, a row a sensor: of the readings of a quarter of the window first and last time, least and greatest value;
 * the newest eight. Times are whole milliseconds and values singles, each against a base of the row, which keeps what matters: a
 * rate is a difference of values that lie close together.
 */
export class RatePoints {
  readonly table = new StateTable(new Float64Array(ROW_FLOATS / 2));
  private doubles = this.table.data;
  private floats = new Float32Array(this.doubles.buffer);
  private whole = new Int32Array(this.doubles.buffer);

  put(sensorNo: number): number {
    const row = this.table.put(sensorNo);
    if (this.table.data !== this.doubles) {
      this.doubles = this.table.data;
      this.floats = new Float32Array(this.doubles.buffer);
      this.whole = new Int32Array(this.doubles.buffer);
    }
    return row;
  }

  forget(row: number): void {
    this.whole[row * ROW_FLOATS + HELD] = 0;
  }

  /** Takes a reading into the newest point, where it is no older than `pointMs`; gives true where it began another. */
  take(row: number, atMs: number, value: number, pointMs: number): boolean {
    const { floats, whole } = this;
    const at = row * ROW_FLOATS;
    const state = whole[at + HELD]!;
    const held = state % HELD_STEP;
    const offsetMs = Math.round(atMs - this.doubles[at / 2]!);
    const newest = at + POINT + Math.floor(state / HELD_STEP) * FIELDS;
    if (held > 0 && offsetMs - whole[newest + FIRST]! < pointMs) {
      const from = value - floats[at + BASE_VALUE]!;
      whole[newest + LAST] = offsetMs;
      if (from < floats[newest + LEAST]!) floats[newest + LEAST] = from;
      if (from > floats[newest + GREATEST]!) floats[newest + GREATEST] = from;
      return false;
    }
    this.begin(at, held, Math.floor(state / HELD_STEP), atMs, value);
    return true;
  }

  /** Change a minute, signed, from a point at least a window before the newest two to these; NaN while there are too few readings. */
  perMinute(row: number, windowMs: number): number {
    const { floats, whole } = this;
    const at = row * ROW_FLOATS;
    const held = whole[at + HELD]! % HELD_STEP;
    if (held < 3) return NaN;
    const newest = Math.floor(whole[at + HELD]! / HELD_STEP);
    const pointBack = (back: number) => at + POINT + ((newest - back + POINTS) % POINTS) * FIELDS;
    const now = pointBack(0);
    const before = pointBack(1);
    const leastNow = Math.min(floats[now + LEAST]!, floats[before + LEAST]!);
    const greatestNow = Math.max(floats[now + GREATEST]!, floats[before + GREATEST]!);
    for (let back = 2; back < held; back++) {
      const then = pointBack(back);
      const gapMs = whole[before + FIRST]! - whole[then + LAST]!;
      if (gapMs < windowMs) continue;
      let least = floats[then + LEAST]!;
      let greatest = floats[then + GREATEST]!;
      // Times of a sensor ascend: a point whose times are one is one reading.
      if (whole[then + FIRST] === whole[then + LAST]) {
        if (back + 1 >= held) return NaN;
        const earlier = pointBack(back + 1);
        least = Math.min(least, floats[earlier + LEAST]!);
        greatest = Math.max(greatest, floats[earlier + GREATEST]!);
      }
      const rise = leastNow - greatest;
      const fall = least - greatestNow;
      return (Math.max(rise, fall, 0) * (fall > rise ? -1 : 1) * 60_000) / gapMs;
    }
    return NaN;
  }

  private begin(at: number, heldBefore: number, newest: number, atMs: number, value: number): void {
    const { floats, whole } = this;
    const held = heldBefore > 0 && this.isNear(at, atMs) ? heldBefore : 0;
    if (held === 0) {
      this.doubles[at / 2] = atMs;
      floats[at + BASE_VALUE] = value;
    }
    const next = held === 0 ? 0 : (newest + 1) % POINTS;
    const point = at + POINT + next * FIELDS;
    whole[at + HELD] = next * HELD_STEP + Math.min(POINTS, held + 1);
    whole[point + FIRST] = whole[point + LAST] = Math.round(atMs - this.doubles[at / 2]!);
    floats[point + LEAST] = floats[point + GREATEST] = value - floats[at + BASE_VALUE]!;
  }

  /** Moves the base of the times on where they would no longer fit; false where even that is too little: all points are too old. */
  private isNear(at: number, atMs: number): boolean {
    const { whole, doubles } = this;
    const offsetMs = atMs - doubles[at / 2]!;
    if (offsetMs < LARGEST_OFFSET_MS) return true;
    const newest = at + POINT + Math.floor(whole[at + HELD]! / HELD_STEP) * FIELDS;
    const byMs = whole[newest + FIRST]!;
    if (offsetMs - byMs >= LARGEST_OFFSET_MS) return false;
    doubles[at / 2]! += byMs;
    for (let i = 0; i < POINTS; i++) {
      whole[at + POINT + i * FIELDS + FIRST]! -= byMs;
      whole[at + POINT + i * FIELDS + LAST]! -= byMs;
    }
    return true;
  }
}
