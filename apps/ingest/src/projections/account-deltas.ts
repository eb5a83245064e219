import { isDuplicate, type ReadingBlock } from '@lifeline/readings';
import type { AccountDelta } from '@lifeline/records';
import type { NewReject } from '../pipeline/reject-collector.js';

const MINUTE_MS = 60_000;

type Counted = Partial<Pick<AccountDelta, 'received' | 'stored' | 'rejected' | 'duplicate'>>;

/** Readings that came in, and the repeats among them, by the minute of arrival and inlet. */
export function receivedDeltas(blocks: readonly ReadingBlock[]): AccountDelta[] {
  const sums = new Sums();
  for (const { arrivedAtMs, inlet, mark } of blocks) {
    sums.add(arrivedAtMs, inlet, { received: mark.length, duplicate: countDuplicates(mark) });
  }
  return sums.deltas();
}

/** Readings that the history holds: all but the repeats. */
export function storedDeltas(blocks: readonly ReadingBlock[]): AccountDelta[] {
  const sums = new Sums();
  for (const { arrivedAtMs, inlet, mark } of blocks) {
    sums.add(arrivedAtMs, inlet, { stored: mark.length - countDuplicates(mark) });
  }
  return sums.deltas();
}

/** What was rejected is received and rejected in one. A refused login (no topic) was no message: it is shown, not counted. */
export function rejectedDeltas(rejects: readonly NewReject[]): AccountDelta[] {
  const sums = new Sums();
  for (const { arrivedAtMs, inlet, topic, count } of rejects) {
    if (topic !== '') sums.add(arrivedAtMs, inlet, { received: count, rejected: count });
  }
  return sums.deltas();
}

function countDuplicates(mark: Uint8Array): number {
  let duplicates = 0;
  for (let i = 0; i < mark.length; i++) if (isDuplicate(mark[i]!)) duplicates++;
  return duplicates;
}

class Sums {
  private readonly byKey = new Map<string, { -readonly [Key in keyof AccountDelta]: AccountDelta[Key] }>();

  add(arrivedAtMs: number, inlet: string, counted: Counted): void {
    const minuteMs = Math.floor(arrivedAtMs / MINUTE_MS) * MINUTE_MS;
    const key = `${minuteMs} ${inlet}`;
    let sum = this.byKey.get(key);
    if (!sum) this.byKey.set(key, (sum = { minuteMs, inlet, received: 0, stored: 0, rejected: 0, duplicate: 0 }));
    sum.received += counted.received ?? 0;
    sum.stored += counted.stored ?? 0;
    sum.rejected += counted.rejected ?? 0;
    sum.duplicate += counted.duplicate ?? 0;
  }

  deltas(): AccountDelta[] {
    return [...this.byKey.values()];
  }
}
