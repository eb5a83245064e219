import { mkdirSync, statfsSync } from 'node:fs';
import { systemClock, type Clock } from '@lifeline/contracts';
import {
  LogClosedError,
  LogFullError,
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
import { Retention } from './retention.js';
import { storedBytes, StreamStore } from './stream-store.js';
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
/** Records of one commit; what waits beyond it takes the next. */
const MAX_COMMIT_RECORDS = 8_192;
/**
 * Free disk below which appending refuses. LMDB writes changed pages to new places, so that moving a cursor or removing
 * records needs room too: with this much left, a full log can always be emptied.
 */
const DISK_RESERVE_BYTES = 16 * 1024 * 1024;

interface PendingAppend {
  readonly records: readonly LogRecord[];
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

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
  private waiting: PendingAppend[] = [];
  private committing: Promise<void> | undefined;
  /** Newest position of this process's consumers; those in `movedCursors` are not on the disk yet. */
  private readonly positions = new Map<string, number>();
  private readonly movedCursors = new Map<string, number>();
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
    this.retentionTimer = setInterval(() => {
      this.retaining ??= this.retain().finally(() => (this.retaining = undefined));
    }, RETENTION_MS).unref();
  }

  append(records: readonly LogRecord[]): Promise<void> {
    if (this.closed) return Promise.reject(new LogClosedError('the reading log is closed; open it again to append'));
    if (records.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      let bytes = 0;
      for (const record of records) bytes += storedBytes(record.payload.byteLength);
      this.waiting.push({ records, bytes, resolve, reject });
      this.startCommit();
    });
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
    while (this.committing || this.movedCursors.size > 0) {
      const before = this.movedCursors.size;
      await this.startCommit();
      // A disk that takes no cursor now: its records are handed over again after the next start.
      if (!this.committing && this.movedCursors.size === before) break;
    }
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

  private startCommit(): Promise<void> {
    this.committing ??= this.commitAll();
    return this.committing;
  }

  private async commitAll(): Promise<void> {
    do await this.commitOnce();
    while (this.waiting.length > 0);
    // In the same turn as the look at what waits: an append in between would else start no commit.
    this.committing = undefined;
  }

  /** One transaction for all that waits: appends, and the cursors that moved. */
  private async commitOnce(): Promise<void> {
    let taken: PendingAppend[] = [];
    let refused = new Map<PendingAppend, LogFullError>();
    const cursors = new Map<string, number>();
    try {
      await this.store.write(() => {
        // Taken here, not before: what was appended while we waited for the turn shares the commit.
        taken = this.takeWaiting();
        refused = this.putAll(taken);
        for (const [name, position] of this.movedCursors) {
          cursors.set(name, position);
          this.store.putCursor(name, position);
        }
      });
    } catch (error) {
      const reason = this.explain(error);
      for (const append of taken) append.reject(reason);
      if (taken.length === 0 && !this.closed) this.delayCursors(RETENTION_MS);
      // Nothing was taken only where the store itself refused to begin: then no append can succeed either.
      if (taken.length === 0) for (const append of this.takeWaiting()) append.reject(reason);
      return;
    }
    for (const [name, position] of cursors) {
      if (this.movedCursors.get(name) === position) this.movedCursors.delete(name);
    }
    const streams = new Set<StreamName>();
    for (const append of taken) {
      const refusal = refused.get(append);
      if (refusal) append.reject(refusal);
      else {
        for (const record of append.records) streams.add(record.stream);
        append.resolve();
      }
    }
    for (const consumer of this.consumers) if (streams.has(consumer.stream)) consumer.subscriber.wake();
  }

  private takeWaiting(): PendingAppend[] {
    let records = 0;
    let count = 0;
    while (count < this.waiting.length && records < MAX_COMMIT_RECORDS)
      records += this.waiting[count++]!.records.length;
    return this.waiting.splice(0, count);
  }

  /** Puts what there is room for; gives the appends that were refused. */
  private putAll(appends: readonly PendingAppend[]): Map<PendingAppend, LogFullError> {
    const refused = new Map<PendingAppend, LogFullError>();
    if (appends.length === 0) return refused;
    const nowMs = this.clock.nowMs();
    const heads = new Map<StreamName, number>();
    const added = new Map<StreamName, number>();
    let diskBytes = this.freeDiskBytes() - DISK_RESERVE_BYTES;
    let roomBytes = this.options.maxBytes - this.store.totalBytes();
    for (const append of appends) {
      if (append.bytes > diskBytes) {
        refused.set(append, diskFull(this.options.folder, diskBytes + DISK_RESERVE_BYTES));
        continue;
      }
      if (append.bytes > roomBytes) roomBytes += this.retention.makeRoom(append.bytes - roomBytes);
      if (append.bytes > roomBytes) {
        refused.set(append, limitReached(this.options.folder, this.options.maxBytes));
        continue;
      }
      diskBytes -= append.bytes;
      roomBytes -= append.bytes;
      for (const { stream, payload } of append.records) {
        const sequence = (heads.get(stream) ?? this.store.head(stream)) + 1;
        this.store.put(stream, sequence, payload, nowMs);
        heads.set(stream, sequence);
        added.set(stream, (added.get(stream) ?? 0) + storedBytes(payload.byteLength));
      }
    }
    for (const [stream, head] of heads) this.store.advance(stream, head, added.get(stream) ?? 0);
    return refused;
  }

  private freeDiskBytes(): number {
    const disk = statfsSync(this.options.folder);
    return disk.bavail * disk.bsize;
  }

  /** LMDB reports a write that was cut short by a full disk as an input/output error: look at the disk to tell. */
  private explain(error: unknown): Error {
    if (error instanceof LogFullError) return error;
    const free = this.freeDiskBytes();
    if (free < DISK_RESERVE_BYTES) return diskFull(this.options.folder, free);
    const text = error instanceof Error ? error.message : String(error);
    return new Error(`appending to the reading log in ${this.options.folder} failed: ${text}`, { cause: error });
  }

  private moveCursor(name: string, position: number): void {
    this.movedCursors.set(name, position);
    if (!this.closed) this.delayCursors(CURSOR_DELAY_MS);
  }

  private delayCursors(delayMs: number): void {
    this.cursorTimer ??= setTimeout(() => {
      this.cursorTimer = undefined;
      if (this.movedCursors.size > 0) void this.startCommit();
    }, delayMs).unref();
  }

  private poll(): void {
    for (const stream of STREAMS) {
      const head = this.store.head(stream);
      if (head === this.seenHeads.get(stream)) continue;
      this.seenHeads.set(stream, head);
      for (const consumer of this.consumers) if (consumer.stream === stream) consumer.subscriber.wake();
    }
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

function diskFull(folder: string, freeBytes: number): LogFullError {
  return new LogFullError(
    `the disk of the reading log (${folder}) has ${Math.max(0, Math.floor(freeBytes / 1024 ** 2))} MiB free and needs ` +
      `${DISK_RESERVE_BYTES / 1024 ** 2}: nothing was kept; make room on the disk`,
  );
}

function limitReached(folder: string, maxBytes: number): LogFullError {
  return new LogFullError(
    `the reading log (${folder}) holds ${maxBytes} bytes of records that a consumer has not handled: nothing was kept; ` +
      'mend the consumer that lags, or raise LIFELINE_LOG_MAX_BYTES',
  );
}
