/**
 * The newest value of every sensor, as columns by sensor number: no object a sensor, none a reading. 29 bytes a sensor.
 */
export class SensorValues {
  private measured = new Float64Array(1024).fill(NaN);
  private arrived = new Float64Array(1024);
  private values = new Float64Array(1024);
  private marks = new Uint8Array(1024);
  private dirtyBits = new Uint8Array(1024);
  /** Numbers of the sensors that changed since the last `takeDirty`; each once. */
  private dirtyNos = new Uint32Array(1024);
  private dirtyCount = 0;

  /**
   * Takes a reading where it is not older than the one held. What counts is the measured time, but at most the arrival: a device whose
   * clock is ahead must not hide the readings that come after. Cost: some 10 ns.
   * @returns whether it was taken
   */
  put(sensorNo: number, measuredAtMs: number, value: number, mark: number, arrivedAtMs: number): boolean {
    if (sensorNo >= this.measured.length) this.grow(sensorNo);
    const present = this.measured[sensorNo]!;
    // A comparison with NaN (nothing held yet) is false, so the first reading is taken.
    if (Math.min(measuredAtMs, arrivedAtMs) < Math.min(present, this.arrived[sensorNo]!)) return false;
    this.measured[sensorNo] = measuredAtMs;
    this.arrived[sensorNo] = arrivedAtMs;
    this.values[sensorNo] = value;
    this.marks[sensorNo] = mark;
    if (this.dirtyBits[sensorNo] === 0) {
      this.dirtyBits[sensorNo] = 1;
      this.dirtyNos[this.dirtyCount++] = sensorNo;
    }
    return true;
  }

  has(sensorNo: number): boolean {
    return sensorNo < this.measured.length && !Number.isNaN(this.measured[sensorNo]!);
  }

  measuredAtMs(sensorNo: number): number {
    return this.measured[sensorNo]!;
  }

  /** The time up to which the sensor is known to speak: measured time, at most the arrival. */
  heardAtMs(sensorNo: number): number {
    return Math.min(this.measured[sensorNo]!, this.arrived[sensorNo]!);
  }

  /** Not a number where the mark says so. */
  value(sensorNo: number): number {
    return this.values[sensorNo]!;
  }

  mark(sensorNo: number): number {
    return this.marks[sensorNo]!;
  }

  get changed(): number {
    return this.dirtyCount;
  }

  /** Numbers of the sensors that changed since the last call; the caller keeps them. */
  takeDirty(): Uint32Array {
    const taken = this.dirtyNos.slice(0, this.dirtyCount);
    for (let i = 0; i < taken.length; i++) this.dirtyBits[taken[i]!] = 0;
    this.dirtyCount = 0;
    return taken;
  }

  private grow(sensorNo: number): void {
    const size = 2 ** Math.ceil(Math.log2(sensorNo + 1));
    const measured = new Float64Array(size).fill(NaN);
    measured.set(this.measured);
    this.measured = measured;
    const wide = (column: Float64Array) => {
      const wider = new Float64Array(size);
      wider.set(column);
      return wider;
    };
    this.arrived = wide(this.arrived);
    this.values = wide(this.values);
    const bytes = (column: Uint8Array) => {
      const wider = new Uint8Array(size);
      wider.set(column);
      return wider;
    };
    this.marks = bytes(this.marks);
    this.dirtyBits = bytes(this.dirtyBits);
    const nos = new Uint32Array(size);
    nos.set(this.dirtyNos);
    this.dirtyNos = nos;
  }
}
