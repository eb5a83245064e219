/** Entries kept; beyond, neighbours are joined, so that a history that is away for days costs no more memory. */
const MOST_ENTRIES = 4_096;

interface Entry {
  sequence: number;
  readings: number;
}

/** Counts the readings in the log that the history does not hold yet, from what passes by and the history's cursor. */
export class HistoryLag {
  private readonly partitions: Entry[][];

  constructor(partitions: number) {
    this.partitions = Array.from({ length: partitions }, () => []);
  }

  passed(partition: number, sequence: number, readings: number): void {
    const entries = this.partitions[partition]!;
    const newest = entries.at(-1);
    if (newest && newest.sequence >= sequence) return;
    entries.push({ sequence, readings });
    if (entries.length <= MOST_ENTRIES) return;
    let kept = 0;
    for (let i = 0; i < entries.length; i += 2) {
      const joined = entries[i + 1] ?? entries[i]!;
      if (joined !== entries[i]) joined.readings += entries[i]!.readings;
      entries[kept++] = joined;
    }
    entries.length = kept;
  }

  /** Readings after the cursor; after a long outage of the history rounded up by at most one entry. */
  waiting(cursor: readonly number[]): number {
    let readings = 0;
    this.partitions.forEach((entries, partition) => {
      const held = cursor[partition] ?? 0;
      let done = 0;
      while (done < entries.length && entries[done]!.sequence <= held) done++;
      if (done > 0) entries.splice(0, done);
      for (const entry of entries) readings += entry.readings;
    });
    return readings;
  }
}
