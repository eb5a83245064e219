import type { Cursor } from '@lifeline/reading-log';

/** How far the detector is in the readings, and what time it is there, by partition. */
export class Progress {
  private readonly position: number[];
  private readonly head: number[];
  private readonly arrivedMs: number[];

  constructor(partitions: number) {
    this.position = Array.from({ length: partitions }, () => 0);
    this.head = [...this.position];
    this.arrivedMs = this.position.map(() => NaN);
  }

  begin(from: Cursor, head: Cursor): void {
    this.position.forEach((_, partition) => (this.position[partition] = from[partition] ?? 0));
    this.sees(head);
  }

  get cursor(): Cursor {
    return [...this.position];
  }

  /** Newest known position of the stream. */
  sees(head: Cursor): void {
    this.head.forEach((_, partition) => (this.head[partition] = head[partition] ?? 0));
  }

  took(partition: number, sequence: number): void {
    this.position[partition] = sequence;
  }

  get lagRecords(): number {
    return this.head.reduce((sum, head, partition) => sum + Math.max(0, head - (this.position[partition] ?? 0)), 0);
  }

  /**
   * A block that arrived then is next in the partition. While anything lags behind the head, gives the time up to which all
   * partitions are known; undefined where that is not known, or where the clock tells the time because nothing lags.
   */
  arrived(partition: number, arrivedAtMs: number): number | undefined {
    this.arrivedMs[partition] = arrivedAtMs;
    let leastMs = Infinity;
    for (const [other, head] of this.head.entries())
      if (head > this.position[other]!) leastMs = Math.min(leastMs, this.arrivedMs[other]!);
    return Number.isFinite(leastMs) ? leastMs : undefined;
  }
}
