import type { Sensor } from '@lifeline/contracts';
import type { AssetWatch, Finding } from '@lifeline/detection';
import { FindingSwitch, priorityOf, SlowMean, StateBook, type Gravity } from '@lifeline/lifeline-kit';
import {
  dayCycleCorrelation,
  judgeMethane,
  METHANE_LIMITS,
  methaneStage,
  solarHour,
  type MethaneSigns,
  type MethaneVerdict,
} from '../physics/methane.js';
import {
  methaneBack,
  methaneEvidence,
  methaneReason,
  type MethanePlace,
  type ToldMethane,
} from './methane-sentences.js';

export type { MethanePlace } from './methane-sentences.js';

const SLOT_MS = 600_000;
/** Two days of ten-minute means. */
const SLOTS = 288;
const HOUR_SLOTS = 6;
const SMOOTH_MS = 120_000;
const SLOW_MS = 3_600_000;
/** A neighbour rises with it where it is so far over its own last hour, %vol. */
const RISING_VOL = 0.05;
/** A rise of a tenth in an hour is believed from this level on: below it is the probe's own wander [P]. */
const RISE_FROM_VOL = 0.1;
/** Cleared this far under the pre-alarm, %vol. */
const CLEARED_VOL = 0.05;
const OFF_DELAY_MS = 300_000;

const LAST = 0;
const BEFORE = 1;
const LAST_MS = 2;
const SMOOTH = 3;
const SLOT = 4;
const SLOT_SUM = 5;
const SLOT_COUNT = 6;
const TOLD = 7;
const FALL = 8;
const FALL_MS = 9;
const FALL_SLOW = 10;
const FIELDS = 11;

const NEAR_LAST_MS = 0;
const NEAR_SMOOTH = 1;
const NEAR_SLOW = 2;
const NEAR_FIELDS = 3;

/** What a verdict was told as; the position is what the state keeps. */
const SOURCES: readonly MethaneVerdict['source'][] = ['unclear', 'marsh-gas', 'leak'];
const GRAVITY: readonly Gravity[] = [0, 4, 3, 2, 1];

/** Methane in one manhole: its stage, its rise, and whether it comes from a leak or from decay. */
export class MethaneWatch implements AssetWatch {
  readonly watchId: string;
  readonly sensorNos: readonly number[];
  readonly state: Float64Array;
  private readonly at: number;
  private readonly ring: number;
  private readonly near: number;
  private readonly pressures: number;
  private readonly falls: SlowMean;
  private readonly gate: FindingSwitch;
  private readonly hours = new Float64Array(SLOTS / HOUR_SLOTS);
  private readonly means = new Float64Array(SLOTS / HOUR_SLOTS);

  constructor(private readonly place: MethanePlace) {
    const { sensor, near, pressure, manhole } = place;
    this.watchId = `gas/methane/${manhole.assetId}/${sensor.channel}`;
    const book = new StateBook();
    this.at = book.take(FIELDS);
    this.ring = book.take(SLOTS);
    this.near = book.take(near.length * NEAR_FIELDS);
    this.pressures = book.take(2);
    const falls = book.take(SlowMean.FIELDS);
    const gate = book.take(FindingSwitch.FIELDS);
    this.state = book.make();
    this.state.fill(NaN, this.ring, this.ring + SLOTS);
    this.falls = new SlowMean(this.state, falls, 500);
    this.gate = new FindingSwitch(this.state, gate, { onDelayMs: 0, offDelayMs: OFF_DELAY_MS });
    this.sensorNos = [sensor, ...near, ...(pressure ? [pressure.near, pressure.station] : [])].map((s) => s.sensorNo);
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    const where = this.sensorNos.lastIndexOf(sensorNo);
    if (where >= 0) this.takeAt(where, atMs, value, out);
  }

  takeAt(where: number, atMs: number, value: number, out: Finding[]): void {
    const neighbours = this.place.near.length;
    if (where === 0) {
      this.own(atMs, value);
      this.judge(atMs, out);
    } else if (where <= neighbours) this.neighbour(this.near + (where - 1) * NEAR_FIELDS, atMs, value);
    else if (where === neighbours + 1) this.press(atMs, value);
    else this.state[this.pressures] = value;
  }

