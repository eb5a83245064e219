import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { databaseOver, RecordsError, withoutValues, type Engine } from './engine.js';
import type { FromPglite, PgliteWorkerData, ToPglite } from './pglite-messages.js';
import { Turns } from './turns.js';

/** Both are made by the build; the same path from src/ and from dist/. */
const workerFile = new URL('../dist/pglite-worker.js', import.meta.url);
const seedFile = fileURLToPath(new URL('../dist/pglite-seed.tar.gz', import.meta.url));

/** A message before it has its number. */
type Unnumbered<Message> = Message extends unknown ? Omit<Message, 'id'> : never;

/**
 * Opens the records of one folder in a thread of its own. The caller holds the lock of the data folder: PGlite has none.
 * @throws RecordsError `records-unreadable` where the folder cannot be opened
 */
export async function openPglite(folder: string): Promise<Engine> {
  const workerData: PgliteWorkerData = { folder, seedFile: existsSync(seedFile) ? seedFile : null };
  // Not the process' own flags: some, such as --input-type, a thread refuses.
  const worker = new Worker(workerFile, { workerData, name: 'records', execArgv: [] });
  const waiting = new Map<number, { resolve(rows: unknown[]): void; reject(error: Error): void }>();
  const listeners = new Map<string, Set<(payload: string) => void>>();
  const turns = new Turns();
  let lastId = 0;
  let closed: RecordsError | undefined;

  const end = (error: RecordsError) => {
    closed ??= error;
    for (const { reject } of waiting.values()) reject(closed);
    waiting.clear();
  };
  const ask = (message: Unnumbered<ToPglite>): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(closed);
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      try {
        worker.postMessage({ ...message, id });
      } catch (error) {
        waiting.delete(id);
        reject(new RecordsError('records-failed', 'A value cannot be handed to the records.', { cause: error }));
      }
    });

  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromPglite) => {
      switch (message.kind) {
        case 'ready':
          return resolve();
        case 'failed':
          return reject(
            new RecordsError('records-unreadable', `The records in ${folder} cannot be opened: ${message.message}`),
          );
        case 'answer':
          waiting.get(message.id)?.resolve(message.rows);
          waiting.delete(message.id);
          return;
        case 'refusal':
          waiting.get(message.id)?.reject(new RecordsError(message.code, message.message));
          waiting.delete(message.id);
          return;
        case 'notice':
          for (const listener of listeners.get(message.channel) ?? []) listener(message.payload);
      }
    });
    worker.once('error', (error) => {
      const failure = new RecordsError('records-failed', `The thread of the records ended: ${error.message}`);
      reject(failure);
      end(failure);
    });
    worker.once('exit', () => {
      const failure = new RecordsError('records-closed', 'The records are closed.');
      reject(failure);
      end(failure);
    });
  });

  /** Of the transaction that has the turn. */
  const db = databaseOver((statement, params, rowMode) => ask({ kind: 'query', statement, params, rowMode }));
  const dbInTurn = databaseOver((statement, params, rowMode) =>
    turns.take(() => ask({ kind: 'query', statement, params, rowMode })),
  );
  const command = (statement: string) => ask({ kind: 'query', statement, params: [], rowMode: 'array' });

  return {
    run: (work) => withoutValues(work(dbInTurn)),
    transaction: (work) =>
      withoutValues(
        turns.take(async () => {
          await command('begin');
          try {
            const result = await work(db);
            await command('commit');
            return result;
          } catch (error) {
            await command('rollback').catch(() => undefined);
            throw error;
          }
        }),
      ),
    listen: async (channel, onNotice) => {
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known);
      if (known.size === 0) await turns.take(() => ask({ kind: 'listen', channel }));
      known.add(onNotice);
      return async () => {
        known.delete(onNotice);
      };
    },
    // PGlite has no autovacuum.
    tidy: () => turns.take(() => command('vacuum (analyze)')).then(() => undefined),
    close: async () => {
      if (closed) return;
      const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      await turns.take(() => ask({ kind: 'close' })).catch(() => worker.terminate());
      await exited;
    },
  };
}
