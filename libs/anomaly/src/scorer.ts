import { BeyondRange } from './detectors/beyond-range.js';
import type { Detector, ReadingView } from './detectors/detector.js';
import { NewShape } from './detectors/new-shape.js';
import { OffCourse } from './detectors/off-course.js';
import { OffDay } from './detectors/off-day.js';
import { OffWeek } from './detectors/off-week.js';
import { SlotBaseline } from './detectors/slot-baseline.js';
import type { AnomalyOptions, AnomalyScore, AnomalyScorer } from './port.js';
import { QuantileSample } from './quantile-sample.js';
import { ReportGate } from './report-gate.js';
import { StateMemory } from './state-memory.js';
import { Tail } from './tail.js';

/** All state but the shapes, and the bytes of one shape in both shape detectors. */
const BASE_BYTES = 11_000;
const BYTES_A_SHAPE = 144;
const DEFAULT_QUIET_READINGS = 400;
const DEFAULT_SHAPES = 256;
/** Readings after which strengths are weighed at all. */
const FIRST_READINGS = 20;
/** Keeps squares and sums finite whatever comes in. */
const LARGEST_VALUE = 1e30;
const LARGEST_STRENGTH = 1e6;
/** Fused rarity, in decades, that becomes a score of 0.5: the level that the development series ask for. */
const REPORT_DECADES = 1.05;
/** Standard deviations between the 10th and the 90th percentile of a normal distribution. */
const DEVIATIONS_P10_TO_P90 = 2.563;
/** A spread is at least this share of the range: a nearly constant series must not make noise of its last digit. */
const LEAST_SHARE_OF_RANGE = 0.02;
const HOUR_MS = 3_600_000;
const [P10, P50, P90] = [0, 1, 2];

/**
 * A scorer for one series: each detector measures a strength; its tail turns it into decades of rarity; the power mean of those
 * (exponent 1/2: several detectors mildly surprised weigh more than one alone) is the score, let through once an event. See
 * docs/detector.md.
 * @throws RangeError where an option is not a whole number above 0
 */
export function createAnomalyScorer(options: AnomalyOptions = {}): AnomalyScorer {
  const { quietReadings = DEFAULT_QUIET_READINGS, shapes = DEFAULT_SHAPES } = options;
  for (const [name, value] of Object.entries({ quietReadings, shapes })) {
    if (!(Number.isSafeInteger(value) && value > 0)) {
      throw new RangeError(`${name} is ${value}: give a whole number above 0, or leave it out`);
    }
  }
  return new FusedScorer(quietReadings, shapes);
}

class FusedScorer implements AnomalyScorer {
  readonly #memory: StateMemory;
  readonly #seen: Float64Array;
  readonly #values: QuantileSample;
  readonly #week: SlotBaseline;
  readonly #day: SlotBaseline;
  readonly #range: BeyondRange;
  readonly #detectors: readonly Detector[];
  readonly #tails: readonly Tail[];
  readonly #gate: ReportGate;
  readonly #view: ReadingView = { value: 0, spread: 1, week: NaN, day: NaN, expected: NaN, deviation: NaN };
  readonly #result: AnomalyScore = { score: 0, reason: 'none', expected: NaN, low: NaN, high: NaN };

  constructor(quietReadings: number, shapes: number) {
    const memory = new StateMemory(BASE_BYTES + BYTES_A_SHAPE * shapes);
    this.#memory = memory;
    this.#seen = memory.doubles(1);
    this.#values = new QuantileSample(memory, 256, [0.1, 0.5, 0.9]);
    this.#week = new SlotBaseline(memory, 168, HOUR_MS);
    this.#day = new SlotBaseline(memory, 24, HOUR_MS);
    this.#range = new BeyondRange(memory);
    this.#detectors = [
      new OffWeek(),
      new OffDay(),
      new OffCourse(memory),
      this.#range,
      new NewShape(memory, 6, shapes),
      new NewShape(memory, 4, shapes),
    ];
    this.#tails = this.#detectors.map(() => new Tail(memory));
    this.#gate = new ReportGate(memory, quietReadings);
  }

  get bytes(): number {
    return this.#memory.used;
  }

  push(atMs: number, given: number): Readonly<AnomalyScore> {
    const result = this.#result;
    result.score = 0;
    result.reason = 'none';
    result.expected = result.low = result.high = NaN;
    if (!Number.isFinite(atMs) || !Number.isFinite(given)) return result;
    const value = Math.max(-LARGEST_VALUE, Math.min(LARGEST_VALUE, given));
    this.#look(atMs, value);
    const decades = this.#rarity();
    if (this.#gate.passes(decades)) result.score = decades / (decades + REPORT_DECADES);
    else result.reason = 'none';
    this.#values.add(value);
    this.#week.learn(atMs, value);
    this.#day.learn(atMs, value);
    this.#seen[0]!++;
    return result;
  }

  checkpoint(): Uint8Array {
    return this.#memory.checkpoint();
  }

  restore(checkpoint: Uint8Array): void {
    this.#memory.restore(checkpoint);
  }

  /** What the detectors are told of this reading, and what the caller is told to have been expected. */
  #look(atMs: number, value: number): void {
    const [view, result] = [this.#view, this.#result];
    view.value = value;
    view.spread = this.#spread();
    view.week = this.#week.expected(atMs);
    view.day = this.#day.expected(atMs);
    const byDay = Number.isNaN(view.week);
    view.expected = byDay ? view.day : view.week;
    view.deviation = (byDay ? this.#day : this.#week).deviation(atMs);
    result.expected = view.expected;
    result.low = view.expected - 3 * view.spread;
    result.high = view.expected + 3 * view.spread;
  }

  /** The usual spread of the series: its robust deviation, never 0. */
  #spread(): number {
    if (this.#seen[0] === 0) return 1;
    const deviation = (this.#values.at(P90) - this.#values.at(P10)) / DEVIATIONS_P10_TO_P90;
    return Math.max(deviation, this.#range.width * LEAST_SHARE_OF_RANGE, 1e-9 * (1 + Math.abs(this.#values.at(P50))));
  }

  /** The power mean of the decades of rarity over the detectors; leaves the most surprised as the reason. */
  #rarity(): number {
    const early = this.#seen[0]! < FIRST_READINGS;
    let [sum, most] = [0, 0];
    for (let i = 0; i < this.#detectors.length; i++) {
      const detector = this.#detectors[i]!;
      const strength = detector.strength(this.#view);
      if (early) continue;
      // Who cannot tell yet is not surprised.
      const decades = this.#tails[i]!.surprise(Number.isNaN(strength) ? 0 : Math.min(LARGEST_STRENGTH, strength));
      sum += Math.sqrt(decades);
      if (decades > most) {
        most = decades;
        this.#result.reason = detector.reason;
      }
    }
    return (sum / this.#detectors.length) ** 2;
  }
}
