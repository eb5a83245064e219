import { Worker } from 'node:worker_threads';
import { loadScenarios, type Scenario } from '@lifeline/devices';
import { LIMITS, OURS, SIGMA } from './scenarios/engines.js';
import { figuresOf, type EngineFigures } from './scenarios/figures.js';
import { SEASONS, SEED, type Season, type SeasonResult } from './scenarios/seasons.js';
import { kindRows, markdownOf } from './scenarios/table.js';
import { writePage } from './scenarios/page.js';

const MOST_LINES = 60;

/**
 * The detection engine, limits alone and the plain 3-sigma rule over every scenario that comes with the product and over quiet time, all hearing
 * the very same readings. Figures: ours, and with the prefix `sigma` the 3-sigma rule's; baseline: limits alone.
 */
export async function run(options: ScenarioOptions = {}): Promise<ScenarioBench> {
  const results = await runScenarios(options.data, options.seed);
  const bench = benchOf(results);
  if (options.write) await writePage(bench, markdownOf(kindRows(results)));
  return bench;
}

export interface ScenarioOptions {
  /** Folder of scenarios; default: those of the product. */
  readonly data?: string | undefined;
  /** Puts the figures into the docs. */
  readonly write?: boolean | undefined;
  /** Another city, of the same kind; default: that of the docs. */
  readonly seed?: number | undefined;
}

export interface ScenarioBench {
  readonly bench: 'scenarios';
  readonly figures: Record<string, number>;
  readonly baseline: Record<string, number>;
  readonly ratio: Record<string, number>;
}

function benchOf(results: readonly SeasonResult[]): ScenarioBench {
  const [ours, limits, sigma] = [OURS, LIMITS, SIGMA].map((engine) => figuresOf(results, engine)) as [
    EngineFigures,
    EngineFigures,
    EngineFigures,
  ];
  const baseline = known(limits);
  const figures = {
    ...known(ours),
    ...Object.fromEntries(
      Object.entries(known(sigma)).map(([key, value]) => [`sigma${key[0]!.toUpperCase()}${key.slice(1)}`, value]),
    ),
    scenarios: new Set(results.flatMap(({ occurrences }) => occurrences.map((one) => one.scenario.name))).size,
    faults: results.reduce((sum, { judgements }) => sum + judgements.get(OURS)!.judged.length, 0),
    sensorYears: round3(results.reduce((sum, one) => sum + one.sensorYears, 0)),
  };
  const ratio = Object.fromEntries(
    Object.entries(baseline).flatMap(([key, theirs]) => {
      const value = (figures as Record<string, number>)[key];
      return value === undefined || theirs === 0 ? [] : [[key, round3(value / theirs)]];
    }),
  );
  return { bench: 'scenarios', figures, baseline, ratio };
}

/** Plays the product's scenarios, or those of another folder of the same form; each season in a thread of its own. */
export async function runScenarios(folder?: string, seed = SEED): Promise<SeasonResult[]> {
  const scenarios = (await loadScenarios(folder)).filter(({ repeatEveryS }) => repeatEveryS === undefined);
  return Promise.all(
    SEASONS.filter((season) => scenarios.some((one) => fits(one, season))).map(async (season) => {
      const startedMs = performance.now();
      const result = await inThread(season, scenarios, seed);
      const tookS = Math.round((performance.now() - startedMs) / 1000);
      const { length } = result.occurrences;
      console.error(`\n${season.name}: ${length} occurrences, ${result.readings} readings, ${tookS} s\n`);
      console.error(markdownOf(kindRows([result])));
      for (const line of falseAlarmLines(result)) console.error(line);
      return result;
    }),
  );
}

function inThread(season: Season, scenarios: readonly Scenario[], seed: number): Promise<SeasonResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./scenarios/season-worker.js', import.meta.url), {
      workerData: { season, scenarios, seed },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function fits(scenario: Scenario, season: { pace: Scenario['pace']; season: Scenario['season'] }): boolean {
  return scenario.pace === season.pace && scenario.season === season.season;
}

/** What our engine cried wolf about, by what spoke. */
function falseAlarmLines({ judgements }: SeasonResult): string[] {
  const counts = new Map<string, number>();
  for (const { alarm, during } of judgements.get(OURS)!.falseAlarms) {
    const test = alarm.evidence?.test ?? alarm.limit;
    const what = `${alarm.rule}/${test} on ${alarm.sensorId} ${during ? `during ${during.scenario.name}` : 'with nothing going on'}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const lines = [...counts].sort((a, b) => b[1] - a[1]).map(([what, count]) => `  ${count} × ${what}`);
  return ['', `False alarms of the engine: ${lines.length} kinds`, ...lines.slice(0, MOST_LINES)];
}

function known(figures: EngineFigures): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([key, value]: [string, number]) =>
      Number.isNaN(value) ? [] : [[key, round3(value)]],
    ),
  );
}

function round3(value: number): number {
  return Number(value.toPrecision(3));
}
