import { AnomalyCheckpointError } from '../state-memory.js';
import { ChannelCourse, COURSE_DOUBLES } from './channel-course.js';
import { CourseTracks, TRACK_DOUBLES } from './course-tracks.js';
import { Neighbours } from './neighbours.js';
import { bounded, clip, deviationOf, sortByShare } from './deviations.js';
import type { GroupOptions, GroupReason, GroupScore, GroupScorer } from './port.js';

/** "LLG" and the version of the layout. */
const MAGIC = 0x4c4c4701;
const MOST_CHANNELS = 64;
const LARGEST_DEVIATION = 1000;
/** Continuous learning forgets over so many times the learning rows. */
const MEMORY_LEARNINGS = 4;
const HEADER = 4;

/**
 * A scorer for rows of several channels. Each channel is followed at the pace at which it wandered while learning
 * (`channel-course.ts`); its errors are smoothed (MEWMA: Lowry et al. 1992) and measured in their learned deviation
 * 1. alone,
 * 2. against what the other channels' errors make of it (regression by the inverse of their correlations),
 * 3. where the others tell most of it: its value less what their values make of it, followed as a course of its own,
 * 4. all together (Hotelling's T-squared).
 * The strongest of these, in deviations, is the strength. See docs/detector.md.
 * @param state memory to keep the state in, of `groupStateSize` doubles: what it holds is gone on with, zeros begin anew
 * @throws RangeError where an option makes no sense
 */
export function createGroupScorer(options: GroupOptions, state?: Float64Array): GroupScorer {
  const { channels, learnRows = 400, learning = 'first', smoothRows = 12, limit = 4.5 } = options;
  const { adoptRows = learnRows } = options;
  for (const [name, value, least, most] of [
    ['channels', channels, 1, MOST_CHANNELS],
    ['learnRows', learnRows, 16, 1e7],
    ['smoothRows', smoothRows, 1, 1e6],
    ['adoptRows', adoptRows, 1, 1e7],
  ] as const) {
    if (!(Number.isSafeInteger(value) && value >= least && value <= most)) {
      throw new RangeError(`${name} is ${value}: give a whole number from ${least} to ${most}`);
    }
  }
  if (!(limit > 0 && limit < LARGEST_DEVIATION)) throw new RangeError(`limit is ${limit}: give deviations above 0`);
  return new CourseGroupScorer({ channels, learnRows, learning, adoptRows, smoothRows, limit }, state);
}

/** Doubles of state of a group of so many channels. */
export function groupStateSize(channels: number): number {
  return HEADER + 2 * channels * (TRACK_DOUBLES + COURSE_DOUBLES) + Neighbours.doubles(channels);
}

class CourseGroupScorer implements GroupScorer {
  readonly state: Float64Array;
  readonly #options: Required<GroupOptions>;
  readonly #n: number;
  /** The options that the state depends on, as one number. */
  readonly #kind: number;
  /** Magic, options, rows taken, rows flagged on end. */
  readonly #header: Float64Array;
  /** Channels first, then each channel less what its neighbours make of it. */
  readonly #courses: readonly ChannelCourse[];
  readonly #tracks: CourseTracks;
  readonly #neighbours: Neighbours;
  // Only for the row at hand.
  readonly #values: Float64Array;
  /** Told and sure of its level: what the ties hold for. */
  readonly #tied: Uint8Array;
  /** Deviations from the own courses, 0 where there is none; and with what the others make of those that are not tied. */
  readonly #alone: Float64Array;
  readonly #z: Float64Array;
  readonly #result: GroupScore;

  constructor(
    options: Required<GroupOptions>,
    state: Float64Array = new Float64Array(groupStateSize(options.channels)),
  ) {
    const { channels: n, learnRows, learning, smoothRows, limit } = options;
    this.#options = options;
    this.#n = n;
    this.state = state;
    let at = 0;
    const take = (count: number) => this.state.subarray(at, (at += count));
    this.#header = take(HEADER);
    this.#tracks = new CourseTracks(take(2 * n * TRACK_DOUBLES), 2 * n, smoothRows, limit);
    this.#neighbours = new Neighbours(take(Neighbours.doubles(n)), n);
    this.#courses = Array.from({ length: 2 * n }, () => new ChannelCourse(take(COURSE_DOUBLES), learnRows, smoothRows));
    this.#kind = ((n * 1e7 + learnRows) * 2 + (learning === 'continuous' ? 1 : 0)) * 64 + (smoothRows % 64);
    if (this.#header[0] !== MAGIC || this.#header[1] !== this.#kind) this.reset();
    this.#values = new Float64Array(n);
    this.#tied = new Uint8Array(n);
    this.#alone = new Float64Array(n);
    this.#z = new Float64Array(n);
    this.#result = {
      score: 0,
      flag: false,
      reason: 'none',
      strength: 0,
      expected: new Float64Array(n),
      deviation: new Float64Array(n),
      spread: new Float64Array(n),
      share: new Float64Array(n),
      carriers: new Uint16Array(n),
    };
  }

