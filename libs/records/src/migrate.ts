import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate } from 'drizzle-orm/pg-proxy/migrator';
import { fileURLToPath } from 'node:url';
import { RecordsError, type Engine } from './engine.js';

/** The same path from src/ and from dist/. */
const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));

/** Any fixed number that no other lock of ours uses; see also the registry's. */
const MIGRATION_LOCK = 7_341_001;

/** The database was written by a newer Lifeline than this one. */
export class RecordsVersionError extends RecordsError {
  constructor() {
    super(
      'records-version',
      'The records were written by a newer version of Lifeline. Start that version, or restore the backup made before the upgrade.',
    );
  }
}

/**
 * Brings the tables to the version of this code, in one transaction; two services that start at once wait for each other.
 * @throws RecordsVersionError where the database is newer
 */
export async function bringUpToDate(engine: Engine): Promise<void> {
  const newestKnown = Math.max(...readMigrationFiles({ migrationsFolder }).map((file) => file.folderMillis));
  await engine.transaction(async (db) => {
    await db.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(MIGRATION_LOCK))})`);
    const [found] = await db.execute<{ there: boolean }>(
      sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
    );
    if (found?.there) {
      const [newest] = await db.execute<{ at: number | string | null }>(
        sql`select max(created_at)::bigint as at from drizzle.__drizzle_migrations`,
      );
      if (Number(newest?.at ?? 0) > newestKnown) throw new RecordsVersionError();
    }
    const apply = async (statements: string[]) => {
      for (const statement of statements) await db.execute(sql.raw(statement));
    };
    await migrate(db, apply, { migrationsFolder });
  });
}
