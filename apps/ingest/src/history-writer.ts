import type { Clock } from '@lifeline/contracts';
import type { History } from '@lifeline/history';
import { CONSUMERS, type LogBatch, type ReadingLog, type Subscription } from '@lifeline/reading-log';
import { decodeBlock, type ReadingBlock } from '@lifeline/readings';
import { RecordDecoder } from '@lifeline/ports';
import type { Registry as Metrics } from 'prom-client';
import { Failing, type Failure } from './failing.js';
import { pause } from './pause.js';

/** Readings of one write: large enough that the store's fsync costs little a reading, small enough to keep it a moment. */
const READINGS_A_WRITE = 20_000;
const RECORDS_A_BATCH = 512;
/** While little comes, writes are at least this far apart: a commit a second's tenth, not one a message. */
const BETWEEN_WRITES_MS = 100;
const CONSUMER = CONSUMERS.history;

export interface HistoryWriterOptions {
  readonly log: ReadingLog;
  readonly history: Pick<History, 'cursor' | 'write'>;
  readonly clock: Clock;
  readonly say: (line: string) => void;
  readonly metrics: Metrics;
}

/** Takes the readings from the log into the history, in order, and tries for ever: while the store is down, the log keeps them. */
export class HistoryWriter {
  private subscription: Subscription | undefined;
  private readonly stopSignal = new AbortController();
  private readonly failing: Failing;
  private readonly decoder: RecordDecoder<ReadingBlock>;
  /** Newest sequence that the history holds, by partition. */
  private readonly written: number[] = [];
  private waiting: { partition: number; sequence: number; resolve: () => void; reject: (error: Error) => void }[] = [];

  constructor(private readonly options: HistoryWriterOptions) {
    this.failing = new Failing('Writing the history', options.clock, options.say);
    const { metrics, say } = options;
    this.decoder = new RecordDecoder({ metrics, say, stream: 'readings', consumer: CONSUMER, read: decodeBlock });
  }

  /** Goes on from the cursor that the history keeps with its rows, else from the one the log keeps. */
  async start(): Promise<void> {
    const { log, history } = this.options;
    const own = await history.cursor();
    this.written.push(...(own ?? (await log.cursor('readings', CONSUMER))));
    this.subscription = log.consume(
      { stream: 'readings', consumer: CONSUMER, maxRecords: RECORDS_A_BATCH, ...(own ? { from: own } : {}) },
      (batch) => this.take(batch),
    );
  }

  async stop(): Promise<void> {
    this.stopSignal.abort();
    for (const { reject } of this.waiting.splice(0)) reject(new Error('the history writer stops'));
    await this.subscription?.stop();
  }

  get failure(): Failure | undefined {
    return this.failing.failure;
  }

  /** Log records that the history does not hold yet. */
  async behind(): Promise<number> {
    const head = await this.options.log.head('readings');
    return head.reduce((sum, sequence, partition) => sum + Math.max(0, sequence - (this.written[partition] ?? 0)), 0);
  }

  /** Resolves once the history holds everything up to this record; rejects when the writer stops before. */
  reached(partition: number, sequence: number): Promise<void> {
    if ((this.written[partition] ?? 0) >= sequence) return Promise.resolve();
    if (this.stopSignal.signal.aborted) return Promise.reject(new Error('the history writer stops'));
    return new Promise((resolve, reject) => this.waiting.push({ partition, sequence, resolve, reject }));
  }

  private async take({ partition, records }: LogBatch): Promise<void> {
    let blocks: ReadingBlock[] = [];
    let readings = 0;
    let taken = 0;
    try {
      for (const [i, record] of records.entries()) {
        const { sequence } = record;
        const isNew = sequence > (this.written[partition] ?? 0);
        const block = isNew ? this.decoder.decode(record) : undefined;
        if (block) {
          blocks.push(block);
          readings += block.value.length;
        }
        const isLast = i === records.length - 1;
        // Records that hold nothing to write move the cursor too: others wait for it.
        if (!isNew || (readings < READINGS_A_WRITE && !isLast)) continue;
        await this.options.history.write({ blocks, partition, sequence });
        this.advance(partition, sequence);
        blocks = [];
        taken += readings;
        readings = 0;
      }
      this.failing.succeeded();
    } catch (error) {
      this.failing.failed(error);
      throw error;
    }
    if (taken < READINGS_A_WRITE && records.length < RECORDS_A_BATCH)
      await pause(BETWEEN_WRITES_MS, this.stopSignal.signal);
  }

  private advance(partition: number, sequence: number): void {
    this.written[partition] = sequence;
    this.waiting = this.waiting.filter((one) => {
      if (one.partition !== partition || one.sequence > sequence) return true;
      one.resolve();
      return false;
    });
  }
}
