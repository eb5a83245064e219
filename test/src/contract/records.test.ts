import { startPostgres, type PostgresServer } from '../servers/postgres.js';
import { temporaryFolder } from '../servers/process.js';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openRecords, type RegistryNotice } from '@lifeline/records';
import { systemClock } from '@lifeline/contracts';
import pg from 'pg';
import { workspaceRoot } from '../product/lifeline-process.js';
import { aDevice } from './records-builders.js';
import { describeRecords, Heard } from './records-suite.js';

const clock = systemClock;

describeRecords('PGlite', async () => {
  const folder = temporaryFolder('records');
  return {
    open: () => openRecords({ folder: join(folder, 'records'), clock }),
    clean: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

describeRecords('PostgreSQL', async () => {
  const server = await startPostgres();
  const postgresUrl = await server.newDatabase();
  return { open: () => openRecords({ postgresUrl, clock }), clean: () => server.stop() };
});

describe('records on a PostgreSQL server', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  const statement = async (connectionString: string, text: string) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      return (await client.query(text)).rows as unknown[];
    } finally {
      await client.end();
    }
  };

  it('are migrated once by services that start at the same moment', async () => {
    const postgresUrl = await server.newDatabase();

    const opened = await Promise.all(Array.from({ length: 4 }, () => openRecords({ postgresUrl, clock })));

    await Promise.all(opened.map((records) => records.close()));
    const { entries } = JSON.parse(
      readFileSync(join(workspaceRoot, 'libs/records/migrations/meta/_journal.json'), 'utf8'),
    ) as { entries: unknown[] };
    expect(await statement(postgresUrl, 'select hash from drizzle.__drizzle_migrations')).toHaveLength(entries.length);
  });

  it('are refused where a newer Lifeline wrote them', async () => {
    const postgresUrl = await server.newDatabase();
    await (await openRecords({ postgresUrl, clock })).close();
    await statement(
      postgresUrl,
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9000000000000)`,
    );

    await expect(openRecords({ postgresUrl, clock })).rejects.toMatchObject({ code: 'records-version' });
  });

  it('tell one service what another changed', async () => {
    const postgresUrl = await server.newDatabase();
    const [here, there] = await Promise.all([1, 2].map(() => openRecords({ postgresUrl, clock })));
    const heard = new Heard<RegistryNotice>();
    await here!.registry.onChange(heard.take);

    await there!.registry.createDevice(aDevice('over-there'), 1);
    await heard.until((items) => items.length > 0);

    expect(heard.items).toEqual([['over-there']]);
    await here!.close();
    await there!.close();
  });

  it('listen again after the connection was lost, say that all may have changed, and go on working', async () => {
    const postgresUrl = await server.newDatabase();
    const records = await openRecords({ postgresUrl, clock });
    const heard = new Heard<RegistryNotice>();
    await records.registry.onChange(heard.take);

    await server.dropConnections();
    await heard.until((items) => items.includes('everything'));
    await records.registry.createDevice(aDevice('after-gap'), 1);
    await heard.until((items) => items.some((notice) => notice !== 'everything'));

    expect(heard.items.at(-1)).toEqual(['after-gap']);
    await records.close();
  });

  it('keep nothing of a change whose connection was lost before the commit', async () => {
    const postgresUrl = await server.newDatabase();
    const records = await openRecords({ postgresUrl, clock });
    // Another session holds the registry's table, so that the change must wait in the middle of its transaction.
    const holder = new pg.Client({ connectionString: postgresUrl });
    holder.on('error', () => undefined);
    await holder.connect();
    await holder.query('begin; lock table sensors in access exclusive mode');
    const change = records.registry.createDevice(aDevice('half'), 1);
    const outcome = change.then(
      () => 'kept',
      () => 'refused',
    );
    const waits = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'lifeline'`;
    for (;;) if ((await statement(postgresUrl, waits)).length > 0) break;

    await server.dropConnections();

    expect(await outcome).toBe('refused');
    expect(await records.registry.device('half')).toBeUndefined();
    await holder.end().catch(() => undefined);
    await records.close();
  });

  it('say in one line that the server cannot be reached, without the password', async () => {
    const opening = openRecords({ postgresUrl: 'postgresql://lifeline:hunter2@127.0.0.1:1/none', clock });

    await expect(opening).rejects.toMatchObject({ code: 'records-unreachable' });
    await opening.catch((error: Error) => expect(error.message).not.toContain('hunter2'));
  });
});
