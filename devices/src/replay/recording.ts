import { open, stat } from 'node:fs/promises';
import { DeviceError } from '../device-error.js';
import { delimiterOf, splitRow, type Delimiter } from './csv.js';
import { dateOrderOf, recordedMs, type DateOrder } from './recorded-time.js';

export type RecordingKind = 'bridge' | 'pipe-rig' | 'transformer' | 'other';

export interface RecordedColumn {
  /** Position in the row. */
  readonly index: number;
  /** As the header has it. */
  readonly header: string;
  /** Channel it is published as. */
  readonly channel: string;
  /** UCUM code; `1` where neither the header nor what is known of the format names one. */
  readonly unit: string;
}

export interface Recording {
  readonly file: string;
  readonly kind: RecordingKind;
  readonly delimiter: Delimiter;
  readonly timeIndex: number;
  readonly dateOrder: DateOrder;
  /** Minutes east of UTC of its times, where they name no zone. */
  readonly zoneMinutes: number;
  readonly columns: readonly RecordedColumn[];
  /** Columns that label the truth and are not published. */
  readonly labels: readonly string[];
  readonly bytes: number;
  /** About how many rows, from the length of the first ones. */
  readonly rowsAbout: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly intervalS: number;
  /** Mean of each column over the first rows: where it rested. */
  readonly restingAt: Readonly<Record<string, number>>;
}

export interface DescribeOptions {
  readonly delimiter?: Delimiter;
  /** Header of the time column. */
  readonly timeColumn?: string;
  /** Day-first dates cannot always be told from the file: say so. */
  readonly dateOrder?: DateOrder;
  readonly zoneMinutes?: number;
}

const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 4096;
const LABELS = ['anomaly', 'changepoint'];
const UNITS: Readonly<Record<string, string>> = {
  'um/m': 'um/m',
  'um\\m': 'um/m',
  kn: 'kN',
  g: '[g]',
  deg: 'deg',
  a: 'A',
  v: 'V',
  bar: 'bar',
  '°c': 'Cel',
};
/** The pipe rig and the transformer name no units in their headers (their documentation does). */
const KNOWN: Readonly<Record<string, readonly [channel: string, unit: string]>> = {
  Accelerometer1RMS: ['accelerometer-1', '[g]'],
  Accelerometer2RMS: ['accelerometer-2', '[g]'],
  Current: ['current', 'A'],
  Pressure: ['pressure', 'bar'],
  Temperature: ['motor-temperature', 'Cel'],
  Thermocouple: ['fluid-temperature', 'Cel'],
  Voltage: ['voltage', 'V'],
  'Volume Flow RateRMS': ['flow', 'L/min'],
  OT: ['oil', 'Cel'],
};

/**
 * Looks at the beginning and the end of a recording: delimiter, time column, order of dates, columns with their units.
 * @throws DeviceError `unreadable-file`, or `unknown-recording` saying which option would help
 */
