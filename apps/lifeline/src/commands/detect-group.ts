import { createGroupScorer, type GroupScore } from '@lifeline/anomaly';
import { EXIT, StartError } from '../machine/start-error.js';
import { csvField } from './csv-field.js';

/** Characters gathered before a write: a row a write would cost more than its score. */
const CHUNK_CHARACTERS = 65_536;
const TIME_COLUMNS = ['timestamp', 'datetime', 'time', 'date'];
/** Labels that recordings bring along: to learn from them would be to look at the answer. */
const LABEL_COLUMNS = ['anomaly', 'changepoint', 'label', 'is_anomaly'];
const MOST_CHANNELS = 64;
/** Carriers named in a row, and the least share of one that is. */
const MOST_CARRIERS = 3;
const LEAST_SHARE = 0.05;

export interface GroupRun {
  readonly input: string;
  readonly learnRows: number;
  readonly explain: boolean;
  /** Counts rows without any value. */
  readonly unreadable: { rows: number };
}

interface Columns {
  readonly timestamp: number;
  readonly channels: readonly { readonly at: number; readonly name: string }[];
}

/** The output's text in chunks: each row's time and how odd its values are together, from it and the rows before. */
export async function* scoreGroup(rows: AsyncIterable<string[]>, run: GroupRun): AsyncGenerator<string> {
  let columns: Columns | undefined;
  let scorer: ReturnType<typeof createGroupScorer> | undefined;
  let values = new Float64Array(0);
  let text = '';
  for await (const row of rows) {
    if (columns === undefined || scorer === undefined) {
      columns = columnsOf(row, run.input);
      scorer = createGroupScorer({ channels: columns.channels.length, learnRows: run.learnRows });
      values = new Float64Array(columns.channels.length);
      text = `timestamp,anomaly_score${run.explain ? ',reason,carriers' : ''}\n`;
      continue;
    }
    let known = 0;
    for (const [i, { at }] of columns.channels.entries()) {
      const cell = row[at] ?? '';
      values[i] = cell === '' ? NaN : Number(cell);
      if (Number.isFinite(values[i])) known++;
    }
    if (known === 0) run.unreadable.rows++;
    const learned = scorer.learned;
    const result = scorer.push(values);
    text += `${csvField(row[columns.timestamp] ?? '')},${Number(result.score.toFixed(4))}`;
    if (run.explain)
      text += `,${learned ? result.reason : 'learning'},${csvField(carriersOf(result, values, columns))}`;
    text += '\n';
    if (text.length > CHUNK_CHARACTERS) {
      yield text;
      text = '';
    }
  }
  if (scorer === undefined) throw new StartError(EXIT.failed, `${run.input} is empty: its first row names the columns`);
  if (!scorer.learned) {
    console.error(`${run.input} ends within the ${run.learnRows} rows to learn from: all scored 0; try --learn-rows`);
  }
  yield text;
}

function columnsOf(header: readonly string[], input: string): Columns {
  const names = header.map((name) => name.toLowerCase());
  const timestamp = TIME_COLUMNS.map((name) => names.indexOf(name)).find((at) => at >= 0);
  if (timestamp === undefined) {
    throw new StartError(
      EXIT.failed,
      `${input} has the columns ${header.join(', ')}: one of them must be named timestamp (or datetime, time, date)`,
    );
  }
  const channels = header
    .map((name, at) => ({ at, name }))
    .filter(({ at }) => at !== timestamp && !LABEL_COLUMNS.includes(names[at]!));
  if (channels.length >= 1 && channels.length <= MOST_CHANNELS) return { timestamp, channels };
  throw new StartError(
    EXIT.failed,
    `${input} has ${channels.length} columns beside its time: a group takes 1 to ${MOST_CHANNELS}; keep those that belong together`,
  );
}

/** Which sensors made a flagged row odd, the first the most: its share, its value and what was expected. */
function carriersOf({ flag, carriers, share, expected }: GroupScore, values: Float64Array, columns: Columns): string {
  if (!flag) return '';
  return Array.from(carriers)
    .filter((i) => share[i]! >= LEAST_SHARE)
    .slice(0, MOST_CARRIERS)
    .map((i) => {
      const percent = Math.round(share[i]! * 100);
      return `${columns.channels[i]!.name} ${percent}% ${short(values[i]!)} expected ${short(expected[i]!)}`;
    })
    .join('; ');
}

function short(value: number): number {
  return Number(value.toPrecision(5));
}
