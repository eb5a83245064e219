import { QUALITY_OF_REASON, QUALITY_REASONS, type Quality, type QualityReason } from '@lifeline/contracts';

/**
 * A group of readings as columns: what ingest appends to the reading log in one record and what every consumer reads
 * back without an object a reading. All arrays have the same length.
 */
export interface ReadingBlock {
  /** Arrival of the group (the clock of ingest), epoch milliseconds. */
  readonly arrivedAtMs: number;
  /** Name of the inlet it came through, for the account. */
  readonly inlet: string;
  /** Number of the sensor in the registry (`Sensor.sensorNo`). */
  readonly sensorNo: Uint32Array;
  /** Measured time, epoch milliseconds. */
  readonly measuredAtMs: Float64Array;
  /** In the sensor's unit; NaN only where the mark says `not-a-number`. */
  readonly value: Float64Array;
  /** Low seven bits: position in QUALITY_REASONS; top bit: a repeat of a reading that came before (DUPLICATE). */
  readonly mark: Uint8Array;
}

/** Set in `mark` where the same sensor and measured time came before: counted, not stored again. */
export const DUPLICATE = 0x80;
export const REASON_MASK = 0x7f;

export function isDuplicate(mark: number): boolean {
  return (mark & DUPLICATE) !== 0;
}

export function reasonOfMark(mark: number): QualityReason {
  return QUALITY_REASONS[mark & REASON_MASK] ?? 'none';
}

const QUALITY_OF_CODE: readonly Quality[] = QUALITY_REASONS.map((reason) => QUALITY_OF_REASON[reason]);

export function qualityOfMark(mark: number): Quality {
  return QUALITY_OF_CODE[mark & REASON_MASK] ?? 'uncertain';
}

const VERSION = 1;
const HEADER_BYTES = 32;
const INLET_BYTES = 16;

export class BlockFormatError extends Error {
  readonly code = 'block-format';
}

/** Bytes a block of `count` readings takes: 32 of header, then 21 a reading, padded to 8. */
export function blockBytes(count: number): number {
  return HEADER_BYTES + count * 16 + align8(count * 4) + align8(count);
}

function align8(bytes: number): number {
  return (bytes + 7) & ~7;
}

/**
 * Encodes a block: little-endian, version byte, inlet name in 15 bytes of ASCII, arrival, count, then the columns measured time, value,
 * sensor number, mark.
 */
export function encodeBlock(block: ReadingBlock): Uint8Array {
  const count = block.sensorNo.length;
  const bytes = new Uint8Array(blockBytes(count));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  for (let i = 0; i < Math.min(block.inlet.length, INLET_BYTES - 1); i++)
    view.setUint8(1 + i, block.inlet.charCodeAt(i) & 0x7f);
  view.setFloat64(16, block.arrivedAtMs, true);
  view.setUint32(24, count, true);
  let offset = HEADER_BYTES;
  new Float64Array(bytes.buffer, offset, count).set(block.measuredAtMs);
  offset += count * 8;
  new Float64Array(bytes.buffer, offset, count).set(block.value);
  offset += count * 8;
  new Uint32Array(bytes.buffer, offset, count).set(block.sensorNo);
  offset += align8(count * 4);
  bytes.set(block.mark, offset);
  return bytes;
}

/** Reads a block back; its columns are views on the bytes where these are aligned, else on one copy. */
export function decodeBlock(payload: Uint8Array): ReadingBlock {
  if (payload.byteLength < HEADER_BYTES || payload[0] !== VERSION) {
    throw new BlockFormatError(
      `not a reading block of version ${VERSION} (${payload.byteLength} bytes, first byte ${payload[0]})`,
    );
  }
  const bytes = payload.byteOffset % 8 === 0 ? payload : new Uint8Array(payload);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(24, true);
  if (bytes.byteLength < blockBytes(count)) {
    throw new BlockFormatError(`block of ${count} readings needs ${blockBytes(count)} bytes, has ${bytes.byteLength}`);
  }
  let inlet = '';
  for (let i = 0; i < INLET_BYTES - 1; i++) {
    const code = view.getUint8(1 + i);
    if (code === 0) break;
    inlet += String.fromCharCode(code);
  }
  let offset = bytes.byteOffset + HEADER_BYTES;
  const measuredAtMs = new Float64Array(bytes.buffer, offset, count);
  offset += count * 8;
  const value = new Float64Array(bytes.buffer, offset, count);
  offset += count * 8;
  const sensorNo = new Uint32Array(bytes.buffer, offset, count);
  offset += align8(count * 4);
  const mark = new Uint8Array(bytes.buffer, offset, count);
  return { arrivedAtMs: view.getFloat64(16, true), inlet, measuredAtMs, value, sensorNo, mark };
}
