import { SHIPPED_DEFINITIONS } from '@lifeline/catalogue';
import type { Clock } from '@lifeline/contracts';
import { SqlAccount } from './account-store.js';
import { SqlCallOuts } from './call-out-store.js';
import { SqlAlarms } from './alarm-store.js';
import { SqlAlarmDefinitions } from './definition-store.js';
import { SqlDuty } from './duty-store.js';
import { RecordsError, type Engine } from './engine.js';
import { SqlIncidents } from './incident-store.js';
import { SqlMaintenance } from './maintenance-store.js';
import { bringUpToDate } from './migrate.js';
import { SqlPeople } from './people-store.js';
import { openPglite } from './pglite-engine.js';
import type { Records } from './port.js';
import { openPostgres } from './postgres-engine.js';
import { readCursor } from './projection-cursor.js';
import { SqlRegistry } from './registry-store.js';
import { SqlRejects } from './reject-store.js';

export interface RecordsOptions {
  /** A PostgreSQL server; where given, the folder is not touched. */
  readonly postgresUrl?: string | undefined;
  /** Folder of the embedded records. The caller holds the lock of the data folder: two processes on one folder lose rows. */
  readonly folder?: string | undefined;
  readonly clock: Clock;
}

/**
 * Opens the records, brings their tables up to date, and the alarm definitions to what this version ships.
 * @throws RecordsVersionError where a newer Lifeline wrote them
 * @throws RecordsError `records-unreadable`, `records-unreachable`
 */
export async function openRecords({ postgresUrl, folder, clock }: RecordsOptions): Promise<Records> {
  const engine = await openEngine(postgresUrl, folder);
  const definitions = new SqlAlarmDefinitions(engine);
  try {
    await bringUpToDate(engine);
    await definitions.ship(SHIPPED_DEFINITIONS, clock.nowMs());
  } catch (error) {
    await engine.close();
    throw error;
  }
  return {
    registry: new SqlRegistry(engine),
    alarms: new SqlAlarms(engine),
    definitions,
    maintenance: new SqlMaintenance(engine),
    incidents: new SqlIncidents(engine),
    duty: new SqlDuty(engine),
    callOuts: new SqlCallOuts(engine),
    rejects: new SqlRejects(engine),
    account: new SqlAccount(engine),
    people: new SqlPeople(engine),
    cursor: (consumer) => readCursor(engine, consumer),
    close: () => engine.close(),
  };
}

async function openEngine(postgresUrl: string | undefined, folder: string | undefined): Promise<Engine> {
  if (postgresUrl) return openPostgres(postgresUrl);
  if (folder) return openPglite(folder);
  throw new RecordsError('records-nowhere', 'The records need a folder or the address of a PostgreSQL server.');
}
