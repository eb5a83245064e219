import type { DuckDBConnection } from '@duckdb/node-api';
import { CLOCK_FUTURE_MARK } from '../marks.js';
import type { SeriesLookup } from '../port.js';
import { addHours, DAY_MS, fillHourlyDays } from './hourly.js';
import { integer } from './integer.js';

/** A day is closed this long after its end: by then what was on its way has come. */
const GRACE_MS = 3_600_000;
/** A day that was settled takes its late readings up at most this often; until then they are read from `recent`. */
const AGAIN_AFTER_MS = DAY_MS;
/** Rows sorted in one transaction: bounds memory, and what a crash has to do again. */
const SLICE_ROWS = 2_000_000;

export interface SettleOptions {
  readonly nowMs: number;
  readonly series: SeriesLookup | undefined;
  /** Asked between slices. */
  readonly stopped: () => boolean;
  readonly sliceRows?: number;
}

/**
 * Rewrites the closed days that have recent rows: sorted by (sensor, time), without repeats. Each slice of sensors is one
 * transaction: what is under way may end at any moment, and nothing is lost or doubled. Only appends may run beside it.
 * @returns the days settled, as whole days since 1970 in UTC
 */
export async function settleClosedDays(connection: DuckDBConnection, options: SettleOptions): Promise<number[]> {
  const closedDay = Math.floor((options.nowMs - GRACE_MS) / DAY_MS);
  const due = await askNumbers(
    connection,
    `SELECT DISTINCT measured_at_ms // ${DAY_MS} AS day FROM recent
     WHERE measured_at_ms < ${integer(closedDay * DAY_MS)}
       AND day NOT IN (SELECT day FROM settled_day WHERE settled_at_ms > ${integer(Math.floor(options.nowMs - AGAIN_AFTER_MS))})
     ORDER BY day`,
  );
  const settled: number[] = [];
  for (const day of due) {
    const edges = await sliceEdges(connection, day, options.sliceRows ?? SLICE_ROWS);
    for (let i = 0; i < edges.length; i++) {
      if (options.stopped()) return settled;
      await settleSlice(connection, day, edges[i]!, edges[i + 1]);
    }
    await connection.run(
      `BEGIN; DELETE FROM settled_day WHERE day = ${integer(day)};
       INSERT INTO settled_day VALUES (${integer(day)}, ${integer(Math.floor(options.nowMs))});
       DELETE FROM hourly_day WHERE day = ${integer(day)}; INSERT INTO hourly_day VALUES (${integer(day)}); COMMIT;`,
    );
    settled.push(day);
  }
  await fillHourlyDays(connection, options.stopped);
  if (settled.length > 0 && options.series) await nameSensors(connection, options.series);
  return settled;
}

/** Lowest sensor number of each slice: as many whole sensors as fill `sliceRows`. */
function sliceEdges(connection: DuckDBConnection, day: number, sliceRows: number): Promise<number[]> {
  return askNumbers(
    connection,
    `SELECT min(sensor_no) FROM (
       SELECT sensor_no, (sum(rows) OVER (ORDER BY sensor_no) - rows) // ${integer(sliceRows)} AS slice
       FROM (SELECT sensor_no, count(*) AS rows FROM (
         SELECT sensor_no FROM recent WHERE ${inDay(day)} UNION ALL SELECT sensor_no FROM settled WHERE ${inDay(day)})
         GROUP BY sensor_no))
     GROUP BY slice ORDER BY 1`,
  );
}

