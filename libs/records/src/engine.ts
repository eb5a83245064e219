import { DrizzleQueryError } from 'drizzle-orm/errors';
import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy';

/** What the stores write their statements with: Drizzle over whichever engine is open. */
export type Database = PgRemoteDatabase;

/** A PostgreSQL to talk to: PGlite in a worker thread, or a server. */
export interface Engine {
  /** Statements outside a transaction: each stands for itself. */
  run<Result>(work: (db: Database) => Promise<Result>): Promise<Result>;
  /** All or nothing. Inside, use the given database alone: with PGlite any other call waits for the end of this one. */
  transaction<Result>(work: (db: Database) => Promise<Result>): Promise<Result>;
  /**
   * Calls back for each NOTIFY of the channel, whoever sent it. `onGap` is called after a lost connection was made again: notices
   * may have been missed. Gives the way to stop.
   */
  listen(channel: string, onNotice: (payload: string) => void, onGap: () => void): Promise<() => Promise<void>>;
  /** Gives back the room of deleted rows and counts afresh for the planner, where nothing in the engine does so by itself. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** Runs one statement; rows as arrays for mapped queries, as objects for raw ones. */
export type RunStatement = (
  statement: string,
  params: readonly unknown[],
  rowMode: 'array' | 'object',
) => Promise<unknown[]>;

/** Drizzle's proxy driver is all we need of it: one statement out, rows in. Transactions are the engine's own. */
export function databaseOver(run: RunStatement): Database {
  return drizzle(async (statement, params: unknown[], method) => ({
    rows: await run(statement, params, method === 'all' ? 'array' : 'object'),
  }));
}

/** The records could not be read or written; `code` is the SQLSTATE where the database gave one. */
export class RecordsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Drizzle's errors carry the statement and all its values, secrets among them. What leaves the engine is the database's own
 * sentence and its code.
 */
export async function withoutValues<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof DrizzleQueryError)) throw error;
    const cause = error.cause;
    if (cause instanceof RecordsError) throw cause;
    const code = cause && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'records-failed';
    throw new RecordsError(code, `The records refused a statement: ${cause?.message ?? 'unknown cause'}`);
  }
}
