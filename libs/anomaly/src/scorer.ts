import { NovelRange } from './detectors/novel-range.js';
import { NovelShape } from './detectors/novel-shape.js';
import { SlotBaseline } from './detectors/slot-baseline.js';
import type { AnomalyOptions, AnomalyReason, AnomalyScore, AnomalyScorer } from './port.js';
import { QuantileSample } from './quantile-sample.js';
import { ReportGate } from './report-gate.js';
import { StateMemory } from './state-memory.js';
import { Tail } from './tail.js';

const STATE_BYTES = 40_000;
const DEFAULT_QUIET_READINGS = 200;
/** Readings after which strengths are measured at all. */
const FIRST_READINGS = 20;
/** Keeps squares and sums finite whatever comes in. */
const LARGEST_VALUE = 1e30;
const LARGEST_STRENGTH = 1e6;
/** Mean rarity, in decades, that becomes a score of 0.5: the level that the development series ask for. */
const REPORT_DECADES = 1.25;
/** Standard deviations between the 10th and the 90th percentile of a normal distribution. */
const DEVIATIONS_P10_TO_P90 = 2.563;
/** A spread is at least this share of the range: a nearly constant series must not make noise of its last digit. */
const LEAST_SHARE_OF_RANGE = 0.02;
const [P10, P50, P90] = [0, 1, 2];

/** The detectors in the order of their reasons. */
const REASONS: readonly AnomalyReason[] = ['off-week', 'off-day', 'beyond-range', 'new-shape'];

/**
 * A scorer for one series: each detector measures a strength, in usual spreads of the series; its tail turns it into decades of
 * rarity; the score is their mean, let through once an event. See docs/detector.md.
 */
export function createAnomalyScorer(options: AnomalyOptions = {}): AnomalyScorer {
  return new FusedScorer(options.quietReadings ?? DEFAULT_QUIET_READINGS);
}

class FusedScorer implements AnomalyScorer {
  readonly #memory = new StateMemory(STATE_BYTES);
  readonly #seen = this.#memory.doubles(1);
  readonly #values = new QuantileSample(this.#memory, 256, [0.1, 0.5, 0.9]);
  readonly #week = new SlotBaseline(this.#memory, 168, 3_600_000);
  readonly #day = new SlotBaseline(this.#memory, 48, 1_800_000);
  readonly #range = new NovelRange(this.#memory);
  readonly #shape = new NovelShape(this.#memory);
  readonly #tails = REASONS.map(() => new Tail(this.#memory));
  readonly #gate: ReportGate;
  readonly #strengths = new Float64Array(REASONS.length);
  readonly #result: AnomalyScore = { score: 0, reason: 'none', expected: NaN, low: NaN, high: NaN };

  constructor(quietReadings: number) {
    this.#gate = new ReportGate(this.#memory, quietReadings);
  }

  get bytes(): number {
    return this.#memory.used;
  }

  push(atMs: number, given: number): Readonly<AnomalyScore> {
    const result = this.#result;
    result.score = 0;
    result.reason = 'none';
    if (!Number.isFinite(atMs) || !Number.isFinite(given)) return result;
    const value = Math.max(-LARGEST_VALUE, Math.min(LARGEST_VALUE, given));
    const spread = this.#spread();
    this.#expect(atMs, spread);
    this.#measure(atMs, value, spread);
    const decades = this.#rarity();
    if (this.#gate.passes(decades)) result.score = decades / (decades + REPORT_DECADES);
    else result.reason = 'none';
    this.#values.add(value);
    this.#week.learn(atMs, value);
    this.#day.learn(atMs, value);
    this.#range.learn(value);
    this.#seen[0]!++;
    return result;
  }

  checkpoint(): Uint8Array {
    return this.#memory.checkpoint();
  }

  restore(checkpoint: Uint8Array): void {
    this.#memory.restore(checkpoint);
  }

  /** The usual spread of the series: its robust deviation, never 0. */
  #spread(): number {
    if (this.#seen[0] === 0) return 1;
    const deviation = (this.#values.at(P90) - this.#values.at(P10)) / DEVIATIONS_P10_TO_P90;
    const range = this.#range.high - this.#range.low;
    return Math.max(deviation, range * LEAST_SHARE_OF_RANGE, 1e-9 * (1 + Math.abs(this.#values.at(P50))));
  }

  #expect(atMs: number, spread: number): void {
    const week = this.#week.expected(atMs);
    const expected = Number.isNaN(week) ? this.#day.expected(atMs) : week;
    this.#result.expected = expected;
    this.#result.low = expected - 3 * spread;
    this.#result.high = expected + 3 * spread;
  }

  #measure(atMs: number, value: number, spread: number): void {
    const strengths = this.#strengths;
    const shape = this.#shape.push(value, spread);
    if (this.#seen[0]! < FIRST_READINGS) return;
    strengths[0] = Math.abs(value - this.#result.expected) / spread;
    strengths[1] = Math.abs(value - this.#day.expected(atMs)) / spread;
    strengths[2] = this.#range.excess(value) / spread;
    strengths[3] = shape;
    for (let i = 0; i < strengths.length; i++) {
      // A slot that expects nothing is surprised by nothing.
      strengths[i] = Number.isNaN(strengths[i]!) ? 0 : Math.min(LARGEST_STRENGTH, strengths[i]!);
    }
  }

  /** The mean decades of rarity over the detectors; leaves the most surprised as the reason. */
  #rarity(): number {
    if (this.#seen[0]! < FIRST_READINGS) return 0;
    let [sum, most] = [0, 0];
    for (let i = 0; i < REASONS.length; i++) {
      const decades = this.#tails[i]!.surprise(this.#strengths[i]!);
      sum += decades;
      if (decades > most) {
        most = decades;
        this.#result.reason = REASONS[i]!;
      }
    }
    return sum / REASONS.length;
  }
}
