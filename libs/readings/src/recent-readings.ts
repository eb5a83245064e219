/**
 * Which readings (sensor, measured time) came lately: a device that sends a message again must not be counted twice. Holds at
 * least the newest `capacity` readings, at most twice as many, in two hash tables: the younger fills, then takes the place of
 * the older. 48 bytes a reading of `capacity`, whatever comes; one look-up and one write a reading.
 */
export class RecentReadings {
  private young: Generation;
  private old: Generation;

  /** @param capacity a power of two */
  constructor(capacity = 1 << 19) {
    if (!Number.isInteger(Math.log2(capacity))) throw new RangeError(`capacity ${capacity} is no power of two`);
    this.young = new Generation(capacity);
    this.old = new Generation(capacity);
  }

  /** True where it came before; remembers it where it did not. */
  seen(sensorNo: number, measuredAtMs: number): boolean {
    if (this.young.has(sensorNo, measuredAtMs) || this.old.has(sensorNo, measuredAtMs)) return true;
    this.add(sensorNo, measuredAtMs);
    return false;
  }

  /** Remembers what is known to be new. */
  add(sensorNo: number, measuredAtMs: number): void {
    if (this.young.isFull) {
      const emptied = this.old;
      this.old = this.young;
      this.young = emptied;
      emptied.clear();
    }
    this.young.add(sensorNo, measuredAtMs);
  }

  /** It was not kept after all: it is new when it comes again. */
  forget(sensorNo: number, measuredAtMs: number): void {
    this.young.forget(sensorNo, measuredAtMs);
    this.old.forget(sensorNo, measuredAtMs);
  }
}

/** Open addressing, half full at most. */
class Generation {
  private readonly sensors: Uint32Array;
  private readonly times: Float64Array;
  private readonly slotMask: number;
  private count = 0;

  constructor(private readonly capacity: number) {
    this.sensors = new Uint32Array(capacity * 2);
    this.times = new Float64Array(capacity * 2);
    this.slotMask = capacity * 2 - 1;
  }

  get isFull(): boolean {
    return this.count >= this.capacity;
  }

  has(sensorNo: number, measuredAtMs: number): boolean {
    return this.find(sensorNo, measuredAtMs) >= 0;
  }

  add(sensorNo: number, measuredAtMs: number): void {
    let slot = this.firstSlot(sensorNo, measuredAtMs);
    while (this.sensors[slot] !== 0) slot = (slot + 1) & this.slotMask;
    // Zero marks an empty slot.
    this.sensors[slot] = sensorNo + 1;
    this.times[slot] = measuredAtMs;
    this.count++;
  }

  forget(sensorNo: number, measuredAtMs: number): void {
    const slot = this.find(sensorNo, measuredAtMs);
    // The slot stays taken, so that what was put behind it is still found; NaN equals no time.
    if (slot >= 0) this.times[slot] = NaN;
  }

  clear(): void {
    this.sensors.fill(0);
    this.count = 0;
  }

  private find(sensorNo: number, measuredAtMs: number): number {
    let slot = this.firstSlot(sensorNo, measuredAtMs);
    for (let taken = this.sensors[slot]!; taken !== 0; taken = this.sensors[slot]!) {
      if (taken === sensorNo + 1 && this.times[slot] === measuredAtMs) return slot;
      slot = (slot + 1) & this.slotMask;
    }
    return -1;
  }

  /** Multiplicative hash of three 32-bit words, folded so that the low bits depend on all of them. */
  private firstSlot(sensorNo: number, measuredAtMs: number): number {
    const high = Math.floor(measuredAtMs / 4_294_967_296);
    let hash = Math.imul(sensorNo ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(measuredAtMs | 0, 0xc2b2_ae35) ^ high;
    // `| 0` takes the time modulo 2^32, as ToInt32 says.
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
    return (hash ^ (hash >>> 13)) & this.slotMask;
  }
}