  get learned(): boolean {
    return this.#header[2]! >= this.#options.learnRows;
  }

  push(values: ArrayLike<number>): Readonly<GroupScore> {
    for (let i = 0; i < this.#n; i++) this.#values[i] = bounded(values[i]);
    this.#clear();
    if (this.learned) this.#judge();
    else this.#learn();
    sortByShare(this.#result.carriers, this.#result.share);
    return this.#result;
  }

  reset(): void {
    this.state.fill(0);
    this.#header[0] = MAGIC;
    this.#header[1] = this.#kind;
  }

  checkpoint(): Float64Array {
    return this.state.slice();
  }

  restore(checkpoint: Float64Array): void {
    const [magic, options] = checkpoint;
    if (checkpoint.length !== this.state.length || magic !== MAGIC || options !== this.#kind) {
      throw new AnomalyCheckpointError(
        `not a checkpoint of a group of ${this.#n} channels with these options: learn anew from the history`,
      );
    }
    this.state.set(checkpoint);
  }

  #learn(): void {
    const [n, z, common, values] = [this.#n, this.#z, this.#alone, this.#values];
    const { learnRows, smoothRows } = this.#options;
    const row = this.#header[2]!++;
    // The first half learns the channels and their ties, the second also what their neighbours leave open.
    const half = Math.floor(learnRows / 2);
    if (row === half) {
      this.#neighbours.regress(
        half,
        (i) => this.#courses[i]!.level,
        (i) => this.#courses[i]!.commonDeviation,
      );
    }
    for (let i = 0; i < n; i++) {
      z[i] = common[i] = 0;
      if (Number.isNaN(values[i]!)) continue;
      const course = this.#courses[i]!;
      course.learn(values[i]!);
      this.#result.expected[i] = course.level;
      if (course.known) {
        z[i] = course.smoothed / course.deviation;
        common[i] = course.common;
      }
      const added = row >= half ? this.#neighbours.addedBy(i, values) : NaN;
      if (!Number.isNaN(added)) this.#courses[n + i]!.learn(values[i]! - added);
    }
    this.#neighbours.learn(z);
    if (row < half) this.#neighbours.learnCommon(common);
    if (row + 1 < learnRows) return;
    // A channel without values yet is learned when it comes; until then nothing is expected of it.
    this.#courses.forEach((course, i) => this.#tracks.settle(i, course));
    this.#neighbours.settle(learnRows / smoothRows);
  }

  #judge(): void {
    const [n, alone, values, tied, tracks] = [this.#n, this.#alone, this.#values, this.#tied, this.#tracks];
    let [count, tiedCount] = [0, 0];
    for (let i = 0; i < n; i++) {
      alone[i] = 0;
      tied[i] = 0;
      const missing = Number.isNaN(values[i]!);
      if (!tracks.knows(i)) {
        if (!missing) this.#learnLate(i);
      } else {
        if (!missing) count++;
        alone[i] = missing ? tracks.miss(i) : tracks.take(i, values[i]!);
        tied[i] = tracks.isSure(i) ? 1 : 0;
        tiedCount += tied[i]!;
      }
    }
    this.#z.set(alone);
    if (tiedCount > 0 && tiedCount < n) this.#neighbours.fillMissing(this.#z, tied);
    if (count > 0) this.#weigh(tiedCount);
    if (this.#options.learning === 'continuous') this.#learnOn();
  }

  /** A channel that brought its first values only after the learning rows learns its own course first. */
  #learnLate(i: number): void {
    const course = this.#courses[i]!;
    course.learn(this.#values[i]!);
    if (course.rows >= this.#options.learnRows) this.#tracks.settle(i, course);
  }

  /** From the deviations of this row to its strength, reason and carriers. */
  #weigh(tiedCount: number): void {
    const [n, z, result] = [this.#n, this.#z, this.#result];
    let [strength, squares, sum] = [0, 0, 0];
    let reason: GroupReason = 'none';
    for (let i = 0; i < n; i++) {
      if (!this.#tracks.knows(i)) continue;
      if (Number.isNaN(this.#values[i]!) && this.#alone[i] === 0) {
        this.#tracks.miss(n + i);
        continue;
      }
      const channelReason = this.#weighChannel(i);
      if (this.#tied[i] === 1) squares += this.#neighbours.pull(i, z) * z[i]!;
      const size = Math.abs(result.deviation[i]!);
      sum += result.share[i] = size * size;
      if (size > strength) {
        strength = size;
        reason = channelReason;
      }
    }
    const together = tiedCount > 1 ? deviationOf(squares, tiedCount) : 0;
    if (together > strength) {
      strength = together;
      reason = 'off-together';
    }
    result.strength = Math.min(strength, LARGEST_DEVIATION);
    result.reason = reason;
    result.score = result.strength ** 2 / (result.strength ** 2 + this.#options.limit ** 2);
    result.flag = result.score >= 0.5;
    if (sum > 0) for (let i = 0; i < n; i++) result.share[i]! /= sum;
  }

  /** Deviation and expectation of one channel, by the test that it fails most. */
  #weighChannel(i: number): GroupReason {
    const [tracks, result, left] = [this.#tracks, this.#result, this.#n + i];
    const alone = this.#alone[i]!;
    const pull = this.#tied[i] === 1 ? this.#neighbours.pull(i, this.#z) : 0;
    const variance = this.#neighbours.variance(i);
    const fromErrors = clip(pull * Math.sqrt(variance), LARGEST_DEVIATION);
    const added = this.#neighbours.addedBy(i, this.#values);
    const leftOver = this.#values[i]! - added;
    let fromValues = 0;
    if (tracks.knows(left)) fromValues = Number.isNaN(leftOver) ? tracks.miss(left) : tracks.take(left, leftOver);
    if (Math.abs(alone) >= Math.max(Math.abs(fromErrors), Math.abs(fromValues))) {
      result.deviation[i] = alone;
      result.expected[i] = tracks.level(i);
      result.spread[i] = tracks.spread(i);
      return 'off-course';
    }
    const byValues = Math.abs(fromValues) >= Math.abs(fromErrors);
    result.deviation[i] = byValues ? fromValues : fromErrors;
    result.spread[i] = byValues ? tracks.spread(left) : Math.sqrt(variance) * tracks.spread(i);
    result.expected[i] = byValues
      ? tracks.level(left) + (Number.isNaN(added) ? 0 : added)
      : tracks.level(i) + (alone - pull * variance) * tracks.spread(i);
    return 'off-neighbours';
  }

  #learnOn(): void {
    const [n, alone, tied, tracks] = [this.#n, this.#alone, this.#tied, this.#tracks];
    const { learnRows, adoptRows, smoothRows } = this.#options;
    if (this.#header[2]! < Number.MAX_SAFE_INTEGER) this.#header[2]!++;
    if (this.#result.flag) {
      if (++this.#header[3]! < adoptRows) return;
      // What lasts is the usual from now on.
      for (let i = 0; i < n; i++) {
        if (!tracks.knows(i)) continue;
        tracks.adopt(i);
        if (tracks.knows(n + i)) tracks.adopt(n + i);
        alone[i] = 0;
      }
    }
    this.#header[3] = 0;
    const share = 1 / (MEMORY_LEARNINGS * learnRows);
    for (let i = 0; i < n; i++) {
      if (tied[i] === 1) tracks.learnSpread(i, alone[i]!, share);
      else alone[i] = 0;
    }
    this.#neighbours.forget(1 - share);
    this.#neighbours.learn(alone);
    if (this.#header[2]! % learnRows === 0) this.#neighbours.settle((MEMORY_LEARNINGS * learnRows) / smoothRows);
  }

  #clear(): void {
    const result = this.#result;
    result.score = result.strength = 0;
    result.flag = false;
    result.reason = 'none';
    result.expected.fill(NaN);
    result.deviation.fill(0);
    result.spread.fill(0);
    result.share.fill(0);
  }
}
