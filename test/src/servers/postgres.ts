import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort, requireProgram, startServer, temporaryFolder, type RunningServer } from './process.js';

export interface PostgresServer {
  /** Address of a database of its own, made now. */
  newDatabase(): Promise<string>;
  /** Ends every connection of other programs, as a restart of the server would. */
  dropConnections(): Promise<void>;
  stop(): Promise<void>;
}

/** A PostgreSQL in a temporary folder. It refuses to run as root, so root hands it to the user of Debian's package, or to nobody. */
export async function startPostgres(): Promise<PostgresServer> {
  const initdb = requireProgram('postgresql', 'initdb');
  const postgres = requireProgram('postgresql', 'postgres');
  const folder = temporaryFolder('postgres');
  const owner = process.getuid?.() === 0 ? (idsOf('postgres') ?? idsOf('nobody')) : undefined;
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const initdbArgs = ['-D', data, '-U', 'lifeline', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  execFileSync(initdb, initdbArgs, { cwd: folder, stdio: 'pipe', ...owner });
  const port = await freePort();
  const url = (database: string) => `postgresql://lifeline@127.0.0.1:${port}/${database}`;
  const server: RunningServer = await startServer({
    command: postgres,
    args: ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=off'],
    folder,
    ready: () => asAdministrator(url('postgres'), 'select 1'),
    ...owner,
  });
  let databases = 0;
  return {
    newDatabase: async () => {
      const name = `records_${++databases}`;
      await asAdministrator(url('postgres'), `create database ${name}`);
      return url(name);
    },
    dropConnections: () =>
      asAdministrator(
        url('postgres'),
        `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'`,
      ),
    stop: () => server.stop(),
  };
}

async function asAdministrator(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function idsOf(user: string): { uid: number; gid: number } | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}
