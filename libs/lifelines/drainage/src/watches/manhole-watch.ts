import type { Asset, Verdict } from '@lifeline/contracts';
import type { AssetWatch, Finding } from '@lifeline/detection';
import { FindingSwitch, priorityOf, SlowMean, StateBook, type Gravity } from '@lifeline/lifeline-kit';
import { MANHOLE_M, manholeStage } from '../physics/level-stage.js';
import { judgeManhole, MANHOLE_LIMITS, type ManholeCause } from '../physics/manhole.js';
import { timeToThreshold } from '../physics/threshold-time.js';
import { LevelSlots } from './level-slots.js';
import {
  MANHOLE_TESTS,
  manholeBack,
  manholeEvidence,
  manholeReason,
  type ManholePlace,
  type ManholeSigns,
  type ManholeTest,
  type ToldManhole,
} from './manhole-sentences.js';

export type { ManholePlace } from './manhole-sentences.js';

const SLOT_MS = 60_000;
const KEPT = 12;
const TEACH_MS = 300_000;
/** The usual is that of the last two days, and known after half an hour. */
const MEMORY = 576;
const FIRST = 6;
/** Water that a mm of rain in the hour brings, m: a first guess, before it is learned [P]. */
const RAIN_GAIN_M = 0.02;
/** How surely that guess is held, mm². */
const RAIN_PRIOR = 200;
/** Rain is felt for so long after it was measured. */
const RAIN_FADES_MS = 5_400_000;
/** Others stand high from this excess on, m. */
const OTHER_HIGH_M = 0.25;
/** A reading older than this says nothing of now. */
const OLD_MS = 3_600_000;

const WATER = 0;
const TAUGHT_MS = 1;
const RAIN = 2;
const RAIN_PEAK = 3;
const RAIN_MS = 4;
const RIVER = 5;
const RIVER_MS = 6;
const GAIN_XY = 7;
const GAIN_XX = 8;
const FIELDS = 9;
const OTHER_LAST = 0;
const OTHER_MS = 1;
const OTHER_TAUGHT_MS = 2;
const OTHER_FIELDS = 3;

const TEST_OF: Readonly<Record<ManholeCause, ManholeTest>> = {
  blockage: 'blockage',
  backflow: 'backflow',
  rain: 'surcharge',
  unclear: 'surcharge',
};

interface Neighbour {
  readonly at: number;
  readonly usual: SlowMean;
}

/** Water in one manhole against its own usual, the rain, the river and its neighbours: blocked, flowing back, or rained full. */
export class ManholeWatch implements AssetWatch {
  readonly watchId: string;
  readonly sensorNos: readonly number[];
  readonly state: Float64Array;
  private readonly at: number;
  private readonly slots: LevelSlots;
  private readonly usual: SlowMean;
  private readonly others: Neighbour[];
  /** Place of the rain among the sensors; -1 where there is none. */
  private readonly rainAt: number;
  private readonly gates: FindingSwitch[];
  private readonly depthM: number;
  private readonly coverM: number;
  private readonly invertM: number;
  private readonly pipeM: number;

