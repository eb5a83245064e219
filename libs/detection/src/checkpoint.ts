import type { StateTable } from './state-table.js';

/** "LLD" and the version of the layout: raise it whenever a row's fields change. */
const MAGIC = 0x4c4c4405;
const HEADER = 4;

/** A checkpoint that this version cannot read, or that is broken. */
export class CheckpointFormatError extends Error {
  readonly code = 'checkpoint-format';
}

/**
 * Numbers as little-endian doubles: magic, length, two times, then each table. Bounded by the sensors registered. Written into
 * `reuse` where that is large enough: touching fresh memory costs ten times the copy.
 */
export function writeCheckpoint(
  clockMs: number,
  watchingSinceMs: number,
  tables: readonly StateTable[],
  reuse: Float64Array,
): Float64Array {
  const length = HEADER + tables.reduce((sum, table) => sum + table.size, 0);
  const numbers = length <= reuse.length ? reuse.subarray(0, length) : new Float64Array(length);
  numbers[0] = MAGIC;
  numbers[1] = length;
  numbers[2] = clockMs;
  numbers[3] = watchingSinceMs;
  let at = HEADER;
  for (const table of tables) at = table.write(numbers, at);
  return numbers;
}

/** @throws CheckpointFormatError where it is of another version or cut short; the tables are then as they were */
export function readCheckpoint(
  bytes: Uint8Array,
  tables: readonly StateTable[],
): { clockMs: number; watchingSinceMs: number } {
  if (bytes.byteLength % 8 !== 0 || bytes.byteLength < HEADER * 8) {
    throw new CheckpointFormatError(`not a detection checkpoint: ${bytes.byteLength} bytes`);
  }
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const numbers = new Float64Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 8);
  if (numbers[0] !== MAGIC && Math.floor(numbers[0]! / 256) === Math.floor(MAGIC / 256)) {
    throw new CheckpointFormatError(
      `a detection checkpoint of version ${numbers[0]! % 256}, where ${MAGIC % 256} is read; it is built anew from the log`,
    );
  }
  if (numbers[0] !== MAGIC || numbers[1] !== numbers.length) {
    throw new CheckpointFormatError(
      'not a detection checkpoint of this version, or cut short; it is built anew from the log',
    );
  }
  let at = HEADER;
  try {
    for (const table of tables) at = table.check(numbers, at);
  } catch (error) {
    throw new CheckpointFormatError(`broken detection checkpoint: ${error instanceof Error ? error.message : error}`);
  }
  at = HEADER;
  for (const table of tables) at = table.read(numbers, at);
  return { clockMs: numbers[2]!, watchingSinceMs: numbers[3]! };
}
