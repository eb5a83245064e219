import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import type { FromPglite, PgliteWorkerData, ToPglite } from './pglite-messages.js';

/** The thread in which PGlite runs: its queries block the event loop they run on. */

/** Without `-F` and with a synchronous WAL, a commit is on disk when it answers; PGlite's own default never calls fsync. */
const durableStart = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'fsync=on',
  '-c',
  'wal_sync_method=open_datasync',
];

async function open({ folder, seedFile }: PgliteWorkerData): Promise<PGlite> {
  // A process that was killed while it made the folder leaves half a database; the mark says so, and nothing was stored yet.
  const unfinished = `${folder}.unfinished`;
  if (existsSync(unfinished)) rmSync(folder, { recursive: true, force: true });
  const fresh = !existsSync(join(folder, 'PG_VERSION'));
  if (fresh) {
    mkdirSync(dirname(folder), { recursive: true });
    writeFileSync(unfinished, '');
  }
  const seed = fresh && seedFile ? { loadDataDir: new Blob([readFileSync(seedFile)]) } : {};
  const opened = await PGlite.create({ dataDir: folder, startParams: durableStart, ...seed });
  if (fresh) rmSync(unfinished);
  return opened;
}

function serve(db: PGlite, answer: (message: FromPglite) => void): (message: ToPglite) => Promise<unknown[]> {
  return async (message) => {
    switch (message.kind) {
      case 'query':
        return (await db.query(message.statement, [...message.params], { rowMode: message.rowMode })).rows;
      case 'listen':
        await db.listen(message.channel, (payload) => answer({ kind: 'notice', channel: message.channel, payload }));
        return [];
      case 'close':
        await db.close();
        return [];
    }
  };
}

async function main(port: NonNullable<typeof parentPort>): Promise<void> {
  const say = (message: FromPglite) => port.postMessage(message);
  let db: PGlite;
  try {
    db = await open(workerData as PgliteWorkerData);
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    port.close();
    return;
  }
  const handle = serve(db, say);
  port.on('message', (message: ToPglite) => {
    handle(message).then(
      (rows) => {
        say({ kind: 'answer', id: message.id, rows });
        if (message.kind === 'close') port.close();
      },
      (error: unknown) => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'records-failed';
        say({
          kind: 'refusal',
          id: message.id,
          code,
          message: error instanceof Error ? error.message : String(error),
        });
      },
    );
  });
  say({ kind: 'ready' });
}

if (parentPort) await main(parentPort);