  constructor(private readonly place: ManholePlace) {
    const { manhole, sensor, others, rain, river, pipe } = place;
    this.watchId = `drainage/manhole/${manhole.assetId}/${sensor.channel}`;
    this.sensorNos = [sensor, ...others, ...(rain ? [rain] : []), ...(river ? [river] : [])].map((s) => s.sensorNo);
    this.rainAt = rain ? 1 + others.length : -1;
    const book = new StateBook();
    this.at = book.take(FIELDS);
    const slots = book.take(LevelSlots.fieldsOf(KEPT));
    const usual = book.take(SlowMean.FIELDS);
    const others_ = others.map(() => ({ at: book.take(OTHER_FIELDS), usual: book.take(SlowMean.FIELDS) }));
    const gates = MANHOLE_TESTS.map(() => book.take(FindingSwitch.FIELDS));
    this.state = book.make();
    this.slots = new LevelSlots(this.state, slots, KEPT, SLOT_MS);
    this.usual = new SlowMean(this.state, usual, MEMORY);
    this.others = others_.map((other) => ({ at: other.at, usual: new SlowMean(this.state, other.usual, MEMORY) }));
    this.gates = gates.map(
      (at) => new FindingSwitch(this.state, at, { onDelayMs: 180_000, offDelayMs: 600_000, worsenDelayMs: 60_000 }),
    );
    this.depthM = numberOr(manhole, 'depthM', NaN);
    this.coverM = numberOr(manhole, 'coverM', NaN);
    this.invertM = numberOr(manhole, 'invertM', NaN);
    this.pipeM = pipe ? numberOr(pipe, 'diameterMm', NaN) / 1000 : NaN;
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    const where = this.sensorNos.lastIndexOf(sensorNo);
    if (where >= 0) this.takeAt(where, atMs, value, out);
  }

  takeAt(where: number, atMs: number, value: number, out: Finding[]): void {
    const { state, at } = this;
    if (where === 0) {
      if (!this.slots.take(atMs, value)) return;
      // Water over an unknown floor is counted from the cover: only its change is used then.
      state[at + WATER] = (Number.isNaN(this.depthM) ? 0 : this.depthM) - this.slots.newest;
      this.judge(atMs, value, out);
    } else if (where <= this.others.length) this.other(this.others[where - 1]!, atMs, value);
    else if (where === this.rainAt) {
      const faded = state[at + RAIN_PEAK]! * Math.exp(-Math.max(0, atMs - state[at + RAIN_MS]!) / RAIN_FADES_MS);
      [state[at + RAIN], state[at + RAIN_PEAK], state[at + RAIN_MS]] = [value, Math.max(value, faded), atMs];
    } else [state[at + RIVER], state[at + RIVER_MS]] = [value, atMs];
  }

  tick(): void {}

  /** What stands there now is the usual level from now on. */
  feedback(verdict: Verdict): void {
    if (verdict !== 'new-normal' || this.usual.count < FIRST) return;
    this.usual.rebase(this.state[this.at + WATER]! - this.gain * this.state[this.at + RAIN_PEAK]!);
  }

  private other(other: Neighbour, atMs: number, value: number): void {
    const { state } = this;
    [state[other.at + OTHER_LAST], state[other.at + OTHER_MS]] = [value, atMs];
    const high = other.usual.count >= FIRST && other.usual.mean - value > OTHER_HIGH_M;
    if (high || atMs - state[other.at + OTHER_TAUGHT_MS]! < TEACH_MS) return;
    state[other.at + OTHER_TAUGHT_MS] = atMs;
    other.usual.take(value);
  }

  /** m of water for each mm of rain, learned. */
  private get gain(): number {
    const { state, at } = this;
    return (state[at + GAIN_XY]! + RAIN_GAIN_M * RAIN_PRIOR) / (state[at + GAIN_XX]! + RAIN_PRIOR);
  }

