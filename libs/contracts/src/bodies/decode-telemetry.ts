import type { DecodedReadings, DecodeReject } from './decoded-readings.js';
import { describeValue } from './describe-value.js';
import { MAX_BODY_BYTES, MAX_BODY_READINGS } from './limits.js';
import { replaceNonFiniteTokens } from './non-finite-tokens.js';
import { decodePlain } from './plain-body.js';
import { decodeSenmlCbor } from './senml-cbor.js';
import { decodeSenmlJson } from './senml.js';
import { looksLikeSenml } from './senml-record.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the body of a telemetry message into columns. Never throws; a valid body costs no object beyond those of JSON.parse
 * (some 0.2 µs a reading in a batch; `bench decode` keeps this true).
 *
 * Bodies: `{"ts"?, "values": {channel: number}}` or an array of these; SenML (RFC 8428) as JSON, or as CBOR, which is told by its
 * first byte. Unknown keys beside `ts` and `values` are ignored. Of a key that comes twice the last counts, as in JSON.parse. What
 * cannot become a reading does not take the others along.
 *
 * @param payload the body as it came; not kept
 * @param arrivedAtMs stands for a missing time, and is what relative SenML times count from
 * @param into emptied first, then holds the readings; the same holder serves every message
 * @returns what could not become a reading; undefined where all did
 */
export function decodeTelemetry(
  payload: Uint8Array,
  arrivedAtMs: number,
  into: DecodedReadings,
): readonly DecodeReject[] | undefined {
  into.reset();
  if (payload.length > MAX_BODY_BYTES) {
    into.reject(
      'too-large',
      `the body has ${payload.length} bytes, at most ${MAX_BODY_BYTES} are taken: send smaller batches`,
    );
  } else if (payload.length === 0) {
    into.reject('wrong-shape', 'the body is empty');
  } else if (isCbor(payload)) {
    decodeSenmlCbor(payload, arrivedAtMs, into);
  } else {
    decodeJson(payload, arrivedAtMs, into);
  }
  if (into.count > MAX_BODY_READINGS) {
    into.rejectAll(
      'too-large',
      `the body has ${into.count} readings, at most ${MAX_BODY_READINGS} are taken: send smaller batches`,
    );
  }
  if (into.count === 0 && into.rejects === undefined) into.reject('wrong-shape', 'the body holds no reading');
  return into.rejects;
}

/** An array or map of CBOR, or its self-description: bytes that no UTF-8 text begins with. */
function isCbor(payload: Uint8Array): boolean {
  const first = payload[0]!;
  return (first >= 0x80 && first <= 0xbf) || (first === 0xd9 && payload[1] === 0xd9 && payload[2] === 0xf7);
}

function decodeJson(payload: Uint8Array, arrivedAtMs: number, into: DecodedReadings): void {
  let text: string;
  try {
    text = utf8.decode(payload);
  } catch {
    into.reject('invalid-utf8', 'the body is not UTF-8: send JSON as UTF-8, or SenML as CBOR');
    return;
  }
  const body = parseJson(text, into);
  if (body === undefined) return;
  if (!Array.isArray(body)) {
    decodePlain(body, arrivedAtMs, into, -1);
  } else if (body.length === 0) {
    into.reject('wrong-shape', 'the array is empty');
  } else if (looksLikeSenml(body[0])) {
    decodeSenmlJson(body, arrivedAtMs, into);
  } else {
    decodeBatch(body, arrivedAtMs, into);
  }
}

function decodeBatch(elements: readonly unknown[], arrivedAtMs: number, into: DecodedReadings): void {
  for (let i = 0; i < elements.length; i++) {
    decodePlain(elements[i], arrivedAtMs, into, i);
  }
}

/** The parsed body (undefined never comes out of JSON), or undefined with its reject. */
function parseJson(text: string, into: DecodedReadings): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const mended = replaceNonFiniteTokens(text);
    if (mended !== undefined) {
      try {
        return JSON.parse(mended) as unknown;
      } catch {
        into.reject(
          'not-a-number',
          'the body holds NaN or Infinity, which JSON has not: leave out what was not measured',
        );
        return undefined;
      }
    }
    into.reject('malformed-json', `the body is not JSON: ${describeError(error)}`);
    return undefined;
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 160) : describeValue(error);
}
