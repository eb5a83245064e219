import { HttpError, InfluxDB, type WriteApi } from '@influxdata/influxdb-client';
import { qualityOfMark } from '@lifeline/readings';
import { bucketGrid } from '../bucket-grid.js';
import { BAD_MARKS, CLOCK_FUTURE_MARK, NOT_A_NUMBER_MARK } from '../marks.js';
import {
  HistoryUnavailableError,
  type Bucket,
  type History,
  type HistoryBatch,
  type HistoryReading,
  type LastValue,
  type PageQuestion,
  type RangeAnswer,
  type RangeQuestion,
  type SeriesKey,
  type SeriesLookup,
} from '../port.js';
import { SerialQueue } from '../serial-queue.js';
import { askInflux, placeOf, quoteText, quoteTime, type InfluxEndpoint, type InfluxValue } from './influxql.js';
import { LineProtocol, MEASUREMENT } from './line-protocol.js';

export interface InfluxHistoryOptions {
  /** Base address; answers `/api/v2/write` and `/query`. */
  readonly url: string;
  readonly token?: string | undefined;
  readonly org: string;
  /** Bucket, and database of InfluxQL (InfluxDB 2 maps one to the other by its DBRP mapping). */
  readonly bucket: string;
  readonly series: SeriesLookup;
  /** How long one request may take; default 30 s. */
  readonly timeoutMs?: number;
}

/** Lines of one request: some 1 MB, far under the body limits of the servers. */
const LINES_PER_REQUEST = 10_000;
/** More sensors than these are found by asking for all at once. */
const SENSORS_BY_NAME = 200;
const IS_NOT_BAD = BAD_MARKS.map((mark) => `mark != ${mark}`).join(' AND ');

/** Opens the history in InfluxDB (1.8, 2 or 3); asks nothing of it yet. */
export function openInfluxHistory(options: InfluxHistoryOptions): InfluxHistory {
  return new InfluxHistory(options);
}

/**
 * The history in InfluxDB. A write resolves when the server has said 204 to every line; a reading has the key (tags, time), so that
 * writing again replaces. Retention is the bucket's own.
 */
export class InfluxHistory implements History {
  private readonly writes = new SerialQueue();
  private readonly lineProtocol: LineProtocol;
  private readonly endpoint: InfluxEndpoint;
  private readonly writeApi: WriteApi;
  private closed = false;

  constructor(private readonly options: InfluxHistoryOptions) {
    const timeoutMs = options.timeoutMs ?? 30_000;
    this.endpoint = { url: options.url, token: options.token, bucket: options.bucket, timeoutMs };
    this.lineProtocol = new LineProtocol(options.series);
    const client = new InfluxDB({
      url: options.url,
      timeout: timeoutMs,
      ...(options.token === undefined ? {} : { token: options.token }),
    });
    // With room for one line more than a request has, no timer and no retries the client sends on flush() alone, and
    // flush() tells how that went; else it sends by itself and drops what fails for long.
    this.writeApi = client.getWriteApi(options.org, options.bucket, 'ms', {
      batchSize: LINES_PER_REQUEST + 1,
      flushInterval: 0,
      maxRetries: 0,
      maxBatchBytes: Number.MAX_SAFE_INTEGER,
      // Given back to flush() as it is, instead of being printed by the client.
      writeFailed: (error) => Promise.reject(error),
    });
  }

  async write(batch: HistoryBatch): Promise<void> {
    this.refuseWhenClosed();
    await this.writes.run(async () => {
      const lines = this.lineProtocol.lines(batch.blocks);
      for (let from = 0; from < lines.length; from += LINES_PER_REQUEST) {
        await this.send(lines.slice(from, from + LINES_PER_REQUEST));
      }
    });
  }

  /** Nothing: InfluxDB has no transaction that could hold it, so the log keeps the cursor. */
  async cursor(): Promise<undefined> {
    return undefined;
  }

  async range(question: RangeQuestion): Promise<RangeAnswer> {
    const { series, fromMs, toMs } = question;
    if (!(fromMs < toMs)) return { readings: [] };
    const points = Math.max(1, Math.floor(question.points));
    const where = whereOf(series, fromMs, toMs);
    if ((await this.count(series, fromMs, toMs)) <= points) {
      const readings = await this.page({ series, fromMs, toMs, most: points + 1 });
      // More than counted only where a write came between; then they are bucketed.
      if (readings.length <= points) return { readings };
    }
    const grid = bucketGrid(fromMs, toMs, points);
    const offsetMs = ((grid.fromMs % grid.widthMs) + grid.widthMs) % grid.widthMs;
    const rows = await this.rows(
      `SELECT MIN(value), MAX(value), MEAN(value), COUNT(value) FROM ${MEASUREMENT} WHERE ${where} AND ${IS_NOT_BAD}
       GROUP BY time(${grid.widthMs}ms, ${offsetMs}ms) fill(none)`,
    );
    return { buckets: rows.filter((row) => Number(row[4]) > 0).map((row) => row.map(Number) as unknown as Bucket) };
  }

