import { CborError, CborReader, NOT_PLAIN } from './cbor-reader.js';
import type { DecodedReadings } from './decoded-readings.js';
import { SenmlPack } from './senml.js';
import { SenmlRecord } from './senml-record.js';

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
  const fields = new SenmlRecord();
  let records = 0;
  for (; reader.hasNext(length, records); records++) {
    const pairs = reader.mapHead();
    if (pairs === undefined) {
      reader.value();
      into.reject('wrong-shape', `SenML: record ${records} must be a map`);
    } else {
      readRecord(reader, pairs, fields);
      if (!pack.add(fields)) return;
    }
  }
  if (!reader.atEnd) throw new CborError('goes on after its end');
  if (records === 0) into.reject('wrong-shape', 'the array holds no record');
}

function readRecord(reader: CborReader, pairs: number, fields: SenmlRecord): void {
  fields.clear();
  for (let i = 0; reader.hasNext(pairs, i); i++) {
    const label = reader.value();
    const item = reader.value();
    // An object stands for what is not plain, so that the reject says so.
    const value = item === NOT_PLAIN ? {} : item;
    if (typeof label === 'number') fields.setByNumber(label, value);
    else if (typeof label === 'string') fields.setByName(label, value);
  }
}
