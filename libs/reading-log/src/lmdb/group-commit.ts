import { statfsSync } from 'node:fs';
import type { Clock } from '@lifeline/contracts';
import { LogFullError, type LogRecord, type StreamName } from '../port.js';
import type { Retention } from './retention.js';
import { storedBytes, type StreamStore } from './stream-store.js';

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

export interface GroupCommitOptions {
  readonly folder: string;
  readonly maxBytes: number;
  readonly clock: Clock;
  /** Cursors to be written with the next commit; those written are taken out. */
  readonly movedCursors: Map<string, number>;
  /** Streams that must go on above a sequence, from the next commit on. */
  readonly raisedHeads: ReadonlyMap<StreamName, number>;
  /** Told after each commit which streams grew. */
  readonly onCommitted: (streams: ReadonlySet<StreamName>) => void;
  /** The cursors could not be written; they are still in `movedCursors`. */
  readonly onCursorsFailed: () => void;
}

/** Commits appends in groups: all that come while a commit is on its way to the disk share the next one. */
export class GroupCommit {
  private waiting: PendingAppend[] = [];
  private committing: Promise<void> | undefined;

  constructor(
    private readonly store: StreamStore,
    private readonly retention: Retention,
    private readonly options: GroupCommitOptions,
  ) {}

  append(records: readonly LogRecord[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      let bytes = 0;
      for (const record of records) bytes += storedBytes(record.payload.byteLength);
      this.waiting.push({ records, bytes, resolve, reject });
      void this.flush();
    });
  }

  /** Commits what waits, cursors included; resolves when nothing waits any more. */
  flush(): Promise<void> {
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
        for (const [stream, head] of this.options.raisedHeads) this.store.raiseHead(stream, head);
        refused = this.putAll(taken);
        for (const [name, position] of this.options.movedCursors) {
          cursors.set(name, position);
          this.store.putCursor(name, position);
        }
      });
    } catch (error) {
      const reason = this.explain(error);
      for (const append of taken) append.reject(reason);
      this.options.onCursorsFailed();
      // Nothing was taken only where the store itself refused to begin: then no append can succeed either.
      if (taken.length === 0) for (const append of this.takeWaiting()) append.reject(reason);
      return;
    }
    for (const [name, position] of cursors) {
      if (this.options.movedCursors.get(name) === position) this.options.movedCursors.delete(name);
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
    this.options.onCommitted(streams);
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
    const nowMs = this.options.clock.nowMs();
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
