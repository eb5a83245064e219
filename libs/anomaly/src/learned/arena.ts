import { AnomalyCheckpointError } from '../state-memory.js';
import { BLANK_NAN, D, ROW_BYTES, ROW_DOUBLES, SETTINGS } from './layout.js';

/** "LLE" and the version of the layout: raise it whenever a field changes. */
const MAGIC = 0x4c4c4502;
/** Row 0 is the header: magic, bytes a row, rows used, and what the engine keeps of the city. */
const HEADER = { magic: 0, rowBytes: 1, used: 2, own: 3 } as const;

/**
 * The numbers of all sensors in one block of memory, a row each, behind a row of the engine's own: a checkpoint is the block as it
 * lies. Rows that become free are used again.
 */
export class Arena {
  /** All see the same memory; take them anew after `put`, which may move it. */
  doubles = new Float64Array(ROW_DOUBLES * 64);
  floats = new Float32Array(this.doubles.buffer);
  small = new Uint16Array(this.doubles.buffer);
  /** Of each row what the registry says, which is no state: see `K`. */
  settings = new Float32Array(SETTINGS * 64);
  readonly #rowByNo = new Map<number, number>();
  readonly #free: number[] = [];
  #used = 1;

  constructor() {
    this.#head();
  }

  /** Place of the engine's own numbers in `doubles`. */
  readonly own = HEADER.own;

  /** One more than the highest row in use. */
  get used(): number {
    return this.#used;
  }

  rowOf(sensorNo: number): number | undefined {
    return this.#rowByNo.get(sensorNo);
  }

  /** The sensor's row, made blank where it is new. */
  put(sensorNo: number): number {
    const present = this.#rowByNo.get(sensorNo);
    if (present !== undefined) return present;
    const row = this.#free.pop() ?? this.#used++;
    if (this.#used * ROW_DOUBLES > this.doubles.length) this.#grow();
    this.#blank(row);
    this.doubles[row * ROW_DOUBLES + D.owner] = sensorNo;
    this.#rowByNo.set(sensorNo, row);
    this.#head();
    return row;
  }

  remove(sensorNo: number): number | undefined {
    const row = this.#rowByNo.get(sensorNo);
    if (row === undefined) return undefined;
    this.#rowByNo.delete(sensorNo);
    this.#blank(row);
    this.#free.push(row);
    return row;
  }

  view(): Uint8Array {
    return new Uint8Array(this.doubles.buffer, 0, this.#used * ROW_BYTES);
  }

  /** @throws AnomalyCheckpointError, having changed nothing */
  restore(checkpoint: Uint8Array): void {
    const given = doublesOf(checkpoint);
    const rows = given[HEADER.used] ?? NaN;
    if (given[HEADER.magic] !== MAGIC || given[HEADER.rowBytes] !== ROW_BYTES || given.length !== rows * ROW_DOUBLES) {
      throw new AnomalyCheckpointError(
        `not a checkpoint of this version of the learned engine: ${checkpoint.byteLength} bytes, ${given[HEADER.rowBytes]} a row where ${ROW_BYTES} are expected; learn anew from the history`,
      );
    }
    for (const row of this.#rowByNo.values()) {
      const owner = this.doubles[row * ROW_DOUBLES + D.owner]!;
      this.#blank(row);
      this.doubles[row * ROW_DOUBLES + D.owner] = owner;
    }
    this.doubles.set(given.subarray(0, ROW_DOUBLES), 0);
    this.#head();
    for (let from = ROW_DOUBLES; from < given.length; from += ROW_DOUBLES) {
      const row = this.#rowByNo.get(given[from + D.owner]!);
      if (row !== undefined) this.doubles.set(given.subarray(from, from + ROW_DOUBLES), row * ROW_DOUBLES);
    }
  }

  #head(): void {
    this.doubles[HEADER.magic] = MAGIC;
    this.doubles[HEADER.rowBytes] = ROW_BYTES;
    this.doubles[HEADER.used] = this.#used;
  }

  #blank(row: number): void {
    const base = row * ROW_DOUBLES;
    this.doubles.fill(0, base, base + ROW_DOUBLES);
    for (const field of BLANK_NAN) this.doubles[base + field] = NaN;
    this.doubles[base + D.owner] = -1;
  }

  #grow(): void {
    const larger = new Float64Array(this.doubles.length * 2);
    larger.set(this.doubles);
    this.doubles = larger;
    this.floats = new Float32Array(larger.buffer);
    this.small = new Uint16Array(larger.buffer);
    const settings = new Float32Array(this.settings.length * 2);
    settings.set(this.settings);
    this.settings = settings;
  }
}

/** Aligned; a broken length gives no numbers, which no header is. */
function doublesOf(bytes: Uint8Array): Float64Array {
  if (bytes.byteLength % 8 !== 0) return new Float64Array(0);
  if (bytes.byteOffset % 8 === 0) return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  return new Float64Array(bytes.slice().buffer);
}
