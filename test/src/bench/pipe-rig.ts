import { createGroupScorer } from '@lifeline/anomaly';
import { hotellingFlags } from './measure-hotelling.js';
import { csvFilesUnder, readTable, recordingsFolder } from './measure-recordings.js';

/**
 * Valve closures found in the recordings of a water circulation rig, all its sensors as one group. Each experiment is a run of its
 * own: its first 400 rows are learned from, without labels; each row after them is flagged or not, from itself and the rows before.
 * Counted are these rows alone, over all experiments together: TP, FP, FN, TN by the column `anomaly`. F1 = 2 TP / (2 TP + FP + FN);
 * the false alarm rate is FP / (FP + TN), the missed rate FN / (FN + TP).
 *
 * `heldOut...` is the figure that counts for a rig not seen: for each experiment smoothing and limit are chosen on the others
 * (the fewest false alarms among those whose F1 is at most 0.02 below the best), then counted on it. Baseline: Hotelling's T-squared of the plain rows.
 */
const LEARN_ROWS = 400;
const SMOOTH_ROWS = [6, 8, 10, 12, 16, 20, 30];
const LIMITS = [3.5, 4, 4.5, 5, 5.5, 6];
/** Differences in F1 below this say nothing. */
const TIE_F1 = 0.02;

interface Experiment {
  readonly rows: readonly Float64Array[];
  readonly anomaly: readonly boolean[];
}
/** True positive, false positive, false negative, true negative rows. */
type Count = readonly [number, number, number, number];

export async function run(options: { readonly data?: string } = {}): Promise<{
  bench: 'pipe-rig';
  figures: Record<string, number>;
  baseline: Record<string, number>;
  ratio: Record<string, number>;
}> {
  const folder = recordingsFolder('pipe-rig', options.data);
  const experiments: Experiment[] = [];
  for (const path of await csvFilesUnder(folder)) {
    const experiment = await readExperiment(path);
    if (experiment) experiments.push(experiment);
  }
  if (experiments.length === 0) throw new Error(`no CSV under ${folder} has a column anomaly and more than 400 rows`);
  const ours = total(experiments.map((experiment) => countFlags(experiment, groupFlags(experiment))));
  const theirs = total(experiments.map((e) => countFlags(e, hotellingFlags(e.rows, LEARN_ROWS))));
  const figures: Record<string, number> = { experiments: experiments.length, ...ratesOf(ours) };
  if (experiments.length > 2) {
    const { f1, falseAlarmRate } = ratesOf(heldOut(experiments));
    Object.assign(figures, { heldOutF1: f1, heldOutFalseAlarmRate: falseAlarmRate });
  }
  const baseline: Record<string, number> = { experiments: experiments.length, ...ratesOf(theirs) };
  if (experiments.length > 2) {
    Object.assign(baseline, { heldOutF1: baseline.f1, heldOutFalseAlarmRate: baseline.falseAlarmRate });
  }
  const ratio = Object.fromEntries(
    Object.keys(figures)
      .filter((key) => baseline[key]! > 0)
      .map((key) => [key, round(figures[key]! / baseline[key]!)]),
  );
  return { bench: 'pipe-rig', figures, baseline, ratio };
}

function groupFlags({ rows }: Experiment, options: { smoothRows?: number; limit?: number } = {}): boolean[] {
  const scorer = createGroupScorer({ channels: rows[0]!.length, learnRows: LEARN_ROWS, ...options });
  return rows.map((row) => scorer.push(row).flag);
}

/** Counts of each experiment under the settings that do best on all others. */
function heldOut(experiments: readonly Experiment[]): Count {
  const settings = SMOOTH_ROWS.flatMap((smoothRows) => LIMITS.map((limit) => ({ smoothRows, limit })));
  const counts = settings.map((setting) => experiments.map((e) => countFlags(e, groupFlags(e, setting))));
  return total(
    experiments.map((_, left) => {
      const others = counts.map((all) => ratesOf(total(all.filter((_count, i) => i !== left))));
      const bestF1 = Math.max(...others.map(({ f1 }) => f1));
      const at = others
        .map((rates, setting) => ({ ...rates, setting }))
        .filter(({ f1 }) => f1 >= bestF1 - TIE_F1)
        .sort((a, b) => a.falseAlarmRate - b.falseAlarmRate)[0]!.setting;
      return counts[at]![left]!;
    }),
  );
}

function countFlags({ anomaly }: Experiment, flags: readonly boolean[]): Count {
  const count: [number, number, number, number] = [0, 0, 0, 0];
  for (let i = LEARN_ROWS; i < flags.length; i++) count[anomaly[i]! ? (flags[i]! ? 0 : 2) : flags[i]! ? 1 : 3]++;
  return count;
}

function total(counts: readonly Count[]): Count {
  return counts.reduce<Count>((a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]], [0, 0, 0, 0]);
}

function ratesOf([tp, fp, fn, tn]: Count): { f1: number; falseAlarmRate: number; missedRate: number } {
  const share = (part: number, whole: number) => (whole > 0 ? round(part / whole) : 0);
  return { f1: share(2 * tp, 2 * tp + fp + fn), falseAlarmRate: share(fp, fp + tn), missedRate: share(fn, fn + tp) };
}

/** Undefined where it is no labelled experiment. All columns but time and labels are channels. */
async function readExperiment(path: string): Promise<Experiment | undefined> {
  const { header, rows } = await readTable(path);
  const label = header.indexOf('anomaly');
  if (label < 0 || rows.length <= LEARN_ROWS) return undefined;
  const channels = header.flatMap((name, i) =>
    /^(datetime|timestamp|time|anomaly|changepoint)$/i.test(name) ? [] : [i],
  );
  return {
    rows: rows.map((row) => Float64Array.from(channels, (i) => (row[i] ? Number(row[i]) : NaN))),
    anomaly: rows.map((row) => Number(row[label]) > 0),
  };
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
