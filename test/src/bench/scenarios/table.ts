import type { Scenario } from '@lifeline/devices';
import { LIMITS, OURS, SIGMA } from './engines.js';
import { median } from './figures.js';
import type { SeasonResult } from './seasons.js';

/** A scenario over its rounds, as the table shows it. */
export interface KindRow {
  readonly scenario: Scenario;
  readonly faults: number;
  /** Of each engine: faults found and the median delay in seconds (NaN where none was found), false alarms meanwhile. */
  readonly byEngine: ReadonlyMap<
    string,
    { readonly found: number; readonly delayS: number; readonly falseAlarms: number }
  >;
  /** Tests that found it first with our engine, most frequent first. */
  readonly foundBy: readonly string[];
}

export function kindRows(results: readonly SeasonResult[]): KindRow[] {
  const rows: KindRow[] = [];
  for (const { occurrences, judgements } of results) {
    for (const scenario of new Set(occurrences.map((one) => one.scenario))) {
      const byEngine = new Map(
        [...judgements].map(([engine, { judged, falseAlarms }]) => {
          const own = judged.filter(({ occurrence }) => occurrence.scenario === scenario);
          const found = own.filter(({ alarm }) => alarm !== undefined);
          return [
            engine,
            {
              found: found.length,
              delayS: median(found.map(({ delayS }) => delayS)),
              falseAlarms: falseAlarms.filter(({ during }) => during?.scenario === scenario).length,
            },
          ];
        }),
      );
      const ours = judgements.get(OURS)!.judged.filter(({ occurrence }) => occurrence.scenario === scenario);
      const tests = ours.flatMap(({ alarm }) => (alarm ? [alarm.evidence?.test ?? alarm.rule] : []));
      rows.push({ scenario, faults: ours.length, byEngine, foundBy: [...new Set(tests)] });
    }
  }
  return rows.sort((a, b) => (a.scenario.name < b.scenario.name ? -1 : 1));
}

/** Two tables in Markdown: what had to be found, and what had to be let pass. */
export function markdownOf(rows: readonly KindRow[]): string {
  const found = rows
    .filter(({ faults }) => faults > 0)
    .map(({ scenario, faults, byEngine, foundBy }) => {
      const cells = [OURS, LIMITS, SIGMA].map((engine) => {
        const { found, delayS } = byEngine.get(engine)!;
        return `${found}/${faults} | ${Number.isNaN(delayS) ? '–' : spanOf(delayS)}`;
      });
      return `| ${scenario.name} | ${cells.join(' | ')} | ${foundBy.join(', ')} |`;
    });
  const passed = rows
    .filter(({ scenario }) => scenario.expectsNothing)
    .map(({ scenario, byEngine }) => {
      const cells = [OURS, LIMITS, SIGMA].map((engine) => byEngine.get(engine)!.falseAlarms);
      return `| ${scenario.name} | ${cells.join(' | ')} |`;
    });
  return [
    '| scenario | engine | delay | limits alone | delay | 3 sigma | delay | found first by |',
    '| --- | --: | --: | --: | --: | --: | --: | --- |',
    ...found,
    '',
    '| nothing is wrong: alarms raised | engine | limits alone | 3 sigma |',
    '| --- | --: | --: | --: |',
    ...passed,
  ].join('\n');
}

/** Seconds as people say them: 40 s, 12 min, 5.0 h, 2.1 d. */
export function spanOf(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} d`;
}
