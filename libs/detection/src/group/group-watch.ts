import { createGroupScorer, groupStateSize, type GroupScore, type GroupScorer } from '@lifeline/anomaly';
import { channelType } from '@lifeline/catalogue';
import type { Priority, Sensor } from '@lifeline/contracts';
import type { AssetWatch, Finding } from '../asset-watch.js';
import { newWatchState } from '../watch-state.js';
import { AlignedRows } from './aligned-rows.js';
import { GROUP_BACK, groupReason } from './group-sentences.js';

export interface GroupWatchOptions {
  readonly watchId: string;
  /** 2 to 64 sensors that move together, of one asset. */
  readonly sensors: readonly Sensor[];
  /**
   * Length of a row; the default is twice the longest sampling interval, from one to ten minutes.
   */
  readonly stepMs?: number;
  /**
   * Rows to learn from. The default is two days.
   */
  readonly learnRows?: number;
  /**
   * Deviations that are told. Higher than the scorer's own: a row of a recording is looked at once, a group for years.
   * @default 6
   */
  readonly limit?: number;
  /**
   * Rows for which it must hold, and must be over, before it is told.
   * @default 10
   */
  readonly confirmRows?: number;
  /** @default yellow */
  readonly priority?: Priority;
}

const TEST = 'group';
const LEARN_MS = 2 * 86_400_000;
const [LEAST_LEARN_ROWS, MOST_LEARN_ROWS] = [400, 2880];
const [SHORTEST_STEP_MS, LONGEST_STEP_MS] = [60_000, 600_000];
/** A value is good for so many of its sensor's intervals. */
const HOLD_INTERVALS = 3;
const MOST_CARRIERS = 16;
const LEAST_SHARE = 0.01;
/** Fingerprint, rows odd on end, rows usual on end, place of the carrier + 1 while open, time last told + 1. */
const HEADER = 5;

/**
 * Watches sensors that move together (`createGroupScorer`): one finding for the whole group, once it has held for some rows, on the
 * sensor that carries most of it, with all that carry it. It learns on, so that a lasting change is told and becomes the usual.
 * @throws RangeError where there are fewer than 2 sensors or more than 64, or an option makes no sense
 */
export function createGroupWatch(options: GroupWatchOptions): AssetWatch {
  if (options.sensors.length < 2)
    throw new RangeError(`${options.watchId} has ${options.sensors.length} sensors: give 2 or more`);
  return new SensorGroupWatch(options);
}

class SensorGroupWatch implements AssetWatch {
  readonly watchId: string;
  readonly sensorNos: readonly number[];
  readonly state: Float64Array;
  readonly #sensors: readonly Sensor[];
  readonly #places: ReadonlyMap<number, number>;
  readonly #leastDeviations: readonly number[];
  readonly #confirmRows: number;
  readonly #limit: number;
  readonly #priority: Priority;
  readonly #fingerprint: number;
  readonly #scorer: GroupScorer;
  readonly #rows: AlignedRows;
  readonly #head: Float64Array;
  /** Shares summed over the rows that were odd on end. */
  readonly #shares: Float64Array;
  #out: Finding[] = [];
  readonly #full = (row: Float64Array, endMs: number): void => this.#judge(row, endMs);

  constructor({ watchId, sensors, limit = 6, confirmRows = 10, priority = 'yellow', ...options }: GroupWatchOptions) {
    const n = sensors.length;
    const longestMs = 2000 * Math.max(...sensors.map(({ intervalS }) => intervalS));
    const stepMs = options.stepMs ?? Math.min(LONGEST_STEP_MS, Math.max(SHORTEST_STEP_MS, longestMs));
    const twoDays = Math.min(MOST_LEARN_ROWS, Math.max(LEAST_LEARN_ROWS, Math.ceil(LEARN_MS / stepMs)));
    const learnRows = options.learnRows ?? twoDays;
    this.watchId = watchId;
    this.sensorNos = sensors.map(({ sensorNo }) => sensorNo);
    this.#sensors = sensors;
    this.#places = new Map(this.sensorNos.map((sensorNo, place) => [sensorNo, place]));
    this.#leastDeviations = sensors.map(({ type }) => channelType(type)?.minDeviation ?? 0);
    this.#confirmRows = confirmRows;
    this.#limit = limit;
    this.#priority = priority;
    this.#fingerprint = fingerprintOf([stepMs, learnRows, ...this.sensorNos]);
    this.state = newWatchState(HEADER + n + AlignedRows.stateSize(n) + groupStateSize(n));
    let at = 0;
    const take = (count: number) => this.state.subarray(at, (at += count));
    this.#head = take(HEADER);
    this.#shares = take(n);
    const holdMs = sensors.map(({ intervalS }) => HOLD_INTERVALS * 1000 * intervalS);
    this.#rows = new AlignedRows(take(AlignedRows.stateSize(n)), holdMs, stepMs);
    const scorerOptions = { channels: n, learnRows, limit, learning: 'continuous' } as const;
    this.#scorer = createGroupScorer(scorerOptions, take(groupStateSize(n)));
    this.#head[0] = this.#fingerprint;
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    const place = this.#places.get(sensorNo);
    if (place !== undefined) this.takeAt(place, atMs, value, out);
  }

