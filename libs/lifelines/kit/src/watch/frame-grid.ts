import { newWatchState } from '@lifeline/detection';

/** What the sensors of a watch gave in one frame of time. The arrays are by place of the sensor; used again for the next frame. */
export interface Frame {
  startMs: number;
  endMs: number;
  /** Frames without any reading that were left out just before. */
  skipped: number;
  /** NaN where the sensor gave nothing. */
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Sum of the squares of value less mean. */
  readonly square: Float64Array;
  readonly count: Float64Array;
}

const DEPTH = 4;
const FIELDS = 5;
const EMPTY = 0;

/**
 * Puts the readings of several sensors side by side in frames of equal length, whatever order the sensors come in: a frame is
 * closed when each sensor that speaks has passed it, or when one is three frames ahead. Later readings of a closed frame are
 * passed over.
 */
export class FrameGrid {
  private readonly head: Float64Array;
  private readonly cells: Float64Array;
  private readonly frame: Frame;

  static stateSize(sensors: number): number {
    return 3 + sensors + DEPTH * sensors * FIELDS;
  }

  constructor(
    state: Float64Array,
    private readonly sensors: number,
    private readonly frameMs: number,
  ) {
    // Oldest open frame + 1, newest + 1, last closed + 1, then the newest of each sensor + 1; 0 is "none yet".
    this.head = state.subarray(0, 3 + sensors);
    this.cells = state.subarray(3 + sensors);
    const memory = newWatchState(FIELDS * sensors);
    const part = (field: number): Float64Array => memory.subarray(field * sensors, (field + 1) * sensors);
    this.frame = {
      ...{ startMs: 0, endMs: 0, skipped: 0 },
      ...{ mean: part(0), low: part(1), high: part(2), square: part(3), count: part(4) },
    };
  }

  /** Takes a reading of the sensor at a place; frames that are now complete are given to `closed`. */
  take(place: number, atMs: number, value: number, closed: (frame: Frame) => void): void {
    const { head, cells, sensors } = this;
    const at = Math.floor(atMs / this.frameMs) + 1;
    if (head[0] === EMPTY) head[0] = at;
    if (at < head[0]!) return;
    while (at >= head[0]! + DEPTH) this.close(closed, at);
    if (at > head[1]!) head[1] = at;
    if (at > head[3 + place]!) {
      head[3 + place] = at;
      while (head[0]! < at && this.allPassed()) this.close(closed, at);
    }
    const cell = ((at % DEPTH) * sensors + place) * FIELDS;
    const n = cells[cell]! + 1;
    const before = cells[cell + 1]!;
    const mean = before + (value - before) / n;
    cells[cell] = n;
    cells[cell + 1] = mean;
    cells[cell + 2] = n === 1 ? value : Math.min(cells[cell + 2]!, value);
    cells[cell + 3] = n === 1 ? value : Math.max(cells[cell + 3]!, value);
    cells[cell + 4]! += (value - before) * (value - mean);
  }

  /** Closes what ended longer ago than `graceMs`: for a watch whose sensors fall silent. */
  tick(nowMs: number, graceMs: number, closed: (frame: Frame) => void): void {
    const { head } = this;
    while (head[0] !== EMPTY && head[0]! <= head[1]! && head[0]! * this.frameMs + graceMs <= nowMs) {
      this.close(closed, head[1]!);
    }
  }

  /** Every sensor that is not long silent has a reading beyond the oldest open frame. */
  private allPassed(): boolean {
    const { head } = this;
    for (let i = 0; i < this.sensors; i++) {
      const newest = head[3 + i]!;
      if (newest <= head[0]! && newest > head[0]! - DEPTH) return false;
    }
    return true;
  }

  private close(closed: (frame: Frame) => void, towards: number): void {
    const { head, cells, frame, sensors, frameMs } = this;
    const at = head[0]!;
    let any = false;
    const row = (at % DEPTH) * sensors * FIELDS;
    for (let i = 0; i < sensors; i++) {
      const cell = row + i * FIELDS;
      const n = cells[cell]!;
      any ||= n > 0;
      frame.count[i] = n;
      frame.mean[i] = n > 0 ? cells[cell + 1]! : NaN;
      frame.low[i] = n > 0 ? cells[cell + 2]! : NaN;
      frame.high[i] = n > 0 ? cells[cell + 3]! : NaN;
      frame.square[i] = cells[cell + 4]!;
    }
    cells.fill(0, row, row + sensors * FIELDS);
    frame.startMs = (at - 1) * frameMs;
    frame.endMs = at * frameMs;
    // A long silence is one step, not thousands: nothing lies between the newest reading and what comes now.
    if (!any && head[1]! < at) {
      head[0] = Math.max(at + 1, towards - DEPTH + 1);
      return;
    }
    head[0] = at + 1;
    frame.skipped = head[2] === EMPTY ? 0 : at - head[2]! - 1;
    head[2] = at;
    closed(frame);
  }
}
