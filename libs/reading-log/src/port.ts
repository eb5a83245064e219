/**
 * The reading log: every message that Lifeline accepted, in order, on disk, before its device is told "received".
 * Everything else reads it from a cursor of its own. Delivery is at least once.
 *
 * Streams: `readings` (payload: an encoded ReadingBlock), `rejects` (JSON, a Reject without its id), `alarms` (JSON, an
 * AlarmTransition) and `actions` (JSON, an AlarmAction: what people ask of alarms).
 */
export const STREAMS = ['readings', 'rejects', 'alarms', 'actions'] as const;
export type StreamName = (typeof STREAMS)[number];

export interface LogRecord {
  readonly stream: StreamName;
  /** Partition key: records of one key keep their order. The device id for readings, the alarm id for alarms. */
  readonly key: string;
  readonly payload: Uint8Array;
}

export interface StoredRecord {
  readonly partition: number;
  /** Position in its partition of the stream, from 1, without gaps while it is kept. */
  readonly sequence: number;
  readonly payload: Uint8Array;
}

/** The newest sequence handled in each partition; 0 where none. Index: partition. */
export type Cursor = readonly number[];

export interface LogBatch {
  readonly partition: number;
  readonly records: readonly StoredRecord[];
}

export interface ConsumeOptions {
  readonly stream: StreamName;
  /** Name under which the log keeps the cursor. */
  readonly consumer: string;
  /**
   * Where to go on from: the consumer's own cursor (a consumer that keeps it with its rows), `'head'` (only what comes
   * from now on), or by default the cursor the log keeps.
   */
  readonly from?: Cursor | 'head';
  /** Most records handed over at once; default 256. */
  readonly maxRecords?: number;
}

export interface Subscription {
  /** Resolves once the handler under way has ended; nothing is handed over after. */
  stop(): Promise<void>;
}

export interface LogStats {
  readonly bytes: number;
  readonly records: Readonly<Record<StreamName, number>>;
  /** Records not yet handled, by `stream/consumer`. */
  readonly lag: Readonly<Record<string, number>>;
}

export interface ReadingLog {
  readonly partitions: number;
  /**
   * Appends the records; resolves when they are durable (fsync, or replicas). Appends under way together share a commit.
   * @throws LogFullError where the disk or the size limit leaves no room: nothing was kept, refuse the device's PUBACK.
   */
  append(records: readonly LogRecord[]): Promise<void>;
  /**
   * Hands over batches in order, one at a time a partition; a batch is acknowledged (the cursor moves past it) when the handler
   * resolves, and is handed over again, after a growing pause, when it rejects.
   */
  consume(options: ConsumeOptions, handler: (batch: LogBatch) => Promise<void>): Subscription;
  /** The newest acknowledged position of a consumer. */
  cursor(stream: StreamName, consumer: string): Promise<Cursor>;
  /** The newest position of the stream. */
  head(stream: StreamName): Promise<Cursor>;
  /** Records after `from`, at most `maxRecords` a partition: for catching up a client and for looking. */
  read(stream: StreamName, from: Cursor, maxRecords: number): Promise<readonly StoredRecord[]>;
  stats(): Promise<LogStats>;
  close(): Promise<void>;
}

export class LogFullError extends Error {
  readonly code = 'log-full';
}

export class LogClosedError extends Error {
  readonly code = 'log-closed';
}