  async page({ series, fromMs, toMs, most }: PageQuestion): Promise<readonly HistoryReading[]> {
    if (!(fromMs < toMs)) return [];
    const rows = await this.rows(
      `SELECT value, mark FROM ${MEASUREMENT} WHERE ${whereOf(series, fromMs, toMs)} ORDER BY time LIMIT ${most}`,
    );
    return rows.map(([time, value, mark]) => [
      Number(time),
      finiteOrNull(value, Number(mark)),
      qualityOfMark(Number(mark)),
    ]);
  }

  last(series: readonly SeriesKey[]): Promise<readonly LastValue[]> {
    return this.newest(series, '');
  }

  async newestWithin(series: readonly SeriesKey[], afterMs: number, untilMs: number): Promise<readonly LastValue[]> {
    if (!(afterMs < untilMs)) return [];
    const within = `AND time > ${quoteTime(Math.floor(afterMs))} AND time <= ${quoteTime(Math.floor(untilMs))}`;
    return this.newest(series, within);
  }

  private async newest(series: readonly SeriesKey[], within: string): Promise<readonly LastValue[]> {
    if (series.length === 0) return [];
    const wanted = new Map(series.map((key) => [`${key.deviceId}/${key.channel}`, key.sensorNo]));
    const which =
      series.length > SENSORS_BY_NAME ? '' : `AND (${series.map((key) => `(${tagsOf(key)})`).join(' OR ')})`;
    const found: LastValue[] = [];
    const answer = await this.ask(
      `SELECT LAST(mark), value FROM ${MEASUREMENT} WHERE mark != ${CLOCK_FUTURE_MARK} ${within} ${which} GROUP BY device, channel`,
    );
    for (const { tags, values } of answer) {
      const sensorNo = wanted.get(`${tags['device']}/${tags['channel']}`);
      const row = values[0];
      if (sensorNo === undefined || !row) continue;
      const mark = Number(row[1]);
      found.push({ sensorNo, measuredAtMs: Number(row[0]), value: finiteOrNull(row[2], mark) ?? NaN, mark });
    }
    return found;
  }

  /** Does nothing: the bucket's retention period drops old readings, shard by shard, which no DELETE does as cheaply. */
  async retain(): Promise<void> {
    this.refuseWhenClosed();
  }

  async count(series: SeriesKey, fromMs: number, toMs: number): Promise<number> {
    if (!(fromMs < toMs)) return 0;
    const rows = await this.rows(`SELECT COUNT(mark) FROM ${MEASUREMENT} WHERE ${whereOf(series, fromMs, toMs)}`);
    return Number(rows[0]?.[1] ?? 0);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.writes.idle();
    await this.writeApi.close();
  }

  private async send(lines: string[]): Promise<void> {
    this.writeApi.writeRecords(lines);
    try {
      await this.writeApi.flush();
    } catch (error) {
      if (onlyBeyondRetention(error)) return;
      const status = error instanceof HttpError ? `status ${error.statusCode}: ` : '';
      throw new HistoryUnavailableError(
        `InfluxDB at ${placeOf(this.options.url)} (bucket ${this.options.bucket}) did not take ${lines.length} readings: ${status}${error instanceof Error ? error.message : String(error)}. They are in the reading log and are written again.`,
        { cause: error },
      );
    }
  }

  private async ask(statement: string) {
    this.refuseWhenClosed();
    return askInflux(this.endpoint, statement);
  }

  private async rows(statement: string): Promise<readonly (readonly InfluxValue[])[]> {
    return (await this.ask(statement))[0]?.values ?? [];
  }

  private refuseWhenClosed(): void {
    if (this.closed) throw new HistoryUnavailableError('The history in InfluxDB is closed.');
  }
}

/**
 * Whether the server took all lines but those older than the bucket keeps: these it would drop at once anyway, and to write
 * the group again would end the same way for ever.
 */
function onlyBeyondRetention(error: unknown): boolean {
  return (
    error instanceof HttpError &&
    (error.statusCode === 400 || error.statusCode === 422) &&
    /beyond retention policy/.test(error.body ?? error.message)
  );
}

function tagsOf(series: SeriesKey): string {
  return `device = ${quoteText(series.deviceId)} AND channel = ${quoteText(series.channel)}`;
}

function whereOf(series: SeriesKey, fromMs: number, toMs: number): string {
  return `${tagsOf(series)} AND time >= ${quoteTime(Math.ceil(fromMs))} AND time < ${quoteTime(Math.ceil(toMs))}`;
}

function finiteOrNull(value: InfluxValue | undefined, mark: number): number | null {
  return typeof value === 'number' && Number.isFinite(value) && mark !== NOT_A_NUMBER_MARK ? value : null;
}
