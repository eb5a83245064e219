import { open, type Database, type RootDatabase } from 'lmdb';
import { STREAMS, type StoredRecord, type StreamName } from '../port.js';

/** Most payload bytes handed over in one batch, whatever its number of records. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;
const PAGE_BYTES = 4096;

/**
 * The streams in one LMDB environment: a key space a stream (key: sequence, value: payload, version: time of the append) and
 * one small space for heads, sizes and cursors. All calls are synchronous; those that write must run inside `write`.
 *
 * `overlappingSync: false` is what makes an acknowledgement true: the promise of a transaction then resolves after its pages and
 * its meta page were synced to the disk. With the default (true) it resolves before that, once the rows are visible.
 * `eventTurnBatching: false`, since we group by ourselves and a failed commit would else leave a rejection nobody can catch.
 */
export class StreamStore {
  private readonly root: RootDatabase;
  private readonly state: Database<number, string>;
  private readonly streams: Readonly<Record<StreamName, Database<Uint8Array, number>>>;

  constructor(folder: string) {
    this.root = open({ path: folder, noSubdir: false, maxDbs: 8, overlappingSync: false, eventTurnBatching: false });
    this.state = this.root.openDB<number, string>({ name: 'state', encoding: 'msgpack' });
    const stream = (name: StreamName) =>
      this.root.openDB<Uint8Array, number>({ name, encoding: 'binary', useVersions: true });
    this.streams = {
      readings: stream('readings'),
      rejects: stream('rejects'),
      alarms: stream('alarms'),
      actions: stream('actions'),
    };
  }

  /**
   * Runs the work in one write transaction; resolves after it is on the disk. What the work throws undoes all of it.
   * A commit that fails (no room, a fault of the disk) rejects, and nothing of it was kept.
   */
  async write(work: () => void): Promise<void> {
    try {
      await this.root.childTransaction(work);
    } catch (error) {
      throw await causeOf(error);
    }
  }

  /** Newest sequence of the stream; 0 where there was none. Stays when records age out. */
  head(stream: StreamName): number {
    return this.state.get(`head:${stream}`) ?? 0;
  }

  /** Oldest sequence that is kept; head + 1 where none is. */
  first(stream: StreamName): number {
    for (const key of this.streams[stream].getKeys({ limit: 1 })) return key;
    return this.head(stream) + 1;
  }

  bytes(stream: StreamName): number {
    return this.state.get(`bytes:${stream}`) ?? 0;
  }

  totalBytes(): number {
    return STREAMS.reduce((sum, stream) => sum + this.bytes(stream), 0);
  }

  put(stream: StreamName, sequence: number, payload: Uint8Array, appendedAtMs: number): void {
    void this.streams[stream].put(sequence, payload, appendedAtMs);
  }

  /** Lets the stream go on above this sequence; does nothing where it is there already. */
  raiseHead(stream: StreamName, head: number): void {
    if (head > this.head(stream)) void this.state.put(`head:${stream}`, head);
  }

  /** Sets the head and adds to the size, once a stream and transaction. */
  advance(stream: StreamName, head: number, addedBytes: number): void {
    void this.state.put(`head:${stream}`, head);
    void this.state.put(`bytes:${stream}`, this.bytes(stream) + addedBytes);
  }

  /** Time at which the oldest kept record was appended; undefined where none is kept. */
  oldestAppendMs(stream: StreamName): number | undefined {
    return this.streams[stream].getEntry(this.first(stream))?.version;
  }

  /**
   * Removes the oldest records up to `through`, at most `maxRecords`, while `wanted(appended time, bytes freed so far)`.
   * Gives the bytes freed.
   */
  removeOldest(
    stream: StreamName,
    through: number,
    maxRecords: number,
    wanted: (appendedAtMs: number, freedBytes: number) => boolean,
  ): number {
    const database = this.streams[stream];
    let freed = 0;
    const first = this.first(stream);
    const last = Math.min(through, first + maxRecords - 1);
    for (let sequence = first; sequence <= last; sequence++) {
      const entry = database.getEntry(sequence);
      if (!entry) continue;
      if (!wanted(entry.version ?? 0, freed)) break;
      freed += storedBytes(entry.value.byteLength);
      void database.remove(sequence);
    }
    if (freed > 0) void this.state.put(`bytes:${stream}`, Math.max(0, this.bytes(stream) - freed));
    return freed;
  }

  /** Records after a sequence, in order; the payloads are copies that stay valid. */
  after(stream: StreamName, sequence: number, maxRecords: number): StoredRecord[] {
    const records: StoredRecord[] = [];
    const head = this.head(stream);
    if (sequence >= head) return records;
    const database = this.streams[stream];
    let bytes = 0;
    for (const next of database.getKeys({ start: sequence + 1, limit: maxRecords })) {
      if (bytes >= MAX_BATCH_BYTES) break;
      const payload = database.getBinary(next);
      if (!payload) continue;
      bytes += payload.byteLength;
      records.push({ partition: 0, sequence: next, payload });
    }
    return records;
  }

  cursor(name: string): number | undefined {
    return this.state.get(`cursor:${name}`);
  }

  putCursor(name: string, sequence: number): void {
    void this.state.put(`cursor:${name}`, sequence);
  }

  /** Names (`stream/consumer`) and positions of all registered consumers, of this process or another. */
  cursors(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const { key, value } of this.state.getRange({ start: 'cursor:', end: 'cursor;' })) {
      found.set(key.slice('cursor:'.length), value);
    }
    return found;
  }

  async close(): Promise<void> {
    await this.root.close();
  }
}

/** Disk that a record takes: LMDB keeps what is larger than half a page in whole pages of its own. */
export function storedBytes(payloadBytes: number): number {
  const bytes = payloadBytes + 64;
  return bytes > PAGE_BYTES / 2 ? Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES : bytes;
}

/** A failed commit carries its reason in a promise of its own, which must be awaited or it ends the process. */
async function causeOf(error: unknown): Promise<unknown> {
  if (error instanceof Error && 'commitError' in error && error.commitError instanceof Promise) {
    return error.commitError.then(
      () => error,
      (reason: unknown) => reason,
    );
  }
  return error;
}