  tick(): void {}

  private own(atMs: number, value: number): void {
    const { state, at } = this;
    const slot = Math.floor(atMs / SLOT_MS);
    const apartMs = atMs - state[at + LAST_MS]!;
    if (state[at + LAST_MS] === 0) {
      [state[at + SMOOTH], state[at + SLOT], state[at + LAST]] = [value, slot, value];
    }
    state[at + BEFORE] = state[at + LAST]!;
    state[at + LAST] = value;
    state[at + LAST_MS] = atMs;
    state[at + SMOOTH] = state[at + SMOOTH]! + (1 - Math.exp(-apartMs / SMOOTH_MS)) * (value - state[at + SMOOTH]!);
    if (slot > state[at + SLOT]!) {
      const count = state[at + SLOT_COUNT]!;
      state[this.ring + (state[at + SLOT]! % SLOTS)] = count > 0 ? state[at + SLOT_SUM]! / count : NaN;
      for (let s = Math.max(state[at + SLOT]! + 1, slot - SLOTS); s < slot; s++) state[this.ring + (s % SLOTS)] = NaN;
      [state[at + SLOT], state[at + SLOT_SUM], state[at + SLOT_COUNT]] = [slot, 0, 0];
    }
    state[at + SLOT_SUM] = state[at + SLOT_SUM]! + value;
    state[at + SLOT_COUNT] = state[at + SLOT_COUNT]! + 1;
  }

  private neighbour(at: number, atMs: number, value: number): void {
    const { state } = this;
    if (state[at + NEAR_LAST_MS] === 0) state[at + NEAR_SMOOTH] = state[at + NEAR_SLOW] = value;
    const apartMs = atMs - state[at + NEAR_LAST_MS]!;
    state[at + NEAR_LAST_MS] = atMs;
    state[at + NEAR_SMOOTH]! += (1 - Math.exp(-apartMs / SMOOTH_MS)) * (value - state[at + NEAR_SMOOTH]!);
    state[at + NEAR_SLOW]! += (1 - Math.exp(-apartMs / SLOW_MS)) * (value - state[at + NEAR_SLOW]!);
  }

  /** The fall from the station to the pressure nearby, smoothed over two minutes and over ten: their difference is a sudden fall. */
  private press(atMs: number, value: number): void {
    const { state, at } = this;
    const station = state[this.pressures]!;
    if (station === 0) return;
    const fall = station - value;
    const apartMs = atMs - state[at + FALL_MS]!;
    if (state[at + FALL_MS] === 0 || apartMs > SLOW_MS) state[at + FALL] = state[at + FALL_SLOW] = fall;
    state[at + FALL_MS] = atMs;
    state[at + FALL] = state[at + FALL]! + (1 - Math.exp(-apartMs / SMOOTH_MS)) * (fall - state[at + FALL]!);
    state[at + FALL_SLOW] =
      state[at + FALL_SLOW]! + (1 - Math.exp(-apartMs / (5 * SMOOTH_MS))) * (fall - state[at + FALL_SLOW]!);
    if (this.gate.open === 0 && atMs - state[this.pressures + 1]! > SMOOTH_MS) {
      state[this.pressures + 1] = atMs;
      this.falls.take(state[at + FALL]! - state[at + FALL_SLOW]!);
    }
  }

  private slotBack(back: number): number {
    const slot = this.state[this.at + SLOT]! - back;
    return this.state[this.ring + (((slot % SLOTS) + SLOTS) % SLOTS)]!;
  }

  /** Rise within the last hour, %vol; NaN before an hour is known. */
  private risePerHour(): number {
    const hourAgo = this.slotBack(HOUR_SLOTS);
    return this.state[this.at + SMOOTH]! - hourAgo;
  }

