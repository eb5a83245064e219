import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import {
  IMPORT_COLUMNS,
  MOST_IMPORT_BYTES,
  REQUIRED_IMPORT_COLUMNS,
  type ImportAnswer,
  type ImportCode,
  type ImportColumn,
} from '@lifeline/contracts';
import { readImportRow, type ImportRow } from './import-row.js';

/** Reads a CSV file of sensors into rows and the errors of its cells; what the registry must know comes after. */

export type ImportError = ImportAnswer['errors'][number];

export const MOST_IMPORT_ROWS = 100_000;
/** The file is beyond mending by hand from here on; reading stops. */
export const MOST_IMPORT_ERRORS = 10_000;
const SLICE_CHARACTERS = 64 * 1024;

export interface ImportFile {
  /** The columns that the file has; one it does not have leaves what is registered as it is. */
  readonly columns: ReadonlySet<ImportColumn>;
  readonly rows: readonly ImportRow[];
  /** Rows that hold anything, right or wrong. */
  readonly rowCount: number;
  readonly errors: readonly ImportError[];
}

/** Row 1 is the first after the header; errors of the header have row 0. Reads in slices, so that the loop goes on meanwhile. */
export async function readImportCsv(csv: string): Promise<ImportFile> {
  const errors: ImportError[] = [];
  const rows: ImportRow[] = [];
  let columns: readonly ImportColumn[] | undefined;
  let rowCount = 0;
  let row = 0;
  const file = () => ({ columns: new Set(columns ?? []), rows, rowCount, errors });
  const refuse = (at: number, column: string, code: ImportCode, message: string) =>
    errors.push({ row: at, column, code, message });

  if (csv.length > MOST_IMPORT_BYTES) {
    refuse(0, '', 'too-large', `The file has more than ${MOST_IMPORT_BYTES} characters. Split it.`);
    return file();
  }
  const parser = Readable.from(slices(csv.startsWith('\uFEFF') ? csv.slice(1) : csv)).pipe(
    parse({ relax_column_count: true, trim: true }),
  );
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (!columns) {
        const header = readHeader(record);
        if ('errors' in header) {
          errors.push(...header.errors);
          return file();
        }
        columns = header.columns;
        continue;
      }
      row++;
      if (record.every((cell) => cell === '')) continue;
      rowCount++;
      if (rowCount > MOST_IMPORT_ROWS) {
        refuse(row, '', 'too-many-rows', `The file has more than ${MOST_IMPORT_ROWS} rows. Split it.`);
        return file();
      }
      if (record.length !== columns.length) {
        const message = `The row has ${record.length} cells, the header ${columns.length}. Quote cells that hold a comma.`;
        refuse(row, '', 'cell-count', message);
      } else {
        const cells = new Map(columns.map((column, i) => [column, record[i] ?? '']));
        const read = readImportRow(row, cells);
        if ('errors' in read) errors.push(...read.errors);
        else rows.push(read);
      }
      if (errors.length >= MOST_IMPORT_ERRORS) {
        refuse(row, '', 'too-many-errors', 'The file was read no further: mend the errors before this one first.');
        return file();
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    refuse(row + 1, '', 'malformed-csv', `The file is no CSV here: ${error.message}.`);
    return file();
  }
  if (!columns)
    refuse(0, '', 'empty', `The file is empty. Its first line names the columns: ${IMPORT_COLUMNS.join(',')}.`);
  return file();
}

/** A slice never ends within a surrogate pair: each half alone would be no character. */
function* slices(text: string): Generator<string> {
  let at = 0;
  while (at < text.length) {
    let end = at + SLICE_CHARACTERS;
    if (isHighSurrogate(text.charCodeAt(end - 1))) end--;
    yield text.slice(at, end);
    at = end;
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function readHeader(
  header: readonly string[],
): { readonly columns: readonly ImportColumn[] } | { readonly errors: readonly ImportError[] } {
  const errors: ImportError[] = [];
  const refuse = (column: string, code: ImportCode, message: string) => errors.push({ row: 0, column, code, message });
  if (header.length === 1 && /[;\t|]/.test(header[0]!)) {
    refuse('', 'separator', 'Columns must be parted by commas. Save the file again as comma-separated CSV in UTF-8.');
    return { errors };
  }
  const columns: ImportColumn[] = [];
  for (const name of header) {
    const column = IMPORT_COLUMNS.find((known) => known === name);
    if (!column) {
      refuse(name, 'unknown-column', `There is no column "${name}". The columns are ${IMPORT_COLUMNS.join(', ')}.`);
    } else if (columns.includes(column)) {
      refuse(name, 'duplicate-column', `The column "${name}" is there twice. Keep one.`);
    } else columns.push(column);
  }
  for (const column of REQUIRED_IMPORT_COLUMNS)
    if (!columns.includes(column))
      refuse(column, 'missing-column', `The column "${column}" is missing. It is required.`);
  return errors.length > 0 ? { errors } : { columns };
}
