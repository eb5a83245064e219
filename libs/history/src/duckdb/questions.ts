import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { qualityOfMark } from '@lifeline/readings';
import { bucketGrid } from '../bucket-grid.js';
import { CLOCK_FUTURE_MARK } from '../marks.js';
import type { Bucket, HistoryReading, LastValue, RangeAnswer } from '../port.js';
import { askHourBuckets, COUNTS } from './hourly.js';
import { integer } from './integer.js';

/** The questions to a history file. Numbers stand in the SQL itself, as checked integers: row groups are skipped by them. */

/** More sensors than these are found by reading the newest values of all. */
const SENSORS_BY_NAME = 1000;

/** The readings of one sensor in a range, or buckets of them where there are more than `points`. */
export async function askRange(
  connection: DuckDBConnection,
  sensorNo: number,
  fromMs: number,
  toMs: number,
  points: number,
): Promise<RangeAnswer> {
  if (!(fromMs < toMs)) return { readings: [] };
  const most = Math.max(1, Math.floor(points));
  const ofHours = await askHourBuckets(
    connection,
    { sensorNo, fromMs: Math.ceil(fromMs), toMs: Math.ceil(toMs), points: most },
    (span) => distinctRows(sensorNo, span.fromMs, span.toMs),
  );
  if (ofHours) return { buckets: ofHours };
  const distinct = distinctRows(sensorNo, fromMs, toMs);
  if ((await askCount(connection, sensorNo, fromMs, toMs)) <= most) {
    const rows = await askRows(
      connection,
      `${distinct} SELECT measured_at_ms::DOUBLE, value, mark FROM distinct_rows ORDER BY 1 LIMIT ${most + 1}`,
    );
    // More than counted only where a write came between; then they are bucketed.
    if (rows.length <= most) return { readings: rows.map(readingOfRow) };
  }
  const grid = bucketGrid(fromMs, toMs, most);
  const from = integer(grid.fromMs);
  const rows = await askRows(
    connection,
    `${distinct}
     SELECT (${from} + ((measured_at_ms - ${from}) // ${grid.widthMs}) * ${grid.widthMs})::DOUBLE AS bucket,
            min(value), max(value), avg(value), count(*)::DOUBLE
     FROM distinct_rows WHERE ${COUNTS}
     GROUP BY bucket ORDER BY bucket`,
  );
  return { buckets: rows.map((row) => row.map(Number) as unknown as Bucket) };
}

/** The first readings of one sensor in a range, `most` at most. */
export async function askPage(
  connection: DuckDBConnection,
  sensorNo: number,
  fromMs: number,
  toMs: number,
  most: number,
): Promise<readonly HistoryReading[]> {
  if (!(fromMs < toMs)) return [];
  const rows = await askRows(
    connection,
    `${distinctRows(sensorNo, fromMs, toMs)}
     SELECT measured_at_ms::DOUBLE, value, mark FROM distinct_rows ORDER BY 1 LIMIT ${integer(most)}`,
  );
  return rows.map(readingOfRow);
}

/** Number of distinct times of one sensor in a range. */
export async function askCount(
  connection: DuckDBConnection,
  sensorNo: number,
  fromMs: number,
  toMs: number,
): Promise<number> {
  if (!(fromMs < toMs)) return 0;
  const rows = await askRows(
    connection,
    `${distinctRows(sensorNo, fromMs, toMs)} SELECT count(*)::DOUBLE FROM distinct_rows`,
  );
  return Number(rows[0]?.[0] ?? 0);
}

/** The newest reading of each of these sensors that has one; readings of a clock that ran ahead are passed over. */
export async function askNewest(
  connection: DuckDBConnection,
  sensorNos: readonly number[],
): Promise<readonly LastValue[]> {
  if (sensorNos.length === 0) return [];
  const all = sensorNos.length > SENSORS_BY_NAME;
  const inList = `IN (${sensorNos.map(integer).join(', ')})`;
  const which = all ? 'true' : `sensor_no ${inList}`;
  const newestWhich = all ? 'true' : `newest.sensor_no ${inList}`;
  // Of a recent and a settled one of the same time the recent is taken: it was written later.
  return lastValuesOf(
    connection,
    sensorNos,
    `WITH late_time AS (
       SELECT sensor_no, max(measured_at_ms) AS measured_at_ms FROM recent
       WHERE ${which} AND mark <> ${CLOCK_FUTURE_MARK} GROUP BY sensor_no),
     late AS (
       SELECT sensor_no, measured_at_ms, arg_max(value, recent.rowid) AS value, arg_max(mark, recent.rowid) AS mark
       FROM recent JOIN late_time USING (sensor_no, measured_at_ms) GROUP BY sensor_no, measured_at_ms),
     settled_newest AS (
       SELECT newest.* FROM newest LEFT JOIN late USING (sensor_no)
       WHERE ${newestWhich} AND (late.measured_at_ms IS NULL OR newest.measured_at_ms > late.measured_at_ms)),
     late_newest AS (
       SELECT late.* FROM late LEFT JOIN newest USING (sensor_no)
       WHERE newest.measured_at_ms IS NULL OR late.measured_at_ms >= newest.measured_at_ms)
     SELECT sensor_no, measured_at_ms::DOUBLE, value, mark FROM late_newest
     UNION ALL
     SELECT sensor_no, measured_at_ms::DOUBLE, value, mark FROM settled_newest`,
  );
}

