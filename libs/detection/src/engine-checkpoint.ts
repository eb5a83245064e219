import type { Condition } from '@lifeline/alarms';
import type { AssetWatch } from './asset-watch.js';
import { CheckpointFormatError } from './checkpoint.js';
import type { BookState } from './finding-record.js';

/** "LLW" and the version of the layout. */
const MAGIC = 0x4c4c5701;
/** Magic, then bytes of the limits, bytes of what sensors learned, numbers of the watches' states, bytes of the text. */
const HEADER = 5;

/** What of the engine is neither numbers of sensors nor states of watches. */
export interface Rest {
  readonly book: BookState;
  readonly tickedMs: number | null;
  readonly withdrawn: readonly Condition[];
}

interface Text {
  /** Name and length of each state, in order. */
  readonly watches: readonly (readonly [watchId: string, length: number])[];
  readonly rest: Rest;
}

export interface EngineCheckpoint {
  readonly limits: Uint8Array;
  readonly learned: Uint8Array;
  readonly states: ReadonlyMap<string, Float64Array>;
  readonly rest: Rest;
}

/**
 * One piece of memory, in this order: header, limits, what was learned, states of the watches, text as JSON; all but the text in
 * whole doubles. Written into the memory of `reuse` where that is large enough.
 */
export function writeEngineCheckpoint(
  limits: Uint8Array,
  learned: Uint8Array,
  watches: readonly AssetWatch[],
  rest: Rest,
  reuse: Uint8Array,
): Uint8Array {
  const text: Text = { watches: watches.map(({ watchId, state }) => [watchId, state.length]), rest };
  const json = new TextEncoder().encode(JSON.stringify(text));
  const stateLength = watches.reduce((sum, { state }) => sum + state.length, 0);
  const learnedFrom = HEADER + limits.length / 8;
  const statesFrom = learnedFrom + learned.length / 8;
  const length = (statesFrom + stateLength) * 8 + json.length;
  const memory = length <= reuse.buffer.byteLength ? reuse.buffer : new ArrayBuffer(Math.ceil(length * 1.1));
  const bytes = new Uint8Array(memory, 0, length);
  const numbers = new Float64Array(memory, 0, statesFrom + stateLength);
  numbers.set([MAGIC, limits.length, learned.length, stateLength, json.length]);
  bytes.set(limits, HEADER * 8);
  bytes.set(learned, learnedFrom * 8);
  let at = statesFrom;
  for (const { state } of watches) {
    numbers.set(state, at);
    at += state.length;
  }
  bytes.set(json, at * 8);
  return bytes;
}

/** @throws CheckpointFormatError where it is of another version or cut short */
export function readEngineCheckpoint(given: Uint8Array): EngineCheckpoint {
  const bytes = given.byteOffset % 8 === 0 ? given : new Uint8Array(given);
  if (bytes.length < HEADER * 8) throw new CheckpointFormatError(`not a detection checkpoint: ${bytes.length} bytes`);
  const header = new Float64Array(bytes.buffer, bytes.byteOffset, HEADER);
  const [magic, limitBytes, learnedBytes, stateLength, jsonBytes] = [...header] as [
    number,
    number,
    number,
    number,
    number,
  ];
  const learnedFrom = HEADER + limitBytes / 8;
  const statesFrom = learnedFrom + learnedBytes / 8;
  if (magic !== MAGIC || bytes.length !== (statesFrom + stateLength) * 8 + jsonBytes)
    throw new CheckpointFormatError(
      'not a detection checkpoint of this version, or cut short; it is built anew from the log',
    );
  const text = readText(bytes.subarray(bytes.length - jsonBytes));
  const states = new Map<string, Float64Array>();
  let at = statesFrom;
  for (const [watchId, length] of text.watches) {
    if (at + length > statesFrom + stateLength)
      throw new CheckpointFormatError(`broken detection checkpoint: the state of ${watchId} is cut short`);
    states.set(watchId, new Float64Array(bytes.buffer, bytes.byteOffset + at * 8, length));
    at += length;
  }
  return {
    limits: bytes.subarray(HEADER * 8, learnedFrom * 8),
    learned: bytes.subarray(learnedFrom * 8, statesFrom * 8),
    states,
    rest: text.rest,
  };
}

function readText(json: Uint8Array): Text {
  try {
    // The version holds, and the digest of the file around it: these are the bytes that were written.
    return JSON.parse(new TextDecoder().decode(json)) as Text;
  } catch (error) {
    throw new CheckpointFormatError(`broken detection checkpoint: ${error instanceof Error ? error.message : error}`);
  }
}
