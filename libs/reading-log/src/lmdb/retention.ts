import { STREAMS, type StreamName } from '../port.js';
import type { StreamStore } from './stream-store.js';

/** Above this share of the limit handled records are removed, down to the second. */
const HIGH_WATER = 0.9;
const LOW_WATER = 0.8;
/** Records removed in one transaction: a bound on how long an append waits for it. */
const MAX_REMOVED = 1_000;
const ALARMS_AGE_MS = 53 * 7 * 86_400_000;

/** Removes old records that every registered consumer has handled; what is not handled is never removed. */
export class Retention {
  constructor(
    private readonly store: StreamStore,
    private readonly maxBytes: number,
    private readonly maxAgeMs: number,
  ) {}

  /** One round: by age, then by size. */
  async run(nowMs: number): Promise<void> {
    for (const stream of STREAMS) {
      const beforeMs = nowMs - this.ageOf(stream);
      const isOld = () => (this.store.oldestAppendMs(stream) ?? Infinity) < beforeMs;
      while (isOld()) {
        const freed = await this.remove(stream, this.handled(stream), (appendedAtMs) => appendedAtMs < beforeMs);
        if (freed === 0) break;
      }
    }
    if (this.store.totalBytes() <= this.maxBytes * HIGH_WATER) return;
    for (const stream of this.largestFirst()) {
      for (;;) {
        const excess = this.store.totalBytes() - this.maxBytes * LOW_WATER;
        if (excess <= 0) return;
        const freed = await this.remove(stream, this.handledForSize(stream), (_, freedBytes) => freedBytes < excess);
        if (freed === 0) break;
      }
    }
  }

  /** Inside a write transaction: removes handled records until so many bytes are free; gives the bytes freed. */
  makeRoom(neededBytes: number): number {
    let freed = 0;
    for (const stream of this.largestFirst()) {
      const missing = neededBytes - freed;
      if (missing <= 0) break;
      freed += this.store.removeOldest(
        stream,
        this.handledForSize(stream),
        MAX_REMOVED,
        (_, freedBytes) => freedBytes < missing,
      );
    }
    return freed;
  }

  private async remove(
    stream: StreamName,
    through: number,
    wanted: (appendedAtMs: number, freedBytes: number) => boolean,
  ): Promise<number> {
    if (through < this.store.first(stream)) return 0;
    let freed = 0;
    await this.store.write(() => {
      freed = this.store.removeOldest(stream, through, MAX_REMOVED, wanted);
    });
    return freed;
  }

  /** Newest sequence that every registered consumer of the stream has handled; the head where nobody registered. */
  private handled(stream: StreamName): number {
    return this.slowest(stream) ?? this.store.head(stream);
  }

  /** The same, but a stream that nobody has read yet keeps everything: its consumer may only be late to its first start. */
  private handledForSize(stream: StreamName): number {
    return stream === 'alarms' ? 0 : (this.slowest(stream) ?? 0);
  }

  private slowest(stream: StreamName): number | undefined {
    let slowest: number | undefined;
    for (const [name, position] of this.store.cursors()) {
      if (name.startsWith(`${stream}/`)) slowest = Math.min(slowest ?? Infinity, position);
    }
    return slowest;
  }

  private largestFirst(): StreamName[] {
    return [...STREAMS].sort((a, b) => this.store.bytes(b) - this.store.bytes(a));
  }

  private ageOf(stream: StreamName): number {
    return stream === 'alarms' ? Math.max(this.maxAgeMs, ALARMS_AGE_MS) : this.maxAgeMs;
  }
}
