import { DecodedReadings, type DecodeReject } from './decoded-readings.js';
import { decodeTelemetry } from './decode-telemetry.js';

/** Arrival of every message in these tests. */
export const ARRIVED_AT_MS = 1_700_000_000_000;

export type Row = readonly [channel: string, measuredAtMs: number, value: number, unit?: string];

/** Decodes a body (a text, bytes, or a value to write as JSON) and gives its readings as rows. */
export function decoded(body: unknown): { rows: Row[]; rejects: readonly DecodeReject[] } {
  const payload =
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const into = new DecodedReadings();
  const rejects = decodeTelemetry(payload, ARRIVED_AT_MS, into) ?? [];
  const rows: Row[] = [];
  for (let i = 0; i < into.count; i++) {
    const unit = into.unit[i];
    const row = [into.channel[i]!, into.measuredAtMs[i]!, into.value[i]!] as const;
    rows.push(unit === undefined ? row : [...row, unit]);
  }
  return { rows, rejects };
}

export function reasons(rejects: readonly DecodeReject[]): string[] {
  return rejects.map((reject) => reject.reason);
}
