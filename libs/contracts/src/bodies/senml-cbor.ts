import { CborError, CborReader, NOT_PLAIN } from './cbor-reader.js';
import type { DecodedReadings } from './decoded-readings.js';
import { SenmlPack } from './senml.js';
import type { SenmlRecord } from './senml-record.js';

/** Integer labels of SenML in CBOR (RFC 8428, table 4), by label - LOWEST. */
const LOWEST = -6;
const NAMES: readonly (keyof SenmlRecord | undefined)[] = [
  'bs', // -6
  'bv',
  'bu',
  'bt',
  'bn',
  'bver', // -1
  'n', // 0
  'u',
  'v',
  'vs',
  'vb',
  's',
  't', // 6
  undefined, // 7: update time, of no use here
  'vd', // 8
];
const BY_NAME = new Set<string>(NAMES.filter((name) => name !== undefined));

/** Reads a SenML pack that came as CBOR: an array of maps. */
export function decodeSenmlCbor(payload: Uint8Array, arrivedAtMs: number, into: DecodedReadings): void {
  try {
    readPack(payload, arrivedAtMs, into);
  } catch (error) {
    if (!(error instanceof CborError)) throw error;
    into.rejectAll('malformed-cbor', `the body is taken for CBOR by its first byte, and ${error.message}`);
  }
}

function readPack(payload: Uint8Array, arrivedAtMs: number, into: DecodedReadings): void {
  const reader = new CborReader(payload);
  reader.skipSelfDescription();
  const length = reader.arrayHead();
  if (length === undefined) {
    into.reject('wrong-shape', 'SenML in CBOR must be an array of maps (RFC 8428)');
    return;
  }
  const pack = new SenmlPack(arrivedAtMs, into);
  let records = 0;
  for (; reader.hasNext(length, records); records++) {
    const pairs = reader.mapHead();
    if (pairs === undefined) {
      reader.value();
      into.reject('wrong-shape', `SenML: record ${records} must be a map`);
    } else if (!pack.add(readRecord(reader, pairs))) {
      return;
    }
  }
  if (!reader.atEnd) throw new CborError('goes on after its end');
  if (records === 0) into.reject('wrong-shape', 'the array holds no record');
}

function readRecord(reader: CborReader, pairs: number): SenmlRecord {
  const record: SenmlRecord = {};
  for (let i = 0; reader.hasNext(pairs, i); i++) {
    const label = reader.value();
    const value = reader.value();
    const name = nameOf(label);
    // An object stands for what is not plain, so that the reject says so.
    if (name !== undefined) record[name] = value === NOT_PLAIN ? {} : value;
  }
  return record;
}

function nameOf(label: unknown): keyof SenmlRecord | undefined {
  if (typeof label === 'number') return NAMES[label - LOWEST];
  if (typeof label !== 'string') return undefined;
  // Labels that must be understood go through, to be refused; of the others, those we know.
  return BY_NAME.has(label) || label.endsWith('_') ? (label as keyof SenmlRecord) : undefined;
}