  takeAt(place: number, atMs: number, value: number, out: Finding[]): void {
    if (!Number.isFinite(value) || !Number.isFinite(atMs)) return;
    this.#mine();
    this.#out = out;
    this.#rows.take(place, atMs, value, this.#full);
  }

  tick(nowMs: number, out: Finding[]): void {
    this.#mine();
    this.#out = out;
    this.#rows.tick(nowMs, this.#full);
  }

  /** A state that was set from outside may be of other sensors of the same number: then all is learned anew. */
  #mine(): void {
    if (this.#head[0] === this.#fingerprint) return;
    this.state.fill(0);
    this.#head[0] = this.#fingerprint;
    this.#scorer.reset();
  }

  #judge(row: Float64Array, endMs: number): void {
    const [head, shares] = [this.#head, this.#shares];
    const result = this.#scorer.push(row);
    if (result.flag && this.#matters(result, row)) {
      head[1]!++;
      head[2] = 0;
      for (let i = 0; i < shares.length; i++) shares[i]! += result.share[i]!;
      if (head[3] === 0 && head[1]! >= this.#confirmRows) this.#begin(result, row, endMs);
      return;
    }
    head[1] = 0;
    shares.fill(0);
    if (head[3] !== 0 && ++head[2]! >= this.#confirmRows) this.#end(endMs);
  }

  /** The sensor that carries most is off by as much as its kind of sensor must be for it to matter. */
  #matters({ carriers, deviation, spread }: GroupScore, row: Float64Array): boolean {
    const most = carriers[0]!;
    return !Number.isNaN(row[most]!) && Math.abs(deviation[most]! * spread[most]!) >= this.#leastDeviations[most]!;
  }

  #begin(result: GroupScore, row: Float64Array, endMs: number): void {
    const [head, shares] = [this.#head, this.#shares];
    const whole = shares.reduce((sum, share) => sum + share, 0) || 1;
    const order = Array.from(shares.keys()).sort((a, b) => shares[b]! - shares[a]!);
    const most = order[0]!;
    const band = this.#limit * result.spread[most]!;
    const finite = (value: number) => (Number.isFinite(value) ? value : null);
    const carriers = order
      .filter((place, rank) => rank === 0 || shares[place]! / whole >= LEAST_SHARE)
      .slice(0, MOST_CARRIERS)
      .map((place) => ({
        sensorId: this.#sensors[place]!.sensorId,
        share: shares[place]! / whole,
        value: finite(row[place]!),
        expected: finite(result.expected[place]!),
      }));
    const { value, expected } = carriers[0]!;
    head[3] = most + 1;
    this.#out.push({
      rule: 'group',
      test: TEST,
      change: 'begin',
      sensorNo: this.sensorNos[most]!,
      priority: this.#priority,
      atMs: this.#told(endMs),
      value,
      reason: groupReason(result.reason, this.#sensors[most]!, value, expected, carriers.length),
      evidence: {
        test: TEST,
        expected: expected === null ? null : { value: expected, low: expected - band, high: expected + band },
        residual: result.deviation[most]!,
        carriers,
        confidence: result.score,
        location: null,
        figures: [
          { name: { en: 'Strength', zh: '强度' }, value: result.strength, unit: '1' },
          { name: { en: 'Sensors in the group', zh: '组内传感器数' }, value: this.#sensors.length, unit: '1' },
        ],
      },
    });
  }

  #end(endMs: number): void {
    const place = this.#head[3]! - 1;
    this.#head[2] = this.#head[3] = 0;
    this.#out.push({
      rule: 'group',
      test: TEST,
      change: 'end',
      sensorNo: this.sensorNos[place]!,
      priority: this.#priority,
      atMs: this.#told(endMs),
      value: null,
      reason: GROUP_BACK,
      evidence: null,
    });
  }

  #told(atMs: number): number {
    const told = Math.max(atMs, this.#head[4]!);
    this.#head[4] = told + 1;
    return told;
  }
}

/** A number that is another for other numbers (FNV-1a over their digits); never 0. */
function fingerprintOf(numbers: readonly number[]): number {
  let hash = 2166136261;
  for (const character of numbers.join()) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return (hash >>> 0) + 1;
}
