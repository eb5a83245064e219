import { readFile } from 'node:fs/promises';
import { Presets, SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parse } from 'csv-parse/sync';
import { channelType } from '@lifeline/catalogue';
import { readConfiguration } from '@lifeline/configuration';
import { ALARM_RULES, limitsSchema, UTILITIES, type AlarmRule, type Limits, type Utility } from '@lifeline/contracts';
import { EXIT, StartError } from '../machine/start-error.js';
import { openCsvSource } from './backtest-csv.js';
import { openHistorySource } from './backtest-history.js';
import { reportOf, textOf, type LabelledEvent } from './backtest-report.js';
import { runBacktest } from './backtest-run.js';
import { timeOf, type BacktestSource } from './backtest-source.js';
import { separatorOf } from './csv-separator.js';

interface BacktestOptions {
  readonly input?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly sensor?: readonly string[];
  readonly utility?: Utility;
  readonly type?: string;
  readonly limits?: Limits;
  readonly interval?: number;
  readonly rules: ReadonlySet<AlarmRule>;
  readonly events?: string;
  readonly tolerance: number;
  readonly json?: boolean;
  readonly strict?: boolean;
}

const EXAMPLES = `
Examples:
  lifeline backtest --from 2026-07-01 --to 2026-07-08 --utility gas --events july.csv
  lifeline backtest --input strain.csv --limits high=144,highHigh=180,onDelayS=600 --rules limit,statistical
  lifeline backtest --input a.csv b.csv --type P_LOW --events known.csv --json

Readings come from the history of the data folder (LIFELINE_DATA_DIR; Lifeline must not be running on it), or from CSV files with
timestamp,value or timestamp,sensorId,value. Labelled events are a CSV with start,end,label. Each reading is judged from itself and
those before it, as it would have been live; the first days teach the statistical rules what is usual.`;

/** `lifeline backtest`: what a detector or a limit would have said of recorded history. */
export function backtestCommand(): Command {
  return new Command('backtest')
    .description('play recorded readings into the detector: which alarms, when, and which known events were missed')
    .option('--input <files...>', 'CSV files instead of the history of the data folder')
    .option('--from <time>', 'history: from here (ISO 8601, or seconds or milliseconds since 1970)', time)
    .option('--to <time>', 'history: up to here', time)
    .option('--sensor <ids...>', 'history: these sensors (deviceId/channel) alone')
    .addOption(new Option('--utility <name>', 'history: this lifeline alone').choices([...UTILITIES]))
    .option('--type <code>', 'CSV: channel type of the series, e.g. P_LOW: its unit and limits', knownType)
    .option('--interval <seconds>', 'CSV: time between readings (default: what the file shows)', positive)
    .option(
      '--limits <list>',
      'limits to try, in place of the registry’s or the type’s: high=3,low=1.5,deadband=0.1,onDelayS=60',
      limitsOf,
    )
    .addOption(
      new Option('--rules <list>', `rules to ask: ${ALARM_RULES.join(', ')}`)
        .argParser(rulesOf)
        .default(new Set(ALARM_RULES), 'all'),
    )
    .option('--events <file>', 'CSV with start,end,label: when something was wrong')
    .option('--tolerance <seconds>', 'an alarm so long before or after an event still belongs to it', notNegative, 0)
    .option('--json', 'print the report as JSON')
    .option('--strict', 'exit with 1 where an event was missed')
    .addHelpText('after', EXAMPLES)
    .action(async (options: BacktestOptions) => backtest(options));
}

async function backtest(options: BacktestOptions): Promise<void> {
  const events = options.events === undefined ? undefined : await readEvents(options.events);
  const { source, assets } = await openSource(options);
  try {
    const bar = progressBar(options, source);
    const run = await runBacktest(source, { rules: options.rules, assets, onProgress: bar.update }).finally(bar.stop);
    if (run.readings === 0) throw new StartError(EXIT.failed, 'there are no readings in that time: nothing was tested');
    const report = reportOf(run, source.sensors.length, events, options.tolerance * 1000);
    console.log(options.json ? JSON.stringify(report) : textOf(report));
    if (source.unreadable > 0) console.error(`${source.unreadable} rows have no readable time or value: left out`);
    if (options.strict && report.summary.missed > 0) process.exitCode = EXIT.failed;
  } finally {
    await source.close();
  }
}