/**
 * The newest reading of each of these sensors later than `afterMs` and up to `untilMs`; readings of a clock that ran ahead are passed
 * over. Of one time that comes twice, what was written last.
 */
export async function askNewestWithin(
  connection: DuckDBConnection,
  sensorNos: readonly number[],
  afterMs: number,
  untilMs: number,
): Promise<readonly LastValue[]> {
  if (sensorNos.length === 0 || !(afterMs < untilMs)) return [];
  const which = sensorNos.length > SENSORS_BY_NAME ? '' : `AND sensor_no IN (${sensorNos.map(integer).join(', ')})`;
  const where = `measured_at_ms > ${integer(Math.floor(afterMs))} AND measured_at_ms <= ${integer(Math.floor(untilMs))} ${which}`;
  // The time in the high bits, then the settled row before the recent ones in the order they were written.
  const key = (row: string) => `(measured_at_ms::HUGEINT << 40) + ${row}`;
  return lastValuesOf(
    connection,
    sensorNos,
    `SELECT sensor_no, max(measured_at_ms)::DOUBLE, arg_max(value, key), arg_max(mark, key) FROM (
       SELECT sensor_no, measured_at_ms, value, mark, ${key('rowid + 1')} AS key FROM recent WHERE ${where}
       UNION ALL
       SELECT sensor_no, measured_at_ms, value, mark, ${key('0')} AS key FROM settled WHERE ${where})
     WHERE mark <> ${CLOCK_FUTURE_MARK} GROUP BY sensor_no`,
  );
}

/** Reads (sensor, time, value, mark) of those sensors. */
async function lastValuesOf(
  connection: DuckDBConnection,
  sensorNos: readonly number[],
  sql: string,
): Promise<readonly LastValue[]> {
  const result = await connection.stream(sql);
  const wanted = new Set(sensorNos);
  const found: LastValue[] = [];
  // Chunk by chunk, so that 160,000 sensors do not hold the event loop.
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return found;
    const [sensors, times, values, marks] = [0, 1, 2, 3].map((column) => chunk.getColumnVector(column));
    for (let row = 0; row < chunk.rowCount; row++) {
      const sensorNo = Number(sensors!.getItem(row));
      if (!wanted.has(sensorNo)) continue;
      found.push({
        sensorNo,
        measuredAtMs: Number(times!.getItem(row)),
        value: Number(values!.getItem(row)),
        mark: Number(marks!.getItem(row)),
      });
    }
  }
}

/** `WITH … distinct_rows(measured_at_ms, value, mark)`: each time of the sensor once, as last written. */
function distinctRows(sensorNo: number, fromMs: number, toMs: number): string {
  const where = `sensor_no = ${integer(sensorNo)} AND measured_at_ms >= ${integer(Math.ceil(fromMs))} AND measured_at_ms < ${integer(Math.ceil(toMs))}`;
  return `WITH late AS MATERIALIZED (
      SELECT measured_at_ms, arg_max(value, rowid) AS value, arg_max(mark, rowid) AS mark
      FROM recent WHERE ${where} GROUP BY measured_at_ms),
    distinct_rows AS (
      SELECT measured_at_ms, value, mark FROM late
      UNION ALL
      SELECT measured_at_ms, value, mark FROM settled
      WHERE ${where} AND NOT EXISTS (SELECT 1 FROM late WHERE late.measured_at_ms = settled.measured_at_ms))`;
}

async function askRows(connection: DuckDBConnection, sql: string): Promise<DuckDBValue[][]> {
  return (await connection.runAndReadAll(sql)).getRows();
}

function readingOfRow(row: readonly DuckDBValue[]): HistoryReading {
  const value = Number(row[1]);
  return [Number(row[0]), Number.isFinite(value) ? value : null, qualityOfMark(Number(row[2]))];
}
