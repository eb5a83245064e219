import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError } from 'commander';
import { parse } from 'csv-parse';
import { createAnomalyScorer } from '@lifeline/anomaly';
import { csvField } from './csv-field.js';
import { separatorOf } from './csv-separator.js';
import { scoreGroup } from './detect-group.js';
import { EXIT, StartError } from '../machine/start-error.js';

interface DetectCommandOptions {
  readonly input: string;
  readonly output: string;
  readonly explain?: boolean;
  readonly group?: boolean;
  readonly learnRows: number;
}

/** Characters gathered before a write: a row a write would cost more than its score. */
const CHUNK_CHARACTERS = 65_536;
/** Numbers up to here are taken as seconds since 1970 (the year 5138), above as milliseconds. */
const LARGEST_SECONDS = 1e11;

/** `lifeline detect`: an anomaly score for each row of a recorded series, as it would have been given live. */
export function detectCommand(): Command {
  return new Command('detect')
    .description(
      'score each row of a recording by how unlike the rows before it is: one series, or many sensors together',
    )
    .requiredOption('--input <file>', 'CSV with the columns timestamp and value, in order of time')
    .requiredOption('--output <file>', 'CSV to write: timestamp, value, anomaly_score (0..1; report at 0.5)')
    .option('--group', 'score all columns together as one group of sensors; writes timestamp, anomaly_score')
    .option('--learn-rows <count>', 'with --group: rows to learn from, which score 0', wholeNumber, 400)
    .option('--explain', 'add a column reason: what made a score above 0; with --group also carriers: which sensors')
    .addHelpText(
      'after',
      '\nA row is scored from itself and the rows before it; the file is read once, so its size does not matter. ' +
        'Rows whose time or value cannot be read score 0 and are counted. Columns may be separated by , or ;. ' +
        'With --group a value that cannot be read counts as missing; the columns anomaly, changepoint and label are left out.',
    )
    .action(async (options: DetectCommandOptions) => detect(options));
}

async function detect({ input, output, explain, group, learnRows }: DetectCommandOptions): Promise<void> {
  if (resolve(input) === resolve(output)) {
    throw new StartError(EXIT.configuration, `--output ${output} is the input itself: name another file`);
  }
  const unreadable = { rows: 0 };
  try {
    // Before the output is opened: a wrong input must not empty an older result.
    await access(input, constants.R_OK);
    await pipeline(
      createReadStream(input),
      parse({
        bom: true,
        delimiter: await separatorOf(input),
        relax_column_count: true,
        skip_empty_lines: true,
        trim: true,
      }),
      (rows: AsyncIterable<string[]>) =>
        group === true
          ? scoreGroup(rows, { input, learnRows, explain: explain === true, unreadable })
          : scoreRows(rows, input, explain === true, unreadable),
      createWriteStream(output),
    );
  } catch (error) {
    if (error instanceof StartError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(EXIT.failed, `cannot score ${input} into ${output}: ${why}`, { cause: error });
  }
  if (unreadable.rows > 0)
    console.error(`${unreadable.rows} rows of ${input} have no readable time or value: scored 0`);
}

function wholeNumber(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 16 && count <= 1e7) return count;
  throw new InvalidArgumentError('give a whole number from 16 to 10000000.');
}

/** The output's text in chunks; `unreadable` counts rows passed over. */
async function* scoreRows(
  rows: AsyncIterable<string[]>,
  input: string,
  explain: boolean,
  unreadable: { rows: number },
): AsyncGenerator<string> {
  const scorer = createAnomalyScorer();
  let columns: { timestamp: number; value: number } | undefined;
  let text = '';
  for await (const row of rows) {
    if (columns === undefined) {
      columns = columnsOf(row, input);
      text = `timestamp,value,anomaly_score${explain ? ',reason' : ''}\n`;
      continue;
    }
    const timestamp = row[columns.timestamp] ?? '';
    const value = row[columns.value] ?? '';
    const [atMs, number] = [timeOf(timestamp), value === '' ? NaN : Number(value)];
    if (!Number.isFinite(atMs) || !Number.isFinite(number)) unreadable.rows++;
    const { score, reason } = scorer.push(atMs, number);
    text += `${csvField(timestamp)},${csvField(value)},${score}${explain ? `,${reason}` : ''}\n`;
    if (text.length > CHUNK_CHARACTERS) {
      yield text;
      text = '';
    }
  }
  if (columns === undefined) throw new StartError(EXIT.failed, `${input} is empty: its first row names the columns`);
  yield text;
}

function columnsOf(header: readonly string[], input: string): { timestamp: number; value: number } {
  const names = header.map((name) => name.toLowerCase());
  const [timestamp, value] = [names.indexOf('timestamp'), names.indexOf('value')];
  if (timestamp >= 0 && value >= 0) return { timestamp, value };
  const many = header.length > 2 ? '; to score its columns together as one group of sensors, add --group' : '';
  throw new StartError(
    EXIT.failed,
    `${input} has the columns ${header.join(', ')}: its first row must name timestamp and value${many}`,
  );
}

/** Milliseconds since 1970; a time without a zone is taken as UTC, so that the result does not depend on the machine. */
function timeOf(text: string): number {
  if (text === '') return NaN;
  const number = Number(text);
  if (Number.isFinite(number)) return Math.abs(number) < LARGEST_SECONDS ? number * 1000 : number;
  const iso = text.replace(' ', 'T');
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
}