  private judge(atMs: number, value: number, out: Finding[]): void {
    const { state, at, place } = this;
    const rainKnown = place.rain !== undefined && atMs - state[at + RAIN_MS]! < OLD_MS;
    const felt = rainKnown ? state[at + RAIN_PEAK]! : 0;
    const level = this.slots.newest;
    const excessM = state[at + WATER]! - this.usual.mean - this.gain * felt;
    const known = this.usual.count >= FIRST;
    // Much rain makes the expectation coarse.
    const limitM = MANHOLE_LIMITS.excessM + 0.02 * felt;
    const isHigh = known && excessM > limitM;
    if (!isHigh || excessM < 0.5 * limitM) this.teach(atMs, felt);
    const stage = manholeStage(level, NaN);
    const { high: othersHigh, known: others } = this.othersHigh(atMs);
    const riverM = place.river && atMs - state[at + RIVER_MS]! < OLD_MS ? state[at + RIVER]! : NaN;
    const rainMm = rainKnown ? Math.max(state[at + RAIN]!, 0.7 * felt) : NaN;
    const { cause, confidence } = judgeManhole({
      ...{ excessM, waterHeightM: this.coverM - level, invertM: this.invertM, riverM, rainMm, others, othersHigh },
    });
    const gravities = MANHOLE_TESTS.map((test): Gravity => {
      if (test !== TEST_OF[cause] || !isHigh) return 0;
      if (stage > 0) return stage === 1 ? 4 : 3;
      return test === 'surcharge' ? 0 : 2;
    });
    gravities.forEach((gravity, i) => {
      const gate = this.gates[i]!;
      // While the water stands high, what was told stays told: its cause is seen best when it begins.
      const held = gravity === 0 && isHigh && gate.open > 0 ? gate.open : gravity;
      if (gravity > 0 && this.gates.some((other) => other !== gate && other.open >= gravity)) return;
      const move = gate.judge(held, atMs, place.sensor.sensorNo);
      if (move)
        out.push(
          this.finding(MANHOLE_TESTS[i]!, move, value, excessM, { rainMm, riverM, othersHigh, confidence, cause }),
        );
    });
  }

  private teach(atMs: number, felt: number): void {
    const { state, at } = this;
    if (atMs - state[at + TAUGHT_MS]! < TEACH_MS) return;
    state[at + TAUGHT_MS] = atMs;
    const water = state[at + WATER]!;
    if (felt < 1) this.usual.take(water);
    else if (this.usual.count >= FIRST) {
      const keep = 1 - 1 / MEMORY;
      state[at + GAIN_XY] = keep * state[at + GAIN_XY]! + felt * (water - this.usual.mean);
      state[at + GAIN_XX] = keep * state[at + GAIN_XX]! + felt * felt;
    }
  }

  private othersHigh(atMs: number): { readonly high: number; readonly known: number } {
    let [high, known] = [0, 0];
    for (const { at, usual } of this.others) {
      if (usual.count < FIRST || atMs - this.state[at + OTHER_MS]! > OLD_MS) continue;
      known++;
      if (usual.mean - this.state[at + OTHER_LAST]! > OTHER_HIGH_M) high++;
    }
    return { high, known };
  }

  private finding(
    test: ManholeTest,
    change: 'begin' | 'worsen' | 'end',
    value: number,
    excessM: number,
    signs: ManholeSigns,
  ): Finding {
    const gate = this.gates[MANHOLE_TESTS.indexOf(test)]!;
    const { place } = this;
    const ends = change === 'end';
    const trend = this.slots.trend();
    const cover =
      trend &&
      timeToThreshold(
        { now: trend.now, slope: trend.slope, slopeError: trend.error, nowError: 0.01 },
        MANHOLE_M.level1,
      );
    const inMin = cover && trend.slope < -1e-4 && cover.inS < 7200 ? Math.round(cover.inS / 60) : undefined;
    const filling = this.state[this.at + WATER]! / this.pipeM;
    const told: ToldManhole = {
      ...signs,
      ...{ value, excessM, inMin, levelM: this.slots.newest, usualDeviationM: this.usual.deviation },
      filling: Number.isFinite(this.pipeM) && Number.isFinite(this.depthM) ? Math.max(0, filling) : NaN,
    };
    return {
      ...{
        rule: 'physics',
        test,
        change,
        sensorNo: gate.carrier,
        priority: priorityOf(gate.open),
        atMs: gate.atMs,
        value,
      },
      reason: ends ? manholeBack(place.manhole) : manholeReason(place.manhole, test, told),
      evidence: ends ? null : manholeEvidence(place, test, told),
    };
  }
}

function numberOr(asset: Asset, property: string, otherwise: number): number {
  const value = asset.properties[property];
  return typeof value === 'number' ? value : otherwise;
}
