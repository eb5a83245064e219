import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { systemClock, type Clock } from '@lifeline/contracts';
import {
  HistoryUnavailableError,
  type History,
  type HistoryBatch,
  type HistoryCursor,
  type LastValue,
  type RangeAnswer,
  type RangeQuestion,
  type SeriesKey,
  type SeriesLookup,
} from '../port.js';
import { SerialQueue } from '../serial-queue.js';
import { appendBlocks } from './append-blocks.js';
import { Connections } from './connections.js';
import { askCount, askNewest, askRange, integer } from './questions.js';
import { prepareTables, readLogPosition } from './schema.js';
import { dropBefore, rollBack, settleClosedDays } from './settle.js';

export interface DuckDbHistoryOptions {
  /** Path of the file; its folder is made. One process at a time. */
  readonly file: string;
  /** Names written beside the rows, so that the file explains itself to other programs; nothing is read by them. */
  readonly series?: SeriesLookup | undefined;
  readonly clock?: Clock;
  /** How often closed days are looked for; default ten minutes; 0: only by `settle()`. */
  readonly settleEveryMs?: number;
  /** Default 512 MB, which peaks near 700 MB resident. */
  readonly memoryLimit?: string;
  /** Threads of one query; default 2. */
  readonly threads?: number;
  /** Rows sorted in one transaction; default two million. */
  readonly sliceRows?: number;
  /** Told what went wrong in the background; the rows are safe, and the next round tries again. */
  readonly say?: (line: string) => void;
}

const READERS = 4;
const SETTLE_EVERY_MS = 600_000;

/** Files open in this process: DuckDB's own lock keeps out other processes alone. */
const openFiles = new Set<string>();

/**
 * Opens the history of one machine: a DuckDB file. Set UV_THREADPOOL_SIZE (16) before the process starts: each query
 * holds a thread of libuv while it runs, and by default there are four for everything.
 * @throws HistoryUnavailableError where the file cannot be opened, or another process has it open
 */
