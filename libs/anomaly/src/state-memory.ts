/** "LLA" and the version of the layout: raise it whenever a detector's fields change. */
const MAGIC = 0x4c4c4101;
const HEADER_BYTES = 8;

/** A checkpoint that this version cannot read. */
export class AnomalyCheckpointError extends Error {
  readonly code = 'checkpoint-format';
}

/**
 * One block of memory that holds the whole state of a scorer; its parts take views of it once, when they are made. A checkpoint
 * is therefore one copy, and what is not in the block is not state.
 */
export class StateMemory {
  readonly #buffer: ArrayBuffer;
  #used = HEADER_BYTES;

  constructor(bytes: number) {
    this.#buffer = new ArrayBuffer(bytes);
    new Float64Array(this.#buffer, 0, 1)[0] = MAGIC;
  }

  /** Bytes taken so far. */
  get used(): number {
    return this.#used;
  }

  doubles(count: number): Float64Array {
    return new Float64Array(this.#buffer, this.#take(count * 8), count);
  }

  /** Single precision, in whole steps of eight bytes. */
  floats(count: number): Float32Array {
    return new Float32Array(this.#buffer, this.#take(Math.ceil(count / 2) * 8), count);
  }

  checkpoint(): Uint8Array {
    return new Uint8Array(this.#buffer.slice(0, this.#used));
  }

  /** @throws AnomalyCheckpointError where it is of another version or length */
  restore(checkpoint: Uint8Array): void {
    const [magic] =
      checkpoint.byteLength < HEADER_BYTES ? [0] : new Float64Array(checkpoint.slice(0, HEADER_BYTES).buffer);
    if (magic !== MAGIC || checkpoint.byteLength !== this.#used) {
      throw new AnomalyCheckpointError(
        `not an anomaly checkpoint of this version: ${checkpoint.byteLength} bytes where ${this.#used} are expected; learn anew from the history`,
      );
    }
    new Uint8Array(this.#buffer).set(checkpoint);
  }

  #take(bytes: number): number {
    const at = this.#used;
    if (at + bytes > this.#buffer.byteLength)
      throw new RangeError(`state memory of ${this.#buffer.byteLength} bytes is too small`);
    this.#used += bytes;
    return at;
  }
}
