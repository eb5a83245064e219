import { IMPORT_COLUMNS, MOST_IMPORT_BYTES, type ImportAnswer, type ImportColumn } from '@lifeline/contracts';
import { csvLine, csvRows } from './csv-rows.js';

const EXAMPLE: Readonly<Record<ImportColumn, string>> = {
  deviceId: 'G-0001',
  utility: 'gas',
  channel: 'p-out',
  name: 'Nanqiao regulator, outlet pressure',
  unit: 'MPa',
  lon: '121.4737',
  lat: '31.2304',
  assetId: '',
  gatewayId: '',
  intervalS: '60',
  rangeLow: '0',
  rangeHigh: '0.6',
  lowLow: '0.05',
  low: '0.1',
  high: '0.4',
  highHigh: '0.44',
  deadband: '0.012',
  onDelayS: '15',
  offDelayS: '15',
};

/** A file to start from: the header and one row, near the city's centre. The mark at its start tells spreadsheets UTF-8. */
export function templateCsv(centre: readonly [lon: number, lat: number] | undefined): string {
  const example = centre ? { ...EXAMPLE, lon: centre[0].toFixed(5), lat: centre[1].toFixed(5) } : EXAMPLE;
  return `\uFEFF${csvLine(IMPORT_COLUMNS)}\r\n${csvLine(IMPORT_COLUMNS.map((column) => example[column]))}\r\n`;
}

export type FileTrouble = 'empty' | 'tooLarge' | 'wrongType';

/** What speaks against a file before it is sent. */
export function troubleOfFile(file: { readonly name: string; readonly size: number }): FileTrouble | undefined {
  if (/\.(xlsx?|ods|numbers|json|xml|zip|pdf)$/i.test(file.name)) return 'wrongType';
  if (file.size === 0) return 'empty';
  return file.size > MOST_IMPORT_BYTES ? 'tooLarge' : undefined;
}

export type ImportError = ImportAnswer['errors'][number];

export interface PreviewRow {
  /** As the server counts: 1 is the first after the header. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** A file's rows with what is wrong with each. */
export interface Preview {
  readonly columns: readonly string[];
  readonly rows: readonly PreviewRow[];
  /** Errors of a cell by `row/column`; of a whole row by `row/`. */
  readonly byCell: ReadonlyMap<string, readonly ImportError[]>;
  /** Errors in the order of the file. */
  readonly errors: readonly ImportError[];
}

/** Rows as the page shows them before the server has judged the file. */
export function readPreview(text: string): Pick<Preview, 'columns' | 'rows'> {
  const [columns = [], ...rest] = csvRows(text);
  const rows: PreviewRow[] = [];
  rest.forEach((cells, index) => {
    if (cells.some((cell) => cell !== '')) rows.push({ row: index + 1, cells });
  });
  return { columns, rows };
}

/** Lays the server's errors over the rows of the file. */
export function judged(read: Pick<Preview, 'columns' | 'rows'>, errors: readonly ImportError[]): Preview {
  const byCell = new Map<string, ImportError[]>();
  for (const error of errors) {
    const key = cellKey(error.row, read.columns.includes(error.column) ? error.column : '');
    const there = byCell.get(key);
    if (there === undefined) byCell.set(key, [error]);
    else there.push(error);
  }
  return { ...read, byCell, errors: [...errors].sort((a, b) => a.row - b.row) };
}

export function cellKey(row: number, column: string): string {
  return `${row}/${column}`;
}
