import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the recordings lie when no folder is named: beside the checkout. They are not part of the project. */
const USUAL_FOLDERS = [
  join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data'),
  join('/work', 'shared', 'data'),
];

/** The folder of a benchmark's recordings. @throws Error that says what to pass, where there is none */
export function recordingsFolder(name: string, given?: string): string {
  const folder = given ?? USUAL_FOLDERS.map((usual) => join(usual, name)).find((path) => existsSync(path));
  if (folder === undefined || !existsSync(folder)) {
    throw new Error(`no recordings${given ? ` in ${given}` : ''}: name the folder of ${name} with --data DIR`);
  }
  return folder;
}

/** Paths of all CSV files in a folder and those below it, in natural order (2 before 10). */
export async function csvFilesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.csv'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** Header and rows of a CSV without quotes, by the separator that its header uses. */
export async function readTable(path: string): Promise<{ header: string[]; rows: string[][] }> {
  const [first = '', ...lines] = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').split(/\r?\n/);
  const separator = first.includes(';') ? ';' : ',';
  const split = (line: string) => line.split(separator).map((cell) => cell.trim());
  return { header: split(first), rows: lines.filter((line) => line !== '').map(split) };
}