  /** The steepest rise from one ten minutes to the next within the last hour and a half, as %vol in an hour. */
  private steepest(): number {
    let before = this.slotBack(9);
    let best = 0;
    for (let back = 8; back >= 0; back--) {
      const now = back === 0 ? this.state[this.at + SMOOTH]! : this.slotBack(back);
      if (now - before > best) best = now - before;
      if (!Number.isNaN(now)) before = now;
    }
    return best * HOUR_SLOTS;
  }

  private cycle(): number {
    const { state, at, hours, means } = this;
    for (let h = 0; h < means.length; h++) {
      let [sum, count] = [0, 0];
      for (let i = 1; i <= HOUR_SLOTS; i++) {
        const mean = this.slotBack(h * HOUR_SLOTS + i);
        if (!Number.isNaN(mean)) [sum, count] = [sum + mean, count + 1];
      }
      means[h] = count > 0 ? sum / count : NaN;
      hours[h] = solarHour((state[at + SLOT]! - h * HOUR_SLOTS - HOUR_SLOTS / 2) * SLOT_MS, this.place.sensor.lon);
    }
    return dayCycleCorrelation(hours, means);
  }

  /** Neighbours that rise with it. */
  private rising(): Sensor[] {
    return this.place.near.filter((_, i) => {
      const at = this.near + i * NEAR_FIELDS;
      return this.state[at + NEAR_SMOOTH]! - this.state[at + NEAR_SLOW]! > RISING_VOL;
    });
  }

  private judge(atMs: number, out: Finding[]): void {
    const { state, at, gate } = this;
    const smooth = state[at + SMOOTH]!;
    const rise = this.risePerHour();
    // Two samples count; the worst stage at once (domain 8.3).
    const vol =
      state[at + LAST]! >= METHANE_LIMITS.level1 ? state[at + LAST]! : Math.min(state[at + LAST]!, state[at + BEFORE]!);
    let gravity = GRAVITY[methaneStage(vol, smooth >= RISE_FROM_VOL ? rise : NaN)]!;
    if (gravity === 0 && gate.open > 0 && smooth > METHANE_LIMITS.preAlarm - CLEARED_VOL) gravity = 1;
    if (gravity === 0 && gate.open === 0) return;
    let move = gate.judge(gravity, atMs, this.place.sensor.sensorNo);
    if (move === 'begin') state[at + TOLD] = 0;
    // The verdict is looked at again each ten minutes, or with a move: its cost is that of two days of means.
    if (!move && !(gravity > 0 && state[at + SLOT_COUNT] === 2)) return;
    const signs: MethaneSigns = {
      risePerHour: this.steepest(),
      cycle: this.cycle(),
      risingNear: this.rising().length,
      pressureFall: this.pressureFall(),
    };
    const verdict = judgeMethane(signs);
    const source = SOURCES.indexOf(verdict.source);
    // A leak that was first taken for something else is told; the other way round, the finding ends by itself.
    if (!move && source > state[at + TOLD]!) move = 'worsen';
    if (!move) return;
    state[at + TOLD] = Math.max(source, state[at + TOLD]!);
    const ends = move === 'end';
    const told: ToldMethane = {
      ...{ value: state[at + LAST]!, vol, rise, signs, verdict },
      hourAgo: this.slotBack(HOUR_SLOTS),
      rising: this.rising(),
    };
    out.push({
      rule: 'physics',
      test: 'methane',
      change: move,
      sensorNo: gate.carrier,
      priority: priorityOf(gate.open),
      atMs: move === 'worsen' ? Math.max(atMs, gate.atMs) : gate.atMs,
      value: state[at + LAST]!,
      reason: ends ? methaneBack(this.place.manhole) : methaneReason(this.place.manhole, told),
      evidence: ends ? null : methaneEvidence(this.place, told),
    });
  }

  private pressureFall(): number {
    const { state, at, falls } = this;
    if (falls.count < 20) return 0;
    return (state[at + FALL]! - state[at + FALL_SLOW]! - falls.mean) / Math.max(falls.deviation, 1e-4);
  }
}