async function settleSlice(
  connection: DuckDBConnection,
  day: number,
  fromSensorNo: number,
  toSensorNo: number | undefined,
): Promise<void> {
  const sensors = `sensor_no >= ${integer(fromSensorNo)}${toSensorNo === undefined ? '' : ` AND sensor_no < ${integer(toSensorNo)}`}`;
  const slice = `${inDay(day)} AND ${sensors}`;
  await connection.run('BEGIN');
  try {
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE slice AS
       WITH late AS MATERIALIZED (
         SELECT sensor_no, measured_at_ms, arg_max(value, rowid) AS value, arg_max(mark, rowid) AS mark
         FROM recent WHERE ${slice} GROUP BY sensor_no, measured_at_ms)
       SELECT sensor_no, measured_at_ms, value, mark FROM late
       UNION ALL
       SELECT sensor_no, measured_at_ms, value, mark FROM settled
       WHERE ${slice} AND NOT EXISTS (SELECT 1 FROM late
         WHERE late.sensor_no = settled.sensor_no AND late.measured_at_ms = settled.measured_at_ms)
       ORDER BY sensor_no, measured_at_ms`,
    );
    await connection.run(`DELETE FROM recent WHERE ${slice}`);
    await connection.run(`DELETE FROM settled WHERE ${slice}`);
    // In the order of the slice: DuckDB preserves it (preserve_insertion_order is on by default).
    await connection.run('INSERT INTO settled SELECT * FROM slice');
    await connection.run(`DELETE FROM hourly WHERE ${inDay(day, 'hour_ms')} AND ${sensors}`);
    await addHours(connection, 'slice', 'true');
    // Of two rows of one time the slice's wins (odd key): it was written later.
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE slice_newest AS
       SELECT sensor_no, max(measured_at_ms) AS measured_at_ms, arg_max(value, key) AS value, arg_max(mark, key) AS mark
       FROM (SELECT *, measured_at_ms * 2 + 1 AS key FROM slice WHERE mark <> ${CLOCK_FUTURE_MARK}
             UNION ALL SELECT *, measured_at_ms * 2 AS key FROM newest WHERE ${sensors})
       GROUP BY sensor_no`,
    );
    await connection.run(`DELETE FROM newest WHERE ${sensors}`);
    await connection.run('INSERT INTO newest SELECT * FROM slice_newest');
    await connection.run('DROP TABLE slice; DROP TABLE slice_newest;');
    await connection.run('COMMIT');
  } catch (error) {
    await rollBack(connection);
    throw error;
  }
}

/** Drops what was measured before. */
export async function dropBefore(connection: DuckDBConnection, beforeMs: number): Promise<void> {
  const before = integer(Math.ceil(beforeMs));
  await connection.run('BEGIN');
  try {
    for (const table of ['recent', 'settled', 'newest'])
      await connection.run(`DELETE FROM ${table} WHERE measured_at_ms < ${before}`);
    await connection.run(`DELETE FROM settled_day WHERE (day + 1) * ${DAY_MS} <= ${before}`);
    await connection.run(`DELETE FROM hourly_day WHERE day * ${DAY_MS} < ${before}`);
    // A day that is cut through is made up anew from the rows that are left.
    await connection.run(`DELETE FROM hourly WHERE hour_ms // ${DAY_MS} NOT IN (SELECT day FROM hourly_day)`);
    await connection.run('COMMIT');
  } catch (error) {
    await rollBack(connection);
    throw error;
  }
}

/** Ends a transaction that failed; where the fault ended it already there is nothing to do. */
export async function rollBack(connection: DuckDBConnection): Promise<void> {
  await connection.run('ROLLBACK').catch(() => undefined);
}

async function nameSensors(connection: DuckDBConnection, series: SeriesLookup): Promise<void> {
  const nameless = await askNumbers(
    connection,
    'SELECT sensor_no FROM newest WHERE sensor_no NOT IN (SELECT sensor_no FROM sensor)',
  );
  const named = nameless.map(series).filter((key) => key !== undefined);
  if (named.length === 0) return;
  const appender = await connection.createAppender('sensor');
  for (const key of named) {
    appender.appendUInteger(key.sensorNo);
    appender.appendVarchar(key.deviceId);
    appender.appendVarchar(key.channel);
    appender.appendVarchar(key.utility);
    appender.endRow();
  }
  appender.closeSync();
}

function inDay(day: number, column = 'measured_at_ms'): string {
  return `${column} >= ${integer(day * DAY_MS)} AND ${column} < ${integer((day + 1) * DAY_MS)}`;
}

async function askNumbers(connection: DuckDBConnection, sql: string): Promise<number[]> {
  return (await connection.runAndReadAll(sql)).getRows().map((row) => Number(row[0]));
}
