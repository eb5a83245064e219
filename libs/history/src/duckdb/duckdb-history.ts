import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { systemClock, type Clock } from '@lifeline/contracts';
import {
  HistoryUnavailableError,
  type History,
  type HistoryBatch,
  type HistoryCursor,
  type HistoryReading,
  type LastValue,
  type PageQuestion,
  type RangeAnswer,
  type RangeQuestion,
  type SeriesKey,
  type SeriesLookup,
} from '../port.js';
import { SerialQueue } from '../serial-queue.js';
import { appendBlocks } from './append-blocks.js';
import { isInvalidated, OpenedFile } from './opened-file.js';
import { integer } from './integer.js';
import { askCount, askNewest, askNewestWithin, askPage, askRange } from './questions.js';
import { readLogPosition } from './schema.js';
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

const SETTLE_EVERY_MS = 600_000;
/** A file that a fault has invalidated is opened again at most so often: each time its write-ahead log is read. */
const REOPEN_EVERY_MS = 1_000;

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
  try {
    return new DuckDbHistory({ ...options, file }, await OpenedFile.open({ ...options, file }));
  } catch (error) {
    openFiles.delete(file);
    throw error;
  }
}

/**
 * The history in a DuckDB file. Rows and log cursor are committed together, so neither is ever ahead of the other. After a fault that
 * invalidates the database (a full disk), the next write or question opens the file again, and the cursor is read from it.
 */
export class DuckDbHistory implements History {
  private readonly writes = new SerialQueue();
  private readonly upkeep = new SerialQueue();
  private readonly timer: NodeJS.Timeout | undefined;
  private position: number[];
  private cursorInDoubt = false;
  /** What invalidated the database; undefined while it is sound. */
  private invalidated: unknown;
  private reopening: Promise<void> | undefined;
  private reopenNotBeforeMs = -Infinity;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly options: DuckDbHistoryOptions,
    private opened: OpenedFile,
  ) {
    this.position = opened.position;
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

  page({ series, fromMs, toMs, most }: PageQuestion): Promise<readonly HistoryReading[]> {
    return this.ask((connection) => askPage(connection, series.sensorNo, fromMs, toMs, most));
  }

  last(series: readonly SeriesKey[]): Promise<readonly LastValue[]> {
    return this.ask((connection) =>
      askNewest(
        connection,
        series.map((key) => key.sensorNo),
      ),
    );
  }

  newestWithin(series: readonly SeriesKey[], afterMs: number, untilMs: number): Promise<readonly LastValue[]> {
    return this.ask((connection) =>
      askNewestWithin(
        connection,
        series.map((key) => key.sensorNo),
        afterMs,
        untilMs,
      ),
    );
  }

  async retain(beforeMs: number): Promise<void> {
    this.refuseWhenClosed();
    await this.upkeep.run(() => this.use('drop old readings of', ({ settler }) => dropBefore(settler, beforeMs)));
  }

  count(series: SeriesKey, fromMs: number, toMs: number): Promise<number> {
    return this.ask((connection) => askCount(connection, series.sensorNo, fromMs, toMs));
  }

  /** Sorts the closed days now; gives them, as whole days since 1970 in UTC. Runs by itself in the background. */
  async settle(): Promise<number[]> {
    this.refuseWhenClosed();
    return this.upkeep.run(() =>
      this.use('settle the closed days of', ({ settler }) =>
        settleClosedDays(settler, {
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
    await this.use('write to', async ({ writer }) => {
      if (this.cursorInDoubt) {
        this.position = await readLogPosition(writer);
        this.cursorInDoubt = false;
      }
      const before = this.position[partition] ?? 0;
      if (sequence <= before) return;
      await writer.run('BEGIN');
      try {
        await appendBlocks(writer, blocks);
        await writer.run(
          `DELETE FROM log_position WHERE partition = ${integer(partition)};
           INSERT INTO log_position VALUES (${integer(partition)}, ${integer(sequence)});`,
        );
        await writer.run('COMMIT');
      } catch (error) {
        this.cursorInDoubt = true;
        await rollBack(writer);
        throw error;
      }
      while (this.position.length <= partition) this.position.push(0);
      this.position[partition] = sequence;
    });
  }

  private async ask<Result>(question: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> {
    this.refuseWhenClosed();
    return this.use('read', ({ readers }) => readers.use(question));
  }

  private async settleInBackground(): Promise<void> {
    if (this.closing) return;
    try {
      await this.settle();
    } catch (error) {
      this.options.say?.(messageOf(error));
    }
  }

  private async use<Result>(what: string, act: (opened: OpenedFile) => Promise<Result>): Promise<Result> {
    try {
      while (this.invalidated !== undefined) {
        this.reopening ??= this.reopen(this.invalidated).finally(() => (this.reopening = undefined));
        await this.reopening;
      }
      // In the same turn as the look at `invalidated`: a file that is being closed is lent to nobody.
      return await this.opened.use(act);
    } catch (error) {
      if (isInvalidated(error)) this.invalidated ??= error;
      throw new HistoryUnavailableError(
        `Could not ${what} the history file ${this.options.file}: ${messageOf(error)}`,
        {
          cause: error,
        },
      );
    }
  }

  /** Closes what is no longer sound, opens the file again, and goes on from the cursor that is in it. */
  private async reopen(cause: unknown): Promise<void> {
    this.refuseWhenClosed();
    if (performance.now() < this.reopenNotBeforeMs) throw cause;
    this.reopenNotBeforeMs = performance.now() + REOPEN_EVERY_MS;
    await this.opened.close();
    this.opened = await OpenedFile.open(this.options);
    this.position = this.opened.position;
    this.cursorInDoubt = false;
    this.invalidated = undefined;
    this.options.say?.(`The history file ${this.options.file} was opened again after: ${messageOf(cause)}`);
  }

  private refuseWhenClosed(): void {
    if (this.closing) throw new HistoryUnavailableError(`The history file ${this.options.file} is closed.`);
  }

  private async shut(): Promise<void> {
    clearInterval(this.timer);
    await this.writes.idle();
    await this.upkeep.idle();
    await this.reopening?.catch(() => undefined);
    await this.opened.close();
    openFiles.delete(this.options.file);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
