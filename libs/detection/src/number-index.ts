/** Numbers up to here have their place in an array; a registry counts from 1, so that larger ones are odd and rare. */
const LARGEST_DENSE = 1 << 22;
const NONE = -1;

/** From a sensor's number to a small whole number from 0 on: one look into an array, where a map would take several. */
export class NumberIndex {
  private dense = new Int32Array(1024).fill(NONE);
  private readonly sparse = new Map<number, number>();

  /** -1 where there is none. */
  get(sensorNo: number): number {
    const { dense } = this;
    if (sensorNo < dense.length) return dense[sensorNo]!;
    return this.sparse.size === 0 ? NONE : (this.sparse.get(sensorNo) ?? NONE);
  }

  set(sensorNo: number, place: number): void {
    if (sensorNo >= LARGEST_DENSE) {
      this.sparse.set(sensorNo, place);
      return;
    }
    if (sensorNo >= this.dense.length) this.grow(sensorNo);
    this.dense[sensorNo] = place;
  }

  delete(sensorNo: number): void {
    if (sensorNo < this.dense.length) this.dense[sensorNo] = NONE;
    else this.sparse.delete(sensorNo);
  }

  clear(): void {
    this.dense.fill(NONE);
    this.sparse.clear();
  }

  private grow(sensorNo: number): void {
    let length = this.dense.length;
    while (length <= sensorNo) length *= 2;
    const larger = new Int32Array(length).fill(NONE);
    larger.set(this.dense);
    this.dense = larger;
  }
}
