import pg from 'pg';
import { databaseOver, RecordsError, withoutValues, type Engine } from './engine.js';
import { NoticeConnection } from './notice-connection.js';

/** Connections of one service; three services and their helpers stay well under PostgreSQL's default of 100. */
const MOST_CONNECTIONS = 10;
const INT8 = 20;

/** bigint as a number: milliseconds and counts stay far under 2^53. */
export const numericTypes = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** What a query needs of a pool or of one of its clients. */
interface Queryable {
  query(config: pg.QueryConfig & { rowMode?: 'array' }): Promise<{ rows: unknown[] }>;
}

function databaseOf(queryable: Queryable) {
  return databaseOver(async (text, params, rowMode) => {
    const answer = await queryable.query({ text, values: [...params], ...(rowMode === 'array' ? { rowMode } : {}) });
    return answer.rows;
  });
}

/**
 * Connects to a PostgreSQL server (15 or newer).
 * @throws RecordsError `records-unreachable` where it cannot be reached or refuses the account; the address' password stays out of the message
 */
export async function openPostgres(url: string): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    application_name: 'lifeline',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    types: numericTypes,
  });
  // An idle connection that the server ends is not a failure: the pool makes another for the next statement.
  pool.on('error', () => undefined);
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    const { host } = new URL(url);
    throw new RecordsError(
      'records-unreachable',
      `PostgreSQL at ${host} cannot be used: ${error instanceof Error ? error.message : String(error)}. Check LIFELINE_POSTGRES_URL.`,
    );
  }
  const notices = new NoticeConnection(url);
  const db = databaseOf(pool);
  let closing: Promise<void> | undefined;
  return {
    run: (work) => withoutValues(work(db)),
    transaction: (work) => withoutValues(inTransaction(pool, (client) => work(databaseOf(client)))),
    listen: (channel, onNotice, onGap) => notices.listen(channel, onNotice, onGap),
    // A server's autovacuum sees to it.
    tidy: async () => undefined,
    close: () => (closing ??= Promise.all([notices.close(), pool.end()]).then(() => undefined)),
  };
}

async function inTransaction<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Without a listener the loss of a connection under way would end the process; its statement fails anyhow.
  const onError = (error: Error) => (broken = error);
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
