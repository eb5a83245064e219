import type { StoredRecord } from '@lifeline/reading-log';
import { decodeReject, type NewReject } from '../pipeline/reject-collector.js';

/** The rejects of these records, those alike (inlet, device, reason, topic) as one row with their count. */
export function mergeRejects(records: readonly StoredRecord[]): NewReject[] {
  const merged = new Map<string, NewReject>();
  for (const { payload } of records) {
    const reject = decodeReject(payload);
    const key = `${reject.reason} ${reject.inlet} ${reject.deviceId ?? ''} ${reject.topic}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...known, arrivedAtMs: reject.arrivedAtMs, count: known.count + reject.count } : reject);
  }
  return [...merged.values()];
}