async function openSource(options: BacktestOptions) {
  const { input, from, to, limits } = options;
  if (input) {
    const source = await openCsvSource(input, { type: options.type, limits, intervalS: options.interval });
    return { source, assets: [] };
  }
  if (from === undefined || to === undefined || !(from < to)) {
    throw new StartError(
      EXIT.configuration,
      'name the time to test, --from before --to, or CSV files by --input; `lifeline backtest --help` shows examples',
    );
  }
  const { sensor, utility } = options;
  const source = await openHistorySource(readConfiguration(process.env), {
    fromMs: from,
    toMs: to,
    sensorIds: sensor,
    utility,
    limits,
  });
  return { source, assets: source.assets };
}

/** By readings where they are counted, else by the time that has been played. */
function progressBar({ from, to }: BacktestOptions, { readingsAbout }: BacktestSource) {
  const bar = new SingleBar(
    { format: '{bar} {percentage} % | {readings} readings | {eta} s left', stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
  const fromMs = from ?? 0;
  bar.start(readingsAbout ?? Math.max(1, (to ?? 0) - fromMs), 0, { readings: 0 });
  return {
    update: (readings: number, atMs: number) =>
      bar.update(readingsAbout === undefined ? Math.max(0, atMs - fromMs) : readings, { readings }),
    stop: () => bar.stop(),
  };
}

async function readEvents(file: string): Promise<LabelledEvent[]> {
  let rows: Record<string, string>[];
  try {
    const text = await readFile(file, 'utf8');
    rows = parse(text, {
      bom: true,
      delimiter: await separatorOf(file),
      columns: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(EXIT.failed, `cannot read the events ${file}: ${why}`, { cause: error });
  }
  return rows.map((row, i) => {
    const [startMs, endMs] = [timeOf(row['start'] ?? ''), timeOf(row['end'] ?? '')];
    if (startMs <= endMs) return { startMs, endMs, label: row['label'] || `event ${i + 1}` };
    throw new StartError(
      EXIT.failed,
      `${file}, row ${i + 2}: start and end must be times, the start first; the columns are start,end,label`,
    );
  });
}

function limitsOf(text: string): Limits {
  const given = Object.fromEntries(
    text.split(',').map((part) => {
      const [key = '', value = ''] = part.split('=').map((side) => side.trim());
      return [key, value === '' ? NaN : Number(value)];
    }),
  );
  const checked = limitsSchema.safeParse(given);
  if (checked.success) return checked.data;
  const { path, message } = checked.error.issues[0]!;
  throw new InvalidArgumentError(
    `${path.join('.') || text}: ${message}. Write e.g. high=3,low=1.5; known are ${Object.keys(limitsSchema.shape).join(', ')}.`,
  );
}

function rulesOf(text: string): ReadonlySet<AlarmRule> {
  const known = new Set<string>(ALARM_RULES);
  const given = text.split(',').map((rule) => rule.trim());
  const wrong = given.find((rule) => !known.has(rule));
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is none of ${ALARM_RULES.join(', ')}.`);
  return new Set(given as AlarmRule[]);
}

function knownType(code: string): string {
  if (channelType(code)) return code;
  throw new InvalidArgumentError(`the catalogue has no channel type ${code}.`);
}

function time(text: string): number {
  const atMs = timeOf(text);
  if (Number.isFinite(atMs)) return atMs;
  throw new InvalidArgumentError('give a time such as 2026-07-01T00:00:00+08:00.');
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('must be a number above 0.');
}

function notNegative(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new InvalidArgumentError('must be 0 or more.');
}