export async function openDuckDbHistory(options: DuckDbHistoryOptions): Promise<DuckDbHistory> {
  let file = options.file;
  try {
    mkdirSync(dirname(file), { recursive: true });
    file = join(realpathSync(dirname(file)), basename(file));
  } catch (error) {
    throw new HistoryUnavailableError(`The folder of the history file ${file} cannot be made: ${messageOf(error)}`, {
      cause: error,
    });
  }
  if (openFiles.has(file))
    throw new HistoryUnavailableError(`The history file ${file} is open in this process already.`);
  openFiles.add(file);
  let instance: DuckDBInstance | undefined;
  try {
    instance = await DuckDBInstance.create(file, {
      memory_limit: options.memoryLimit ?? '512MB',
      threads: String(options.threads ?? 2),
      temp_directory: `${file}.tmp`,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const writer = await instance.connect();
    await prepareTables(writer, file);
    return new DuckDbHistory(
      { ...options, file },
      instance,
      writer,
      await instance.connect(),
      await Connections.open(instance, READERS),
      await readLogPosition(writer),
    );
  } catch (error) {
    instance?.closeSync();
    openFiles.delete(file);
    if (error instanceof HistoryUnavailableError) throw error;
    const message = messageOf(error);
    throw new HistoryUnavailableError(
      message.includes('lock on file')
        ? `The history file ${file} is open in another process. Stop that one, or give this one a data folder of its own. (${message})`
        : `The history file ${file} cannot be opened: ${message}`,
      { cause: error },
    );
  }
}

/** The history in a DuckDB file. Rows and log cursor are committed together, so neither is ever ahead of the other. */
export class DuckDbHistory implements History {
  private readonly writes = new SerialQueue();
  private readonly upkeep = new SerialQueue();
  private readonly timer: NodeJS.Timeout | undefined;
  private cursorInDoubt = false;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly options: DuckDbHistoryOptions,
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
    private readonly settler: DuckDBConnection,
    private readonly readers: Connections,
    private position: number[],
  ) {
    const everyMs = options.settleEveryMs ?? SETTLE_EVERY_MS;
    if (everyMs > 0) {
      this.timer = setInterval(() => void this.settleInBackground(), everyMs);
      this.timer.unref();
    }
  }

  async write(batch: HistoryBatch): Promise<void> {
    this.refuseWhenClosed();
    await this.writes.run(() => this.commit(batch));
  }

  async cursor(): Promise<HistoryCursor> {
    return [...this.position];
  }

  range(question: RangeQuestion): Promise<RangeAnswer> {
    const { series, fromMs, toMs, points } = question;
    return this.ask((connection) => askRange(connection, series.sensorNo, fromMs, toMs, points));
  }

  last(series: readonly SeriesKey[]): Promise<readonly LastValue[]> {
    return this.ask((connection) =>
      askNewest(
        connection,
        series.map((key) => key.sensorNo),
      ),
    );
  }

  async retain(beforeMs: number): Promise<void> {
    this.refuseWhenClosed();
    await this.upkeep.run(() => this.named('drop old readings of', () => dropBefore(this.settler, beforeMs)));
  }

  count(series: SeriesKey, fromMs: number, toMs: number): Promise<number> {
    return this.ask((connection) => askCount(connection, series.sensorNo, fromMs, toMs));
  }

  /** Sorts the closed days now; gives them, as whole days since 1970 in UTC. Runs by itself in the background. */
  async settle(): Promise<number[]> {
    this.refuseWhenClosed();
    return this.upkeep.run(() =>
      this.named('settle the closed days of', () =>
        settleClosedDays(this.settler, {
          nowMs: (this.options.clock ?? systemClock).nowMs(),
          series: this.options.series,
          stopped: () => this.closing !== undefined,
          ...(this.options.sliceRows === undefined ? {} : { sliceRows: this.options.sliceRows }),
        }),
      ),
    );
  }

  /** Ends what is under way, and closes the file. */
  close(): Promise<void> {
    this.closing ??= this.shut();
    return this.closing;
  }

  private async commit(batch: HistoryBatch): Promise<void> {
    const { partition, sequence, blocks } = batch;
    await this.named('write to', async () => {
      if (this.cursorInDoubt) {
        this.position = await readLogPosition(this.writer);
        this.cursorInDoubt = false;
      }
      const before = this.position[partition] ?? 0;
      if (sequence <= before) return;
      await this.writer.run('BEGIN');
      try {
        await appendBlocks(this.writer, blocks);
        await this.writer.run(
          `DELETE FROM log_position WHERE partition = ${integer(partition)};
           INSERT INTO log_position VALUES (${integer(partition)}, ${integer(sequence)});`,
        );
        await this.writer.run('COMMIT');
      } catch (error) {
        this.cursorInDoubt = true;
        await rollBack(this.writer);
        throw error;
      }
      while (this.position.length <= partition) this.position.push(0);
      this.position[partition] = sequence;
    });
  }

  private async ask<Result>(question: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> {
    this.refuseWhenClosed();
    return this.named('read', () => this.readers.use(question));
  }

  private async settleInBackground(): Promise<void> {
    if (this.closing) return;
    try {
      await this.settle();
    } catch (error) {
      this.options.say?.(messageOf(error));
    }
  }

  private async named<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      throw new HistoryUnavailableError(
        `Could not ${what} the history file ${this.options.file}: ${messageOf(error)}`,
        {
          cause: error,
        },
      );
    }
  }

  private refuseWhenClosed(): void {
    if (this.closing) throw new HistoryUnavailableError(`The history file ${this.options.file} is closed.`);
  }

  private async shut(): Promise<void> {
    clearInterval(this.timer);
    await this.writes.idle();
    await this.upkeep.idle();
    await this.readers.close();
    this.settler.closeSync();
    // Moves the write-ahead log into the file on a thread of libuv; closing would do it on the event loop.
    await this.writer.run('CHECKPOINT').catch(() => undefined);
    this.writer.closeSync();
    this.instance.closeSync();
    openFiles.delete(this.options.file);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
