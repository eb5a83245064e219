import { readFile, writeFile } from 'node:fs/promises';
import type { ScenarioBench } from '../scenarios.js';

const PAGE = new URL('../../../../docs/scenarios.md', import.meta.url);
const [FROM, TO] = ['<!-- figures -->', '<!-- /figures -->'];

/** The figures that the page tells of each engine, and how. */
const TOLD: readonly [key: string, what: string][] = [
  ['recall', 'recall'],
  ['delayMeanS', 'delay, mean, s'],
  ['delayMedianS', 'delay, median, s'],
  ['falseAlarmsPerSensorYear', 'false alarms a sensor-year'],
  ['quietFalseAlarmsPerSensorYear', 'of quiet time alone'],
  ['positionErrorMedian', 'position error, median, share of the segment'],
  ['positionErrorWorst', 'position error, worst'],
  ['locatedShare', 'share of leaks on mains that got a place'],
  ['microsecondsPerReading', 'µs a reading'],
];

/**
 * Puts figures and tables between the marks of `docs/scenarios.md`.
 * @throws Error where the page has lost its marks
 */
export async function writePage({ figures, baseline }: ScenarioBench, tables: string): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [from, to] = [page.indexOf(FROM), page.indexOf(TO)];
  if (from < 0 || to < from) throw new Error(`docs/scenarios.md has lost its marks ${FROM} and ${TO}: put them back`);
  const sigma = (key: string): number | undefined => figures[`sigma${key[0]!.toUpperCase()}${key.slice(1)}`];
  const rows = TOLD.map(
    ([key, what]) => `| ${what} | ${cell(figures[key])} | ${cell(baseline[key])} | ${cell(sigma(key))} |`,
  );
  const text = [
    `${figures['scenarios']} scenarios, ${figures['faults']} faults to find, ${figures['sensorYears']} sensor-years.`,
    '',
    '|  | engine | limits alone | 3 sigma |',
    '| --- | --: | --: | --: |',
    ...rows,
    '',
    tables,
  ].join('\n');
  await writeFile(PAGE, `${page.slice(0, from + FROM.length)}\n\n${text}\n\n${page.slice(to)}`);
}

function cell(value: number | undefined): string {
  return value === undefined ? '–' : String(value);
}
