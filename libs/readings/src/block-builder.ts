import { encodeBlock } from './reading-block.js';

/** Most readings of one block: 86 KB, what one commit of the log writes in a few hundred microseconds. */
export const MAX_BLOCK_READINGS = 4096;

const FIRST_CAPACITY = 256;

/** Collects readings as columns; made once and used again for every block. */
export class BlockBuilder {
  count = 0;
  private sensorNo = new Uint32Array(FIRST_CAPACITY);
  private measuredAtMs = new Float64Array(FIRST_CAPACITY);
  private value = new Float64Array(FIRST_CAPACITY);
  private mark = new Uint8Array(FIRST_CAPACITY);

  /** No more goes in: encode it and begin the next. */
  get isFull(): boolean {
    return this.count >= MAX_BLOCK_READINGS;
  }

  /** @throws RangeError where the block is full */
  push(sensorNo: number, measuredAtMs: number, value: number, mark: number): void {
    const at = this.count;
    if (at === this.value.length) this.grow();
    this.sensorNo[at] = sensorNo;
    this.measuredAtMs[at] = measuredAtMs;
    this.value[at] = value;
    this.mark[at] = mark;
    this.count = at + 1;
  }

  /** The encoded block (a copy), and the builder empty again. */
  take(arrivedAtMs: number, inlet: string): Uint8Array {
    const { count } = this;
    this.count = 0;
    return encodeBlock({
      arrivedAtMs,
      inlet,
      sensorNo: this.sensorNo.subarray(0, count),
      measuredAtMs: this.measuredAtMs.subarray(0, count),
      value: this.value.subarray(0, count),
      mark: this.mark.subarray(0, count),
    });
  }

  private grow(): void {
    if (this.isFull) throw new RangeError(`a block holds ${MAX_BLOCK_READINGS} readings at most`);
    const capacity = this.value.length * 2;
    this.sensorNo = widened(this.sensorNo, new Uint32Array(capacity));
    this.measuredAtMs = widened(this.measuredAtMs, new Float64Array(capacity));
    this.value = widened(this.value, new Float64Array(capacity));
    this.mark = widened(this.mark, new Uint8Array(capacity));
  }
}

function widened<Column extends Uint32Array | Float64Array | Uint8Array>(from: Column, into: Column): Column {
  into.set(from);
  return into;
}
