import { channelType } from '@lifeline/catalogue';
import type { Sensor, Verdict } from '@lifeline/contracts';
import type { AssetWatch, Finding } from '../asset-watch.js';
import { newWatchState } from '../watch-state.js';
import { DailyCourse } from './daily-course.js';
import { FRAME_MS, HourFrames, type HourFrame } from './hour-frames.js';
import { PairContrast } from './pair-contrast.js';
import { SWAP_BACK, swapReason } from './swap-words.js';

const TEST = 'swapped';
/** Log likelihood ratio that is believed [P]: with a hundred pairs looked at each hour for years, far beyond chance. */
const BELIEVED = 20;
/** From here on the pair teaches nothing of the usual… */
const SUSPECTED = 4;
/** …for so many hours: what is no exchange by then is a new usual. */
const SUSPECTED_HOURS = 72;
const LEAST_HOURS = 8;
/** Shares of the misfit to their own past that may be left: to the other's past, and in what both sum to. */
const MOST_LEFT = 0.3;
const MOST_IN_SUM = 0.5;
/** Where weather moves the sum far more than the difference: fits like usual, squared deviations an hour. */
const FITS = 1.5;
const SUM_FITS = 3;
/** Readings of a spread are of few readings: a tenth of its logarithm is nothing. */
const SPREAD_FLOOR = 0.1;
const LEAST_FLOOR = 1e-6;

/** Open pair + 1, time last told + 1, fingerprint. */
const HEAD = 3;
/** Of a pair: evidence, hour since when, hours in it, misfit to the own past, to the other's, of the sum, and of the sum by its own spread. */
const TALLY = 7;

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly tally: Float64Array;
  readonly contrasts: readonly PairContrast[];
  readonly sums: readonly PairContrast[];
}

/**
 * Looks among sensors of one kind for two that were exchanged: the difference of the two turns round, in their level or in how much they
 * stray within an hour, while their sum stays what it was. What befalls one sensor alone moves the sum as much as the difference, and what befalls
 * both (weather, a holiday) moves the sum only.
 */
export class SwapWatch implements AssetWatch {
  readonly watchId: string;
  readonly sensorNos: readonly number[];
  readonly state: Float64Array;
  readonly #sensors: readonly Sensor[];
  readonly #head: Float64Array;
  readonly #frames: HourFrames;
  /** By place: of the level, of the spread. */
  readonly #courses: readonly (readonly DailyCourse[])[];
  readonly #pairs: readonly Pair[];
  readonly #fingerprint: number;
  readonly #newest: Float64Array;
  readonly #teaches: Uint8Array;
  #places: ReadonlyMap<number, number> | undefined;
  #out: Finding[] = [];
  readonly #full = (frame: HourFrame, hour: number): void => this.#judge(frame, hour);

