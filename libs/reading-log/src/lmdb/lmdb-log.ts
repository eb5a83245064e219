import { mkdirSync } from 'node:fs';
import { systemClock, type Clock } from '@lifeline/contracts';
import {
  LogClosedError,
  STREAMS,
  type ConsumeOptions,
  type Cursor,
  type LogBatch,
  type LogRecord,
  type LogStats,
  type ReadingLog,
  type StoredRecord,
  type StreamName,
  type Subscription,
} from '../port.js';
import { GroupCommit } from './group-commit.js';
import { Retention } from './retention.js';
import { StreamStore } from './stream-store.js';
import { Subscriber } from './subscriber.js';

export interface LmdbLogOptions {
  readonly folder: string;
  /** Size of all records together at which appending refuses what cannot be made room for. */
  readonly maxBytes: number;
  /** Age at which handled records are removed. Alarm transitions, few and small, are kept for at least 53 weeks. */
  readonly maxAgeMs: number;
  readonly clock?: Clock;
  /** Always 1: one machine's disk is one order. */
  readonly partitions?: 1;
}

/** Other processes' appends are looked for this often. */
const POLL_MS = 100;
/** A cursor that moved is on the disk after this long at the latest; a crash before hands its records over again. */
const CURSOR_DELAY_MS = 50;
const RETENTION_MS = 1_000;

interface ActiveConsumer {
  readonly stream: StreamName;
  readonly name: string;
  readonly subscriber: Subscriber;
}

/** The reading log in a folder of this machine's disk (LMDB); several processes may open the same folder. */
export function openLmdbLog(options: LmdbLogOptions): ReadingLog {
  mkdirSync(options.folder, { recursive: true });
  return new LmdbLog(options, new StreamStore(options.folder));
}

