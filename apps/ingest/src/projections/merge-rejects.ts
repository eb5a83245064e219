import type { NewReject } from '../pipeline/reject-collector.js';

/** The rejects, those alike (inlet, device, reason, topic) as one row with their count. */
export function mergeRejects(rejects: readonly NewReject[]): NewReject[] {
  const merged = new Map<string, NewReject>();
  for (const reject of rejects) {
    const key = `${reject.reason} ${reject.inlet} ${reject.deviceId ?? ''} ${reject.topic}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...known, arrivedAtMs: reject.arrivedAtMs, count: known.count + reject.count } : reject);
  }
  return [...merged.values()];
}
