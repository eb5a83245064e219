import type { Clock } from '@lifeline/contracts';
import type { ReadingLog, StoredRecord, StreamName, Subscription } from '@lifeline/reading-log';
import type { ProjectionCursor, Records } from '@lifeline/records';
import { Failing, type Failure } from '../failing.js';
import { pause } from '../pause.js';

/** Projections are written at most so often: what came meanwhile shares one transaction. */
const BETWEEN_WRITES_MS = 250;

export interface ProjectorOptions {
  readonly log: ReadingLog;
  readonly records: Pick<Records, 'cursor'>;
  readonly clock: Clock;
  readonly say: (line: string) => void;
  readonly stream: StreamName;
  readonly consumer: string;
  /** Writes what these records mean, and the cursor, in one transaction. Records come once each, in order. */
  readonly project: (records: readonly StoredRecord[], cursor: ProjectionCursor) => Promise<void>;
}

/**
 * Writes what a stream means into the records, each record once: the cursor moves in the rows' transaction. Where a write failed, it
 * may have been committed all the same (a connection lost at the last moment), so the cursor is read before the next attempt.
 */
export class Projector {
  private readonly stopSignal = new AbortController();
  private readonly failing: Failing;
  private subscription: Subscription | undefined;
  private position: readonly number[] = [];
  private inDoubt = false;

  constructor(private readonly options: ProjectorOptions) {
    this.failing = new Failing(`The projection ${options.consumer}`, options.clock, options.say);
  }

  async start(): Promise<void> {
    const { log, records, stream, consumer } = this.options;
    this.position = await records.cursor(consumer);
    const from = Array.from({ length: log.partitions }, (_, partition) => this.position[partition] ?? 0);
    this.subscription = log.consume({ stream, consumer, from, maxRecords: 2_000 }, async (batch) => {
      try {
        if (this.inDoubt) this.position = await records.cursor(consumer);
        const { partition } = batch;
        const fresh = batch.records.filter((record) => record.sequence > (this.position[partition] ?? 0));
        const sequence = fresh.at(-1)?.sequence;
        if (sequence !== undefined) {
          this.inDoubt = true;
          await this.options.project(fresh, { consumer, partition, sequence });
          this.position = Object.assign([...this.position], { [partition]: sequence });
        }
        this.inDoubt = false;
        this.failing.succeeded();
      } catch (error) {
        if (!this.stopSignal.signal.aborted) this.failing.failed(error);
        throw error;
      }
      await pause(BETWEEN_WRITES_MS, this.stopSignal.signal);
    });
  }

  async stop(): Promise<void> {
    this.stopSignal.abort();
    await this.subscription?.stop();
  }

  get name(): string {
    return this.options.consumer;
  }

  get failure(): Failure | undefined {
    return this.failing.failure;
  }
}
