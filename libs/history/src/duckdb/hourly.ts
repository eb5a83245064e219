import type { DuckDBConnection } from '@duckdb/node-api';
import { BAD_MARKS } from '../marks.js';
import type { Bucket } from '../port.js';
import { integer } from './integer.js';

/** The hours: what the rows of a sensor come to in each whole hour of the settled days. */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** Buckets from this width on are made of whole hours: to round them up costs a quarter of their number at most. */
const LEAST_WIDTH_MS = 4 * HOUR_MS;
/** Parts of a range that are read row by row; more are read in one. */
const MOST_RAW_SPANS = 8;

/** Rows that count in minima, maxima and means. */
export const COUNTS = `mark NOT IN (${BAD_MARKS.join(', ')}) AND isfinite(value)`;

/** Adds the hours of these rows; those of an earlier time must have been deleted. */
export async function addHours(connection: DuckDBConnection, table: string, where: string): Promise<void> {
  await connection.run(
    `INSERT INTO hourly
     SELECT sensor_no, measured_at_ms // ${HOUR_MS} * ${HOUR_MS} AS hour_ms, min(value) FILTER (${COUNTS}),
            max(value) FILTER (${COUNTS}), sum(value) FILTER (${COUNTS}), count(*) FILTER (${COUNTS}), count(*)
     FROM ${table} WHERE ${where} GROUP BY sensor_no, hour_ms ORDER BY sensor_no, hour_ms`,
  );
}

