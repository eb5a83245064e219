import type { DuckDBConnection } from '@duckdb/node-api';
import { HistoryUnavailableError } from '../port.js';

const FORMAT = 1;

/**
 * The tables of a history file.
 *
 * - `recent`: rows as they came, repeats and all; of one sensor and time the row with the highest rowid was written last.
 *   Only ever appended to by the writer, and emptied day by day by the settler.
 * - `settled`: closed days, each sorted by (sensor, time) without repeats. A row of `recent` was written after the settled
 *   row of the same sensor and time, and replaces it.
 * - `newest`: newest settled row of each sensor, so that the last values need no search through years.
 * - `settled_day`: when each day was settled last. Day: whole days since 1970 in UTC.
 * - `hourly`: what the settled rows of each sensor and whole hour come to, so that a chart over a year reads hours, not rows. `readings`
 *   counts what is not bad, of which `low`, `high` and `total` tell; `all_rows` counts every row.
 * - `hourly_day`: the days that `hourly` holds; a file of an earlier version begins with none, and the settler makes them up.
 * - `log_position`: newest log sequence whose rows are in, moved in the transaction of the rows.
 * - `sensor`: which device and channel a number stands for, for whoever opens the file with another program.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS recent (sensor_no UINTEGER NOT NULL, measured_at_ms BIGINT NOT NULL, value DOUBLE NOT NULL, mark UTINYINT NOT NULL);
  CREATE TABLE IF NOT EXISTS settled (sensor_no UINTEGER NOT NULL, measured_at_ms BIGINT NOT NULL, value DOUBLE NOT NULL, mark UTINYINT NOT NULL);
  CREATE TABLE IF NOT EXISTS newest (sensor_no UINTEGER NOT NULL, measured_at_ms BIGINT NOT NULL, value DOUBLE NOT NULL, mark UTINYINT NOT NULL);
  CREATE TABLE IF NOT EXISTS settled_day (day BIGINT NOT NULL, settled_at_ms BIGINT NOT NULL);
  CREATE TABLE IF NOT EXISTS hourly (sensor_no UINTEGER NOT NULL, hour_ms BIGINT NOT NULL, low DOUBLE, high DOUBLE, total DOUBLE, readings BIGINT NOT NULL, all_rows BIGINT NOT NULL);
  CREATE TABLE IF NOT EXISTS hourly_day (day BIGINT NOT NULL);
  CREATE TABLE IF NOT EXISTS log_position (partition UINTEGER NOT NULL, sequence BIGINT NOT NULL);
  CREATE TABLE IF NOT EXISTS sensor (sensor_no UINTEGER NOT NULL, device_id VARCHAR NOT NULL, channel VARCHAR NOT NULL, utility VARCHAR NOT NULL);
  CREATE TABLE IF NOT EXISTS format (version INTEGER NOT NULL);
`;

/**
 * Makes the tables where they are missing.
 * @throws HistoryUnavailableError where the file was written by a newer version
 */
export async function prepareTables(connection: DuckDBConnection, file: string): Promise<void> {
  await connection.run(`BEGIN; ${TABLES} COMMIT;`);
  const found = (await connection.runAndReadAll('SELECT version FROM format')).getRows()[0]?.[0];
  if (found === undefined) await connection.run(`INSERT INTO format VALUES (${FORMAT})`);
  else if (found !== FORMAT) {
    throw new HistoryUnavailableError(
      `The history file ${file} has format ${String(found)}; this version of Lifeline reads format ${FORMAT}. Start the version that wrote it.`,
    );
  }
}

/** Gives the newest log sequence by partition; 0 where none. */
export async function readLogPosition(connection: DuckDBConnection): Promise<number[]> {
  const reader = await connection.runAndReadAll('SELECT partition, sequence::DOUBLE FROM log_position');
  const cursor: number[] = [];
  for (const [partition, sequence] of reader.getRows()) {
    while (cursor.length <= Number(partition)) cursor.push(0);
    cursor[Number(partition)] = Number(sequence);
  }
  return cursor;
}
