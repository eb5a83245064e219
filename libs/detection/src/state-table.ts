/**
 * Numbers of each sensor in one array: a row a sensor, rows of one length, the array grown by doubling. Freed rows are used
 * again, so memory follows the sensors that are registered.
 */
export class StateTable {
  private rows: Float64Array;
  /** Sensor number of each row; -1 where the row is free. */
  private owners: Float64Array;
  private readonly baseByNo = new Map<number, number>();
  private readonly free: number[] = [];
  private used = 0;

  /** `blank`: what a new row holds; its length is the length of a row. */
  constructor(private readonly blank: Float64Array) {
    this.rows = new Float64Array(blank.length * 64);
    this.owners = new Float64Array(64);
  }

  /** All rows; take it anew after `put`, which may move it. */
  get data(): Float64Array {
    return this.rows;
  }

  /** Where the sensor's row begins in `data`, made blank where it is new. */
  put(sensorNo: number): number {
    const present = this.baseByNo.get(sensorNo);
    if (present !== undefined) return present;
    const stride = this.blank.length;
    const row = this.free.pop() ?? this.used++;
    if (row === this.owners.length) {
      this.rows = doubled(this.rows);
      this.owners = doubled(this.owners);
    }
    const base = row * stride;
    this.rows.set(this.blank, base);
    this.owners[row] = sensorNo;
    this.baseByNo.set(sensorNo, base);
    return base;
  }

  remove(sensorNo: number): void {
    const base = this.baseByNo.get(sensorNo);
    if (base === undefined) return;
    const row = base / this.blank.length;
    this.baseByNo.delete(sensorNo);
    this.owners[row] = -1;
    this.free.push(row);
  }

  /** Doubles that `write` takes: rows and row length, the owner of each row, the rows. */
  get size(): number {
    return 2 + this.used * (1 + this.blank.length);
  }

  /** Copies everything to `target`, whole arrays at once; gives where it ended. */
  write(target: Float64Array, from: number): number {
    target[from] = this.used;
    target[from + 1] = this.blank.length;
    target.set(this.owners.subarray(0, this.used), from + 2);
    target.set(this.rows.subarray(0, this.used * this.blank.length), from + 2 + this.used);
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
    for (let row = 0; row < count; row++) {
      const base = this.baseByNo.get(source[from + 2 + row]!);
      if (base === undefined) continue;
      const at = from + 2 + count + row * stride;
      for (let i = 0; i < stride; i++) this.rows[base + i] = source[at + i]!;
    }
    return end;
  }
}

function doubled(array: Float64Array): Float64Array {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
