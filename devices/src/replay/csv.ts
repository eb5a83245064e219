import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Splits a row; a field in double quotes may hold the delimiter, two quotes stand for one. */
export function splitRow(row: string, delimiter: Delimiter): string[] {
  if (!row.includes('"')) return row.split(delimiter);
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < row.length; i++) {
    const c = row[i]!;
    if (c === '"') {
      if (quoted && row[i + 1] === '"') {
        field += '"';
        i++;
      } else quoted = !quoted;
    } else if (c === delimiter && !quoted) {
      fields.push(field);
      field = '';
    } else field += c;
  }
  fields.push(field);
  return fields;
}

/** The delimiter that gives the header the most fields. */
export function delimiterOf(header: string): Delimiter {
  return DELIMITERS.reduce((best, one) => (splitRow(header, one).length > splitRow(header, best).length ? one : best));
}

/** Rows of a file one by one, never the whole file; the byte order mark and empty rows are left out. */
export async function* readRows(file: string): AsyncGenerator<string> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  let first = true;
  for await (const line of lines) {
    const row = first && line.charCodeAt(0) === 0xfeff ? line.slice(1) : line;
    first = false;
    if (row.trim() !== '') yield row;
  }
}
