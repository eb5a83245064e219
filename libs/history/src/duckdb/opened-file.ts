import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { HistoryUnavailableError } from '../port.js';
import { Connections } from './connections.js';
import { prepareTables, readLogPosition } from './schema.js';

export interface OpenedFileOptions {
  /** Real path; its folder is there. */
  readonly file: string;
  readonly memoryLimit?: string;
  readonly threads?: number;
}

const READERS = 4;

/** A history file while it is open: the database, and its connections for writing, for upkeep and for reading. */
export class OpenedFile {
  private uses = 0;
  private waiting: (() => void)[] = [];
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly instance: DuckDBInstance,
    readonly writer: DuckDBConnection,
    readonly settler: DuckDBConnection,
    readonly readers: Connections,
    /** Log sequences that the file held when it was opened, by partition. */
    readonly position: number[],
  ) {}

  /** @throws HistoryUnavailableError where the file cannot be opened, or another process has it open */
  static async open(options: OpenedFileOptions): Promise<OpenedFile> {
    const { file } = options;
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
      // `close` does it where it may. A database that a full disk has invalidated must leave the file as it is.
      await writer.run('PRAGMA disable_checkpoint_on_shutdown');
      await prepareTables(writer, file);
      const readers = await Connections.open(instance, READERS);
      return new OpenedFile(instance, writer, await instance.connect(), readers, await readLogPosition(writer));
    } catch (error) {
      instance?.closeSync();
      if (error instanceof HistoryUnavailableError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new HistoryUnavailableError(
        message.includes('lock on file')
          ? `The history file ${file} is open in another process. Stop that one, or give this one a data folder of its own. (${message})`
          : `The history file ${file} cannot be opened: ${message}`,
        { cause: error },
      );
    }
  }

  /** Keeps the file open until `act` has ended. */
  async use<Result>(act: (opened: OpenedFile) => Promise<Result>): Promise<Result> {
    this.uses++;
    try {
      return await act(this);
    } finally {
      this.uses--;
      if (this.uses === 0) for (const resolve of this.waiting.splice(0)) resolve();
    }
  }

  /** Waits for the uses under way, then closes; nothing may be asked after. */
  close(): Promise<void> {
    this.closing ??= this.shut();
    return this.closing;
  }

  private async shut(): Promise<void> {
    if (this.uses > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    await this.readers.close();
    this.settler.closeSync();
    // Moves the write-ahead log into the file, on a thread of libuv; what cannot be moved stays there, for the next start.
    await this.writer.run('CHECKPOINT').catch(() => undefined);
    this.writer.closeSync();
    this.instance.closeSync();
  }
}

/** Whether the database takes nothing more until it is opened again, as after a write that a full disk cut short. */
export function isInvalidated(error: unknown): boolean {
  return /\b(FATAL|INTERNAL) Error: |database has been invalidated/.test(String(error));
}
