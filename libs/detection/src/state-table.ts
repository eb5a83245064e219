import { NumberIndex } from './number-index.js';

/**
 * Numbers of each sensor in one array: a row a sensor, rows of one length, the array grown by doubling. Freed rows are used
 * again, so memory follows the sensors that are registered. Rows are copied as bytes: a double may hold smaller numbers.
 */
export class StateTable {
  private rows: Float64Array<ArrayBuffer>;
  /** Sensor number of each row; -1 where the row is free. */
  private owners: Float64Array<ArrayBuffer>;
  private readonly index = new NumberIndex();
  private readonly free: number[] = [];
  private count = 0;

  /** `blank`: what a new row holds; its length is the length of a row. */
  constructor(private readonly blank: Float64Array) {
    this.rows = new Float64Array(blank.length * 64);
    this.owners = new Float64Array(64);
  }

  /** All rows; take it anew after `put`, which may move it. */
  get data(): Float64Array<ArrayBuffer> {
    return this.rows;
  }

  /** Rows there are, free ones too: each is under this. */
  get used(): number {
    return this.count;
  }

  /** Rows there is memory for. */
  get room(): number {
    return this.owners.length;
  }

  /** The sensor's row, -1 where it has none; it begins in `data` at as many row lengths. */
  rowOf(sensorNo: number): number {
    return this.index.get(sensorNo);
  }

  /** The sensor's row, made blank where it is new. */
  put(sensorNo: number): number {
    const present = this.index.get(sensorNo);
    if (present >= 0) return present;
    const row = this.free.pop() ?? this.count++;
    if (row === this.owners.length) {
      this.rows = doubled(this.rows);
      this.owners = doubled(this.owners);
    }
    this.rows.set(this.blank, row * this.blank.length);
    this.owners[row] = sensorNo;
    this.index.set(sensorNo, row);
    return row;
  }

  remove(sensorNo: number): void {
    const row = this.index.get(sensorNo);
    if (row < 0) return;
    this.index.delete(sensorNo);
    this.owners[row] = -1;
    this.free.push(row);
  }

  /** Doubles that `write` takes: rows and row length, the owner of each row, the rows. */
  get size(): number {
    return 2 + this.count * (1 + this.blank.length);
  }

  /** Copies everything to `target`, whole arrays at once; gives where it ended. */
  write(target: Float64Array, from: number): number {
    target[from] = this.count;
    target[from + 1] = this.blank.length;
    target.set(this.owners.subarray(0, this.count), from + 2);
    target.set(this.rows.subarray(0, this.count * this.blank.length), from + 2 + this.count);
    return from + this.size;
  }

  /**
   * Gives where the rows that `write` put at `from` end.
   * @throws RangeError where they are not such rows
   */
  check(source: Float64Array, from: number): number {
    const count = source[from];
    const stride = source[from + 1];
    const end = from + 2 + (count ?? NaN) * (1 + this.blank.length);
    if (stride !== this.blank.length || !(end <= source.length) || !Number.isInteger(end) || end < from + 2) {
      throw new RangeError(`${count} rows of ${stride} numbers do not fit rows of ${this.blank.length}`);
    }
    return end;
  }

  /** Reads rows back into those sensors that have one; others are dropped. Gives where they end. */
  read(source: Float64Array, from: number): number {
    const end = this.check(source, from);
    const stride = this.blank.length;
    const count = source[from]!;
    for (let given = 0; given < count; given++) {
      const row = this.index.get(source[from + 2 + given]!);
      if (row < 0) continue;
      const at = from + 2 + count + given * stride;
      this.rows.set(source.subarray(at, at + stride), row * stride);
    }
    return end;
  }
}

function doubled(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
