import type { LogBatch, StoredRecord, Subscription } from '../port.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;

export interface SubscriberSource {
  /** Where to begin. */
  readonly position: number;
  /** Records after a position; empty where there are none yet. */
  after(position: number): readonly StoredRecord[];
  /** The position up to which everything is handled. */
  acknowledge(position: number): void;
  /** Told once the subscriber hands nothing over any more. */
  ended(): void;
}

/** Hands the records of a stream to one handler, in order, a batch at a time; tries a batch again until it is handled. */
export class Subscriber implements Subscription {
  private stopped = false;
  private signal: (() => void) | undefined;
  private readonly finished: Promise<void>;
  /** Newest position handed over and handled. */
  position: number;

  constructor(
    private readonly source: SubscriberSource,
    private readonly handler: (batch: LogBatch) => Promise<void>,
  ) {
    this.position = source.position;
    this.finished = this.run().finally(() => source.ended());
  }

  /** There may be more to read. */
  wake(): void {
    this.signal?.();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.finished;
  }

  private async run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    // Never from within the call of consume, and between two batches: other work of the process gets its turn.
    for (await turn(); !this.stopped; await turn()) {
      try {
        const records = this.source.after(this.position);
        const last = records.at(-1);
        if (!last) {
          await this.wakened();
          continue;
        }
        await this.handler({ partition: 0, records });
        this.position = last.sequence;
        this.source.acknowledge(last.sequence);
        pauseMs = FIRST_PAUSE_MS;
      } catch {
        // What went wrong is the handler's to report; ours is to hand the same batch over again, later and later.
        await this.wakened(pauseMs);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  /** Until woken; with a pause, until it has passed or the subscriber is stopped (new records do not shorten it). */
  private wakened(pauseMs?: number): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.signal = undefined;
        resolve();
      };
      const timer = pauseMs === undefined ? undefined : setTimeout(end, pauseMs);
      this.signal = () => {
        if (pauseMs === undefined || this.stopped) end();
      };
    });
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
