import { createAnomalyScorer, createLearnedEngine } from '@lifeline/anomaly';
import { measureLiveEngine } from './measure-live-engine.js';

/**
 * Microseconds a reading, and bytes a sensor, of the detector's whole engine over many live sensors (`measure-live-engine.ts`), and
 * of the anomaly scorer of recordings, each beside JSON.parse of the same reading as it comes over MQTT. The scorer's series have a daily course, noise and some spikes; the scorers have learned it before they are timed. Rounds alternate in
 * one process; medians are given.
 */
const ROUNDS = 9;
const SERIES = 8;
/** Two weeks at five minutes learned, then one week timed. */
const LEARNED = 4032;
const TIMED = 2016;
const STEP_MS = 300_000;
const START_MS = 1_700_000_000_000;

export async function run(_options: { readonly data?: string } = {}): Promise<{
  bench: 'detect';
  figures: Record<string, number>;
  baseline: Record<string, number>;
  ratio: Record<string, number>;
}> {
  const live = measureLiveEngine();
  const values = Float64Array.from({ length: LEARNED + TIMED }, (_, i) => valueOf(i));
  const messages = Array.from({ length: TIMED }, (_, i) =>
    JSON.stringify({ ts: START_MS + (LEARNED + i) * STEP_MS, values: { pressure: values[LEARNED + i] } }),
  );
  const learned = createAnomalyScorer();
  for (let i = 0; i < LEARNED; i++) learned.push(START_MS + i * STEP_MS, values[i]!);
  const checkpoint = learned.checkpoint();
  const scorers = Array.from({ length: SERIES }, () => createAnomalyScorer());
  let reports = 0;
  const ours = () => {
    for (const scorer of scorers) scorer.restore(checkpoint);
    return microseconds(() => {
      for (const scorer of scorers) {
        for (let i = LEARNED; i < LEARNED + TIMED; i++) {
          if (scorer.push(START_MS + i * STEP_MS, values[i]!).score >= 0.5) reports++;
        }
      }
    });
  };
  let parsed = 0;
  const theirs = () =>
    microseconds(() => {
      for (let series = 0; series < SERIES; series++) {
        for (const message of messages) parsed += (JSON.parse(message) as { ts: number }).ts > 0 ? 1 : 0;
      }
    });
  ours();
  theirs();
  const rounds: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.ours.push(ours());
    rounds.theirs.push(theirs());
  }
  if (parsed === 0 || reports === 0) throw new Error('the benchmark measured nothing');
  const [scorer, scorerParse] = [median(rounds.ours), median(rounds.theirs)];
  return {
    bench: 'detect',
    figures: {
      microsecondsPerReading: round3(live.whole),
      readingsPerSecond: Math.round(1e6 / live.whole),
      limitsMicrosecondsPerReading: round3(live.limits),
      bytesPerSensor: live.bytesPerSensor,
      learnedBytesPerSensor: createLearnedEngine().bytesPerSensor,
      scorerMicrosecondsPerReading: round3(scorer),
      scorerBytesPerSeries: learned.bytes,
      scorerBytesPerSeriesWithFewShapes: createAnomalyScorer({ shapes: 32 }).bytes,
    },
    baseline: {
      microsecondsPerReading: round3(live.parse),
      readingsPerSecond: Math.round(1e6 / live.parse),
      scorerMicrosecondsPerReading: round3(scorerParse),
    },
    ratio: {
      microsecondsPerReading: round3(live.whole / live.parse),
      readingsPerSecond: round3(live.parse / live.whole),
      scorerMicrosecondsPerReading: round3(scorer / scorerParse),
    },
  };
}

/** Microseconds a reading of one round. */
function microseconds(work: () => void): number {
  const startedMs = performance.now();
  work();
  return ((performance.now() - startedMs) * 1000) / (SERIES * TIMED);
}

/** A daily course with noise from a fixed sequence, and a spike now and then. */
function valueOf(n: number): number {
  const noise = ((Math.imul(n + 1, 2654435761) >>> 0) / 2 ** 32 - 0.5) * 6;
  const spike = n % 1499 === 1498 ? 80 : 0;
  return Math.round((300 + 40 * Math.sin((n / 288) * 2 * Math.PI) + noise + spike) * 100) / 100;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function round3(value: number): number {
  return Number(value.toPrecision(3));
}