export async function describeRecording(file: string, options: DescribeOptions = {}): Promise<Recording> {
  const { head, tail, bytes } = await ends(file);
  const rows = head.split(/\r?\n/).filter((row) => row.trim() !== '');
  // The last row of the head may be cut.
  if (bytes > HEAD_BYTES) rows.pop();
  const header = rows.shift();
  if (!header || rows.length === 0) throw unknown(file, 'it has no rows under its header');
  const delimiter = options.delimiter ?? delimiterOf(header);
  const names = splitRow(header, delimiter).map((name) => name.trim());
  const timeIndex = options.timeColumn
    ? names.indexOf(options.timeColumn)
    : names.findIndex((name) => /^(time|date|timestamp)/i.test(name));
  if (timeIndex < 0) throw unknown(file, `no column of times among ${names.join(', ')}: name it (timeColumn)`);
  const table = rows.map((row) => splitRow(row, delimiter));
  const times = table.map((fields) => fields[timeIndex] ?? '');
  const dateOrder = options.dateOrder ?? dateOrderOf(times.slice(0, 500));
  if (!dateOrder)
    throw unknown(file, `"${times[0]}" is no time that can be read: give the order of its date (dateOrder)`);
  const zoneMinutes = options.zoneMinutes ?? 0;
  const inMs = times.map((text) => recordedMs(text, dateOrder, zoneMinutes)).filter((ms) => !Number.isNaN(ms));
  if (inMs.length === 0) throw unknown(file, `"${times[0]}" is no time in the order ${dateOrder}`);
  const kind = kindOf(names);
  const columns = names.flatMap((name, index): RecordedColumn[] => {
    if (index === timeIndex || LABELS.includes(name.toLowerCase())) return [];
    if (!table.some((fields) => isNumber(fields[index]))) return [];
    return [{ index, header: name, ...channelOf(name) }];
  });
  if (columns.length === 0) throw unknown(file, 'no column of it holds numbers');
  const lastRow =
    tail
      .split(/\r?\n/)
      .filter((row) => row.trim() !== '')
      .pop() ?? '';
  const lastMs = recordedMs(splitRow(lastRow, delimiter)[timeIndex] ?? '', dateOrder, zoneMinutes);
  const startMs = inMs[0]!;
  return {
    file,
    kind,
    delimiter,
    timeIndex,
    dateOrder,
    zoneMinutes,
    columns,
    labels: names.filter((name) => LABELS.includes(name.toLowerCase())),
    bytes,
    rowsAbout: Math.max(1, Math.round((bytes - header.length) / (rows.join('\n').length / rows.length + 1))),
    startMs,
    endMs: Number.isNaN(lastMs) ? inMs[inMs.length - 1]! : lastMs,
    intervalS: inMs.length > 1 ? Math.max(0.001, (inMs[inMs.length - 1]! - startMs) / 1000 / (inMs.length - 1)) : 60,
    restingAt: Object.fromEntries(columns.map(({ channel, index }) => [channel, meanOf(table, index)])),
  };
}

function unknown(file: string, why: string): DeviceError {
  return new DeviceError('unknown-recording', `${file} cannot be replayed: ${why}`);
}

async function ends(file: string): Promise<{ head: string; tail: string; bytes: number }> {
  try {
    const { size } = await stat(file);
    const handle = await open(file, 'r');
    try {
      const head = Buffer.alloc(Math.min(HEAD_BYTES, size));
      await handle.read(head, 0, head.length, 0);
      const tail = Buffer.alloc(Math.min(TAIL_BYTES, size));
      await handle.read(tail, 0, tail.length, size - tail.length);
      return { head: head.toString('utf8').replace(/^\uFEFF/, ''), tail: tail.toString('utf8'), bytes: size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new DeviceError('unreadable-file', `cannot read ${file}: give the path of a CSV file`, { cause: error });
  }
}

export function isNumber(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '' && Number.isFinite(Number(text));
}

function meanOf(table: readonly string[][], index: number): number {
  const values = table.map((fields) => Number(fields[index] ?? NaN)).filter(Number.isFinite);
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function kindOf(names: readonly string[]): RecordingKind {
  if (names.some((name) => /^(DMS|FRC|ACC|INC|strain)/.test(name))) return 'bridge';
  if (names.includes('Volume Flow RateRMS')) return 'pipe-rig';
  if (names.includes('OT') && names.includes('HUFL')) return 'transformer';
  return 'other';
}

function channelOf(header: string): { channel: string; unit: string } {
  const known = KNOWN[header];
  if (known) return { channel: known[0], unit: known[1] };
  const match = /^(.*?)\s*[([]\s*([^)\]]+?)\s*[)\]]$/.exec(header);
  const name = (match?.[1] ?? header).trim();
  const unit = match ? (UNITS[match[2]!.toLowerCase()] ?? match[2]!) : '1';
  const channel = /^DMS/.test(name)
    ? 'strain'
    : name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '');
  return { channel: channel.slice(0, 64) || 'value', unit };
}
