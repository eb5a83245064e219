import { createStepFinder } from '@lifeline/anomaly';
import { join } from 'node:path';
import { readTable, recordingsFolder } from './measure-recordings.js';

/**
 * The steps in which a support of a real test bridge is lowered, found in its strain (100 Hz, taken as medians of half a second),
 * and none in the reference recording of ordinary operation. There vehicles pass and stand, which steps the strain too, by up to
 * 10 um/m; the bearing forces, recorded with it, step at the same time and tell that it is a load. A step in the strain counts as a
 * settlement unless a force steps within five seconds of it. The recordings with the lowered support have no forces.
 *
 * Found: a step reported from 2 s before to 10 s after its time. False: any other report, in all three recordings. The two
 * recordings with the lowered support are fed as one series, since they follow each other within 72 s.
 *
 * Baseline: limits alone, three deviations of the first minute to each side of its mean; a report is a passing of the limit.
 */
const PART_S = 0.5;
const LOAD_WINDOW_S = 5;
const MATCH_S = [-2, 10] as const;

/**
 * When the support was lowered, in seconds of recording, read from the recordings: for medians of half a second the median of the
 * 4 s after less that of the 4 s before, its peaks of 0.95 um/m and more (the quiet parts reach 0.46 by themselves), looked over
 * against the plotted means of 2 s; for the creeping one of 1b 8 s. The first of 1b happened between the recordings (29.4 to 33.0).
 * Four smaller ones, of 0.6 to 0.9, are counted apart.
 */
const STEPS_1A_S = [
  392.5, 659.5, 697, 725, 740.5, 751.5, 765, 776.5, 786.5, 796, 804.5, 813, 823.5, 837.5, 846, 882.5, 893,
];
const SMALL_STEPS_1A_S = [601.5, 627, 829, 857.5];
const STEPS_1B_S = [0, 27.5];

type Column = readonly number[];

export async function run(options: { readonly data?: string } = {}): Promise<{
  bench: 'bridge';
  figures: Record<string, number>;
  baseline: Record<string, number>;
  ratio: Record<string, number>;
}> {
  const folder = recordingsFolder('bridge', options.data);
  const columns = async (name: string) => halfSeconds((await readTable(join(folder, `${name}.csv`))).rows);
  const [first] = await columns('strain-support-lowered-1a');
  const [second] = await columns('strain-support-lowered-1b');
  const [reference] = await columns('strain-reference-2022-03-07');
  const forces = await columns('force-reference');
  const lowered = [...first!, ...second!];
  const offsetS = first!.length * PART_S;
  const truth = [...STEPS_1A_S, ...STEPS_1B_S.map((atS) => atS + offsetS)];

  const referenceSteps = stepsOf(reference!, 30);
  const loads = forces.flatMap((force) => stepsOf(force, 30));
  const unexplained = referenceSteps.filter((atS) => !loads.some((loadS) => Math.abs(loadS - atS) <= LOAD_WINDOW_S));
  const ours = account(stepsOf(lowered, 120), truth, unexplained.length);
  const figures: Record<string, number> = {
    ...ours,
    referenceSteps: unexplained.length,
    referenceStepsByLoad: referenceSteps.length - unexplained.length,
  };

  const referenceLimits = passingsOf(reference!);
  const baseline: Record<string, number> = {
    ...account(passingsOf(lowered), truth, referenceLimits.length),
    referenceSteps: referenceLimits.length,
    referenceStepsByLoad: 0,
  };
  const ratio = Object.fromEntries(
    Object.keys(figures)
      .filter((key) => baseline[key]! > 0)
      .map((key) => [key, round(figures[key]! / baseline[key]!)]),
  );
  return { bench: 'bridge', figures, baseline, ratio };
}

function account(
  reports: readonly number[],
  truth: readonly number[],
  falseInReference: number,
): Record<string, number> {
  const hit = (atS: number) => reports.find((reportS) => reportS >= atS + MATCH_S[0] && reportS <= atS + MATCH_S[1]);
  const delays = truth.flatMap((atS) => (hit(atS) === undefined ? [] : [Math.max(0, hit(atS)! - atS)]));
  const all = [...truth, ...SMALL_STEPS_1A_S];
  const strays = reports.filter((r) => !all.some((atS) => r >= atS + MATCH_S[0] && r <= atS + MATCH_S[1]));
  return {
    steps: truth.length,
    found: delays.length,
    smallSteps: SMALL_STEPS_1A_S.length,
    smallStepsFound: SMALL_STEPS_1A_S.filter((atS) => hit(atS) !== undefined).length,
    false: strays.length + falseInReference,
    meanDelayS: round(delays.reduce((sum, delay) => sum + delay, 0) / Math.max(1, delays.length)),
    longestDelayS: round(Math.max(0, ...delays)),
  };
}

/** Seconds at which a step was reported. */
function stepsOf(values: Column, learnRows: number): number[] {
  const finder = createStepFinder({ learnRows });
  return values.flatMap((value, i) => (finder.push(value) === 0 ? [] : [(i + 1) * PART_S]));
}

/** Seconds at which the limits were passed. */
function passingsOf(values: Column): number[] {
  const learned = values.slice(0, 60 / PART_S);
  const mean = learned.reduce((sum, value) => sum + value, 0) / learned.length;
  const deviation = Math.sqrt(learned.reduce((sum, value) => sum + (value - mean) ** 2, 0) / learned.length);
  const beyond = values.map((value, i) => i >= learned.length && Math.abs(value - mean) > 3 * deviation);
  return beyond.flatMap((now, i) => (now && !beyond[i - 1] ? [(i + 1) * PART_S] : []));
}

/** All columns but the time's, as medians of half a second. */
function halfSeconds(rows: readonly (readonly string[])[]): Column[] {
  const size = PART_S * 100;
  const parts = Math.floor(rows.length / size);
  return Array.from({ length: rows[0]!.length - 1 }, (_, c) =>
    Array.from({ length: parts }, (_part, p) => {
      const values = rows.slice(p * size, (p + 1) * size).map((row) => Number(row[c + 1]));
      return values.sort((a, b) => a - b)[size / 2]!;
    }),
  );
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