class LmdbLog implements ReadingLog {
  readonly partitions = 1;
  private readonly clock: Clock;
  private readonly retention: Retention;
  private readonly commits: GroupCommit;
  /** Newest position of this process's consumers; those in `movedCursors` are not on the disk yet. */
  private readonly positions = new Map<string, number>();
  private readonly movedCursors = new Map<string, number>();
  private readonly raisedHeads = new Map<StreamName, number>();
  private cursorTimer: NodeJS.Timeout | undefined;
  private readonly consumers = new Set<ActiveConsumer>();
  private readonly seenHeads = new Map<StreamName, number>();
  private pollTimer: NodeJS.Timeout | undefined;
  private readonly retentionTimer: NodeJS.Timeout;
  private retaining: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly options: LmdbLogOptions,
    private readonly store: StreamStore,
  ) {
    this.clock = options.clock ?? systemClock;
    this.retention = new Retention(store, options.maxBytes, options.maxAgeMs);
    this.commits = new GroupCommit(store, this.retention, {
      ...options,
      clock: this.clock,
      movedCursors: this.movedCursors,
      raisedHeads: this.raisedHeads,
      onCommitted: (streams) => this.wake(streams),
      onCursorsFailed: () => this.delayCursors(RETENTION_MS),
    });
    this.retentionTimer = setInterval(() => {
      this.retaining ??= this.retain().finally(() => (this.retaining = undefined));
    }, RETENTION_MS).unref();
  }

  append(records: readonly LogRecord[]): Promise<void> {
    if (this.closed) return Promise.reject(new LogClosedError('the reading log is closed; open it again to append'));
    return this.commits.append(records);
  }

  consume(options: ConsumeOptions, handler: (batch: LogBatch) => Promise<void>): Subscription {
    if (this.closed) throw new LogClosedError('the reading log is closed; open it again to consume');
    const { stream } = options;
    const name = `${stream}/${options.consumer}`;
    for (const consumer of this.consumers) {
      if (consumer.name === name) throw new Error(`consumer ${name} is running already; stop it first`);
    }
    // A consumer from the head keeps no cursor: it asks for nothing that was, so nothing is held back for it.
    const keepsCursor = options.from !== 'head';
    const position = this.startOf(name, options);
    // A consumer that handled more than there is: the log's folder was lost or put back from a copy. What comes from now on
    // must stand above all that was handled, or it would be taken for it.
    if (position > Math.max(this.store.head(stream), this.raisedHeads.get(stream) ?? 0)) {
      this.raisedHeads.set(stream, position);
    }
    this.positions.set(name, position);
    if (keepsCursor) this.moveCursor(name, position);
    const maxRecords = options.maxRecords ?? 256;
    const subscriber = new Subscriber(
      {
        position,
        after: (from) => this.store.after(stream, from, maxRecords),
        acknowledge: (newest) => {
          this.positions.set(name, newest);
          if (keepsCursor) this.moveCursor(name, newest);
        },
        ended: () => {
          this.consumers.delete(consumer);
          if (this.consumers.size === 0) clearInterval(this.pollTimer);
        },
      },
      handler,
    );
    const consumer: ActiveConsumer = { stream, name, subscriber };
    this.consumers.add(consumer);
    if (this.consumers.size === 1) this.pollTimer = setInterval(() => this.poll(), POLL_MS);
    return subscriber;
  }

  async cursor(stream: StreamName, consumer: string): Promise<Cursor> {
    this.assertOpen();
    const name = `${stream}/${consumer}`;
    return [this.positions.get(name) ?? this.store.cursor(name) ?? 0];
  }

  async head(stream: StreamName): Promise<Cursor> {
    this.assertOpen();
    return [this.store.head(stream)];
  }

  async read(stream: StreamName, from: Cursor, maxRecords: number): Promise<readonly StoredRecord[]> {
    this.assertOpen();
    return this.store.after(stream, from[0] ?? 0, maxRecords);
  }

  async stats(): Promise<LogStats> {
    this.assertOpen();
    const kept = (stream: StreamName) => this.store.head(stream) - this.store.first(stream) + 1;
    const lag: Record<string, number> = {};
    for (const [name, position] of [...this.store.cursors(), ...this.positions]) {
      lag[name] = Math.max(0, this.store.head(streamOf(name)) - position);
    }
    return {
      bytes: this.store.totalBytes(),
      records: {
        readings: kept('readings'),
        rejects: kept('rejects'),
        alarms: kept('alarms'),
        actions: kept('actions'),
      },
      lag,
    };
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.retentionTimer);
    await Promise.all([...this.consumers].map((consumer) => consumer.subscriber.stop()));
    clearTimeout(this.cursorTimer);
    await this.retaining;
    await this.commits.flush();
    // What moved during the flush; a disk that takes no cursor now will see its records handed over again.
    if (this.movedCursors.size > 0) await this.commits.flush();
    await this.store.close();
  }

  private assertOpen(): void {
    if (this.closed) throw new LogClosedError('the reading log is closed');
  }

  private startOf(name: string, options: ConsumeOptions): number {
    if (options.from === 'head') return this.store.head(options.stream);
    if (options.from) return options.from[0] ?? 0;
    return this.positions.get(name) ?? this.store.cursor(name) ?? 0;
  }

  private moveCursor(name: string, position: number): void {
    this.movedCursors.set(name, position);
    this.delayCursors(CURSOR_DELAY_MS);
  }

  private delayCursors(delayMs: number): void {
    if (this.closed) return;
    this.cursorTimer ??= setTimeout(() => {
      this.cursorTimer = undefined;
      if (this.movedCursors.size > 0) void this.commits.flush();
    }, delayMs).unref();
  }

  private wake(streams: ReadonlySet<StreamName>): void {
    for (const consumer of this.consumers) if (streams.has(consumer.stream)) consumer.subscriber.wake();
  }

  private poll(): void {
    const grown = new Set<StreamName>();
    for (const stream of STREAMS) {
      const head = this.store.head(stream);
      if (head !== this.seenHeads.get(stream)) grown.add(stream);
      this.seenHeads.set(stream, head);
    }
    if (grown.size > 0) this.wake(grown);
  }

  private async retain(): Promise<void> {
    try {
      await this.retention.run(this.clock.nowMs());
    } catch {
      // A full disk or a busy one: the next round, a second from now, tries again; appending reports it meanwhile.
    }
  }
}

function streamOf(name: string): StreamName {
  const stream = STREAMS.find((candidate) => name.startsWith(`${candidate}/`));
  if (!stream) throw new Error(`no stream in the name of consumer ${name}`);
  return stream;
}