  /** @param sensors two or more of one type and unit */
  constructor(watchId: string, sensors: readonly Sensor[]) {
    const n = sensors.length;
    const pairs = (n * (n - 1)) / 2;
    this.watchId = watchId;
    this.#sensors = sensors;
    this.sensorNos = sensors.map(({ sensorNo }) => sensorNo);
    this.state = newWatchState(
      HEAD +
        n +
        HourFrames.stateSize(n) +
        n * 2 * DailyCourse.STATE_SIZE +
        pairs * (TALLY + 4 * PairContrast.STATE_SIZE),
    );
    let at = 0;
    const take = (size: number): Float64Array => this.state.subarray(at, (at += size));
    this.#head = take(HEAD);
    this.#newest = take(n);
    this.#frames = new HourFrames(take(HourFrames.stateSize(n)), n);
    this.#courses = sensors.map(() => [0, 1].map(() => new DailyCourse(take(DailyCourse.STATE_SIZE))));
    const floors = [Math.max(LEAST_FLOOR, (channelType(sensors[0]!.type)?.minDeviation ?? 0) / 4), SPREAD_FLOOR];
    const all: Pair[] = [];
    for (let a = 0; a < n; a++) {
      for (let b = a + 1; b < n; b++) {
        const tally = take(TALLY);
        const [contrasts, sums] = [0, 1].map(() =>
          floors.map((floor) => new PairContrast(take(PairContrast.STATE_SIZE), floor)),
        );
        all.push({ a, b, tally, contrasts: contrasts!, sums: sums! });
      }
    }
    this.#pairs = all;
    this.#teaches = new Uint8Array(n);
    this.#fingerprint = this.sensorNos.reduce((sum, no) => (Math.imul(sum, 31) + no + 1) >>> 0, 7) + 1;
    this.#head[2] = this.#fingerprint;
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    const place = (this.#places ??= new Map(this.sensorNos.map((no, at) => [no, at]))).get(sensorNo);
    if (place !== undefined) this.takeAt(place, atMs, value, out);
  }

  takeAt(place: number, atMs: number, value: number, out: Finding[]): void {
    if (!Number.isFinite(value) || !Number.isFinite(atMs)) return;
    if (this.#head[2] !== this.#fingerprint) {
      // The state was another group's.
      this.state.fill(0);
      this.#head[2] = this.#fingerprint;
    }
    this.#out = out;
    this.#newest[place] = value;
    this.#frames.take(place, atMs, value, this.#full);
  }

  tick(): void {}

  /** A person said that the two are rightly where they are now: each takes over the other's past. */
  feedback(verdict: Verdict): void {
    const open = this.#pairs[this.#head[0]! - 1];
    if (verdict !== 'new-normal' || !open) return;
    this.#courses[open.a]!.forEach((course, i) => course.exchange(this.#courses[open.b]![i]!));
    open.tally.fill(0);
  }

  #judge(frame: HourFrame, hour: number): void {
    const values = [frame.level, frame.spread];
    this.#teaches.fill(1);
    let best: Pair | undefined;
    let strongest = 0;
    this.#pairs.forEach((pair, number) => {
      this.#weigh(pair, values, hour);
      const [evidence, , hours] = pair.tally;
      const open = this.#head[0] === number + 1;
      if (open || (evidence! >= SUSPECTED && hours! <= SUSPECTED_HOURS))
        this.#teaches[pair.a] = this.#teaches[pair.b] = 0;
      if (isExchange(pair.tally) && evidence! > strongest) [best, strongest] = [pair, evidence!];
    });
    this.#pairs.forEach((pair) => this.#learnPair(pair, values, hour));
    this.#courses.forEach((courses, place) => {
      if (this.#teaches[place] === 1) courses.forEach((course, i) => course.learn(hour, values[i]![place]!));
    });
    const open = this.#pairs[this.#head[0]! - 1];
    const endMs = (hour + 1) * FRAME_MS;
    if (open && open.tally[0] === 0) this.#end(open, endMs);
    else if (!open && best) this.#begin(best, endMs);
  }

  #weigh({ a, b, tally, contrasts, sums }: Pair, values: readonly Float64Array[], hour: number): void {
    let sum = 0;
    let [own, other, both, bothUsual] = [0, 0, 0, 0];
    contrasts.forEach((contrast, i) => {
      const [x, y] = [values[i]![a]!, values[i]![b]!];
      const [usualX, usualY] = [this.#courses[a]![i]!.at(hour), this.#courses[b]![i]!.at(hour)];
      const usual = usualX - usualY;
      const told = contrast.evidence(x - y, usual);
      if (!Number.isFinite(told)) return;
      const { deviation } = contrast;
      sum += told;
      own += ((x - y - usual) / deviation) ** 2;
      other += ((x - y + usual) / deviation) ** 2;
      both += ((x + y - usualX - usualY) / deviation) ** 2;
      bothUsual += ((x + y - usualX - usualY) / sums[i]!.deviation) ** 2;
    });
    tally[0] = Math.max(0, Math.min(2 * BELIEVED, tally[0]! + sum));
    if (tally[0] === 0) {
      tally.fill(0);
      return;
    }
    if (tally[2] === 0) tally[1] = hour;
    tally[2]!++;
    tally[3]! += own;
    tally[4]! += other;
    tally[5]! += both;
    tally[6]! += bothUsual;
  }

  #learnPair({ a, b, contrasts, sums }: Pair, values: readonly Float64Array[], hour: number): void {
    if (this.#teaches[a] === 0 || this.#teaches[b] === 0) return;
    contrasts.forEach((contrast, i) => {
      const [offX, offY] = [a, b].map((place) => values[i]![place]! - this.#courses[place]![i]!.at(hour));
      if (!Number.isFinite(offX! + offY!)) return;
      contrast.learn(offX! - offY!);
      sums[i]!.learn(offX! + offY!);
    });
  }

  #begin(pair: Pair, atMs: number): void {
    const [one, other] = [this.#sensors[pair.a]!, this.#sensors[pair.b]!];
    const [evidence, since, hours] = pair.tally;
    const usualOf = (place: number): number | null => {
      const usual = this.#courses[place]![0]!.at(since! + hours! - 1);
      return Number.isFinite(usual) ? usual : null;
    };
    const deviation = pair.contrasts[0]!.deviation;
    const expected = usualOf(pair.a);
    this.#head[0] = this.#pairs.indexOf(pair) + 1;
    this.#out.push({
      rule: 'group',
      test: TEST,
      change: 'begin',
      sensorNo: one.sensorNo,
      priority: 'blue',
      atMs: this.#told(atMs),
      value: this.#newest[pair.a]!,
      reason: swapReason(one, other, since! * FRAME_MS),
      evidence: {
        test: TEST,
        expected:
          expected === null ? null : { value: expected, low: expected - 3 * deviation, high: expected + 3 * deviation },
        residual: null,
        carriers: [pair.a, pair.b].map((place) => ({
          sensorId: this.#sensors[place]!.sensorId,
          share: 0.5,
          value: this.#newest[place]!,
          expected: usualOf(place),
        })),
        confidence: 1 - Math.exp(-evidence! / BELIEVED),
        location: null,
        figures: [
          { name: { en: 'Evidence', zh: '证据强度' }, value: evidence!, unit: '1' },
          { name: { en: 'Hours', zh: '持续小时数' }, value: hours!, unit: 'h' },
        ],
      },
    });
  }

  #end(pair: Pair, atMs: number): void {
    this.#head[0] = 0;
    this.#out.push({
      ...{ rule: 'group', test: TEST, change: 'end', sensorNo: this.sensorNos[pair.a]!, priority: 'blue' },
      ...{ atMs: this.#told(atMs), value: null, reason: SWAP_BACK, evidence: null },
    });
  }

  #told(atMs: number): number {
    const told = Math.max(atMs, this.#head[1]!);
    this.#head[1] = told + 1;
    return told;
  }
}

function isExchange(tally: Float64Array): boolean {
  const [evidence, , hours, own, other, both, bothUsual] = tally;
  if (evidence! < BELIEVED || hours! < LEAST_HOURS || other! >= MOST_LEFT * own!) return false;
  return both! < MOST_IN_SUM * own! || (other! < FITS * hours! && bothUsual! < SUM_FITS * hours!);
}