/** Makes up the hours of settled days that have none: of a file of an earlier version, or cut by the retention. */
export async function fillHourlyDays(connection: DuckDBConnection, stopped: () => boolean): Promise<void> {
  const due = await connection.runAndReadAll(
    'SELECT day::DOUBLE FROM settled_day WHERE day NOT IN (SELECT day FROM hourly_day) ORDER BY day',
  );
  for (const [value] of due.getRows()) {
    if (stopped()) return;
    const day = Number(value);
    const within = (column: string) =>
      `${column} >= ${integer(day * DAY_MS)} AND ${column} < ${integer((day + 1) * DAY_MS)}`;
    await connection.run('BEGIN');
    try {
      await connection.run(`DELETE FROM hourly WHERE ${within('hour_ms')}`);
      await addHours(connection, 'settled', within('measured_at_ms'));
      await connection.run(`INSERT INTO hourly_day VALUES (${integer(day)})`);
      await connection.run('COMMIT');
    } catch (error) {
      await connection.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A long range as it is read: its grid of whole hours, the days whose hours are there, and what lies between them. */
interface HourPlan {
  readonly startMs: number;
  readonly widthMs: number;
  readonly summed: readonly Span[];
  readonly raw: readonly Span[];
}

/** A grid of whole hours that begins at or before `fromMs`; undefined where the buckets would be too narrow for it. */
export function hourGrid(
  fromMs: number,
  toMs: number,
  points: number,
): { startMs: number; widthMs: number } | undefined {
  const startMs = Math.floor(fromMs / HOUR_MS) * HOUR_MS;
  if ((toMs - fromMs) / points < LEAST_WIDTH_MS) return undefined;
  return { startMs, widthMs: Math.ceil((toMs - startMs) / points / HOUR_MS) * HOUR_MS };
}

/** Parts a range into the given whole days (ascending), joined where they touch, and the rest of it. */
export function partByDays(fromMs: number, toMs: number, days: readonly number[]): { summed: Span[]; raw: Span[] } {
  const summed: Span[] = [];
  for (const day of days) {
    // Of a day at the edge of the range its whole hours within.
    const start = Math.max(day * DAY_MS, Math.ceil(fromMs / HOUR_MS) * HOUR_MS);
    const end = Math.min((day + 1) * DAY_MS, Math.floor(toMs / HOUR_MS) * HOUR_MS);
    if (start >= end) continue;
    const last = summed.at(-1);
    if (last && last.toMs === start) summed[summed.length - 1] = { fromMs: last.fromMs, toMs: end };
    else summed.push({ fromMs: start, toMs: end });
  }
  const raw: Span[] = [];
  let at = fromMs;
  for (const span of summed) {
    if (at < span.fromMs) raw.push({ fromMs: at, toMs: span.fromMs });
    at = span.toMs;
  }
  if (at < toMs) raw.push({ fromMs: at, toMs });
  return { summed, raw };
}

/**
 * Buckets of a long range, from its hours where they are there and from rows elsewhere. Undefined where the range is too short
 * for hours, where too little of it has any, or where it has no more than `points` rows.
 */
export async function askHourBuckets(
  connection: DuckDBConnection,
  question: { readonly sensorNo: number; readonly fromMs: number; readonly toMs: number; readonly points: number },
  distinctRows: (span: Span) => string,
): Promise<readonly Bucket[] | undefined> {
  const { sensorNo, fromMs, points } = question;
  const plan = await planOf(connection, question);
  if (!plan) return undefined;
  const bucketOf = (column: string) =>
    `greatest(${integer(plan.startMs)} + (${column} - ${integer(plan.startMs)}) // ${plan.widthMs} * ${plan.widthMs}, ${integer(fromMs)})`;
  const hours = plan.summed.map(
    (span) => `SELECT ${bucketOf('hour_ms')} AS bucket, low, high, total, readings, all_rows FROM hourly
      WHERE sensor_no = ${integer(sensorNo)} AND hour_ms >= ${integer(span.fromMs)} AND hour_ms < ${integer(span.toMs)}`,
  );
  const rows = plan.raw.map(
    (span) => `(${distinctRows(span)}
      SELECT ${bucketOf('measured_at_ms')} AS bucket, min(value) FILTER (${COUNTS}), max(value) FILTER (${COUNTS}),
             sum(value) FILTER (${COUNTS}), count(*) FILTER (${COUNTS}), count(*) FROM distinct_rows GROUP BY bucket)`,
  );
  const answer = await connection.runAndReadAll(
    `SELECT bucket::DOUBLE, min(low), max(high), sum(total), sum(readings)::DOUBLE, sum(all_rows)::DOUBLE
     FROM (${[...hours, ...rows].join(' UNION ALL ')}) GROUP BY bucket ORDER BY bucket`,
  );
  let rowCount = 0;
  const buckets: Bucket[] = [];
  for (const [atMs, low, high, total, readings, allRows] of answer.getRows()) {
    rowCount += Number(allRows);
    const count = Number(readings);
    if (count > 0) buckets.push([Number(atMs), Number(low), Number(high), Number(total) / count, count]);
  }
  return rowCount > points ? buckets : undefined;
}

async function planOf(
  connection: DuckDBConnection,
  { sensorNo, fromMs, toMs, points }: { sensorNo: number; fromMs: number; toMs: number; points: number },
): Promise<HourPlan | undefined> {
  const grid = hourGrid(fromMs, toMs, points);
  if (!grid) return undefined;
  // A day with rows of the sensor that came after it was settled is read row by row: they may replace settled ones.
  const days = await connection.runAndReadAll(
    `SELECT day::DOUBLE FROM hourly_day WHERE day >= ${integer(Math.floor(fromMs / DAY_MS))} AND day * ${DAY_MS} < ${integer(toMs)}
       AND day NOT IN (SELECT DISTINCT measured_at_ms // ${DAY_MS} FROM recent WHERE sensor_no = ${integer(sensorNo)}
         AND measured_at_ms >= ${integer(fromMs)} AND measured_at_ms < ${integer(toMs)})
     ORDER BY day`,
  );
  const parts = partByDays(
    fromMs,
    toMs,
    days.getRows().map((row) => Number(row[0])),
  );
  if (parts.summed.length === 0 || parts.raw.length > MOST_RAW_SPANS) return undefined;
  return { ...grid, ...parts };
}
