import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { channelType } from '@lifeline/catalogue';
import type { Limits, Sensor } from '@lifeline/contracts';
import { EXIT, StartError } from '../machine/start-error.js';
import { timeOf, type BacktestSource, type ReadingGroup } from './backtest-source.js';
import { separatorOf } from './csv-separator.js';

const GROUP_ROWS = 2048;
/** So many gaps tell the interval. */
const GAPS = 200;

export interface CsvSourceOptions {
  /** Channel type of the catalogue: its unit, limits and what deviation matters. */
  readonly type?: string;
  readonly limits?: Limits;
  /** Seconds between readings; missing: the median of what the file shows. */
  readonly intervalS?: number;
}

interface Series {
  readonly name: string;
  readonly sensorNo: number;
  rows: number;
  lastMs: number;
  readonly gapsMs: number[];
}

/**
 * Recorded series from CSV files with timestamp,value (one series a file) or timestamp,sensorId,value. Each file is read twice: the first time tells
 * sensors and their intervals. The rows of a file are in order of time; files are merged.
 * @throws StartError where a file cannot be read or lacks a column
 */
export async function openCsvSource(files: readonly string[], options: CsvSourceOptions): Promise<BacktestSource> {
  const series = new Map<string, Series>();
  const unreadable = { rows: 0 };
  let rows = 0;
  for (const file of files) {
    for await (const row of rowsOf(file, series)) {
      if (!isReading(row)) unreadable.rows++;
      else {
        rows++;
        hear(row.series, row.atMs);
      }
    }
  }
  if (rows === 0)
    throw new StartError(EXIT.failed, `${files.join(', ')}: no row has a time and a value that can be read`);
  return {
    sensors: [...series.values()].map((one) => sensorOf(one, options)),
    gatewayOf: () => null,
    readingsAbout: rows,
    groups: () => groupsOf(files.map((file) => rowsOf(file, series))),
    unreadable: unreadable.rows,
    close: async () => undefined,
  };
}

interface Row {
  readonly series: Series;
  readonly atMs: number;
  readonly value: number;
}

function isReading({ atMs, value }: Row): boolean {
  return Number.isFinite(atMs) && Number.isFinite(value);
}

function hear(series: Series, atMs: number): void {
  if (series.rows > 0 && series.gapsMs.length < GAPS && atMs > series.lastMs) series.gapsMs.push(atMs - series.lastMs);
  series.rows++;
  series.lastMs = atMs;
}

async function* rowsOf(file: string, series: Map<string, Series>): AsyncGenerator<Row> {
  let columns: { timestamp: number; value: number; sensorId: number } | undefined;
  try {
    const delimiter = await separatorOf(file);
    const parser = parse({ bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, trim: true });
    // What breaks the reading ends the parser with it, and so the loop below.
    pipeline(createReadStream(file), parser, () => undefined);
    for await (const row of parser as AsyncIterable<string[]>) {
      if (columns === undefined) {
        columns = columnsOf(row, file);
        continue;
      }
      const name = (columns.sensorId < 0 ? undefined : row[columns.sensorId]) ?? basename(file).replace(/\.csv$/i, '');
      const text = row[columns.value] ?? '';
      yield {
        series: seriesOf(series, name),
        atMs: timeOf(row[columns.timestamp] ?? ''),
        value: text === '' ? NaN : Number(text),
      };
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(EXIT.failed, `cannot read ${file}: ${why}`, { cause: error });
  }
  if (columns === undefined) throw new StartError(EXIT.failed, `${file} is empty: its first row names the columns`);
}

function columnsOf(header: readonly string[], file: string): { timestamp: number; value: number; sensorId: number } {
  const names = header.map((name) => name.toLowerCase());
  const [timestamp, value, sensorId] = ['timestamp', 'value', 'sensorid'].map((name) => names.indexOf(name));
  if (timestamp! >= 0 && value! >= 0) return { timestamp: timestamp!, value: value!, sensorId: sensorId! };
  throw new StartError(
    EXIT.failed,
    `${file} has the columns ${header.join(', ')}: its first row must name timestamp and value, and sensorId where it holds several`,
  );
}

function seriesOf(series: Map<string, Series>, name: string): Series {
  const known = series.get(name);
  if (known) return known;
  const made: Series = { name, sensorNo: series.size + 1, rows: 0, lastMs: NaN, gapsMs: [] };
  series.set(name, made);
  return made;
}

function sensorOf({ name, sensorNo, gapsMs }: Series, options: CsvSourceOptions): Sensor {
  const type = channelType(options.type);
  const [deviceId = name, channel = 'value'] = name.split('/');
  const typical = gapsMs.toSorted((a, b) => a - b)[Math.floor(gapsMs.length / 2)];
  const ofType = type?.limits ?? {};
  const limits = Object.fromEntries(Object.entries(ofType).filter(([, value]) => value !== null));
  return {
    sensorId: name,
    sensorNo,
    deviceId,
    channel,
    // A recording belongs to no lifeline; rules of a sensor do not ask.
    utility: type?.utility ?? 'gas',
    name,
    unit: type?.unit ?? '1',
    lon: 0,
    lat: 0,
    assetId: null,
    type: type?.code ?? null,
    intervalS: options.intervalS ?? (typical === undefined ? 60 : typical / 1000),
    range: type ? { ...type.range } : null,
    limits: options.limits ?? limits,
  };
}

/** Merges files by time and cuts them into groups. */
async function* groupsOf(files: readonly AsyncGenerator<Row>[]): AsyncGenerator<ReadingGroup> {
  const heads: { rows: AsyncGenerator<Row>; next: Row }[] = [];
  for (const rows of files) {
    const next = await nextReading(rows);
    if (next) heads.push({ rows, next });
  }
  let group = emptyGroup();
  while (heads.length > 0) {
    let first = heads[0]!;
    for (const head of heads) if (head.next.atMs < first.next.atMs) first = head;
    group.sensorNo.push(first.next.series.sensorNo);
    group.measuredAtMs.push(first.next.atMs);
    group.value.push(first.next.value);
    group.isBad.push(0);
    if (group.value.length === GROUP_ROWS) {
      yield group;
      group = emptyGroup();
    }
    const next = await nextReading(first.rows);
    if (next) first.next = next;
    else heads.splice(heads.indexOf(first), 1);
  }
  yield group;
}

async function nextReading(rows: AsyncGenerator<Row>): Promise<Row | undefined> {
  for (let { value, done } = await rows.next(); !done; { value, done } = await rows.next()) {
    if (isReading(value as Row)) return value as Row;
  }
  return undefined;
}

interface FillingGroup {
  readonly sensorNo: number[];
  readonly measuredAtMs: number[];
  readonly value: number[];
  readonly isBad: number[];
}

function emptyGroup(): FillingGroup {
  return { sensorNo: [], measuredAtMs: [], value: [], isBad: [] };
}
