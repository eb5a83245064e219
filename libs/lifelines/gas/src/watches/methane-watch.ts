import type { Asset, Evidence, Sensor } from '@lifeline/contracts';
import type { Words } from '@lifeline/catalogue';
import type { AssetWatch, Finding } from '@lifeline/detection';
import {
  FindingSwitch,
  lineOf,
  locationOn,
  placeOnLine,
  priorityOf,
  SlowMean,
  StateBook,
  type Gravity,
} from '@lifeline/lifeline-kit';
import {
  dayCycleCorrelation,
  judgeMethane,
  METHANE_LIMITS,
  methaneStage,
  percentOfLel,
  solarHour,
  type MethaneSigns,
  type MethaneVerdict,
} from '../physics/methane.js';

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
/** A leak is along the pipe within so far of the manhole where it shows most [P]. */
const WHEREABOUTS_M = 50;

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

export interface MethanePlace {
  readonly manhole: Asset;
  readonly sensor: Sensor;
  /** Probes within 50 m. */
  readonly near: readonly Sensor[];
  /** The pressure nearest to it on its network, and the station's outlet to compare with; both or none. */
  readonly pressure: { readonly near: Sensor; readonly station: Sensor } | undefined;
  /** The pipe it stands on. */
  readonly pipe: Asset | undefined;
}

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
    const { place, state } = this;
    if (sensorNo === place.sensor.sensorNo) {
      this.own(atMs, value);
      this.judge(atMs, out);
      return;
    }
    const i = place.near.findIndex((near) => near.sensorNo === sensorNo);
    if (i >= 0) this.neighbour(this.near + i * NEAR_FIELDS, atMs, value);
    else if (sensorNo === place.pressure?.near.sensorNo) this.press(atMs, value);
    else if (sensorNo === place.pressure?.station.sensorNo) state[this.pressures] = value;
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
    for (const [field, overMs] of [
      [NEAR_SMOOTH, SMOOTH_MS],
      [NEAR_SLOW, SLOW_MS],
    ] as const)
      state[at + field] = state[at + field]! + (1 - Math.exp(-apartMs / overMs)) * (value - state[at + field]!);
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

  private risingNear(): number {
    let rising = 0;
    this.place.near.forEach((_, i) => {
      const at = this.near + i * NEAR_FIELDS;
      if (this.state[at + NEAR_SMOOTH]! - this.state[at + NEAR_SLOW]! > RISING_VOL) rising++;
    });
    return rising;
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
      risingNear: this.risingNear(),
      pressureFall: this.pressureFall(),
    };
    const verdict = judgeMethane(signs);
    const told = SOURCES.indexOf(verdict.source);
    // A leak that was first taken for something else is told; the other way round, the finding ends by itself.
    if (!move && told > state[at + TOLD]!) move = 'worsen';
    if (!move) return;
    state[at + TOLD] = Math.max(told, state[at + TOLD]!);
    const ends = move === 'end';
    out.push({
      rule: 'physics',
      test: 'methane',
      change: move,
      sensorNo: gate.carrier,
      priority: priorityOf(gate.open),
      atMs: move === 'worsen' ? Math.max(atMs, gate.atMs) : gate.atMs,
      value: state[at + LAST]!,
      reason: ends ? this.clear() : this.sentence(vol, rise, signs, verdict),
      evidence: ends ? null : this.evidence(rise, signs, verdict),
    });
  }

  private pressureFall(): number {
    const { state, at, falls } = this;
    if (falls.count < 20) return 0;
    return (state[at + FALL]! - state[at + FALL_SLOW]! - falls.mean) / Math.max(falls.deviation, 1e-4);
  }

  private clear(): Words {
    const { name, nameZh } = this.place.manhole;
    return { en: `Methane in ${name} is back to the usual`, zh: `${nameZh}甲烷浓度恢复正常` };
  }

  private sentence(vol: number, rise: number, signs: MethaneSigns, verdict: MethaneVerdict): Words {
    const { name, nameZh } = this.place.manhole;
    const lel = percentOfLel(vol).toFixed(0);
    const rises = rise > METHANE_LIMITS.risePerHour;
    const head: Words = {
      en: `Methane ${vol.toFixed(2)} %vol (${lel} % of the explosive limit) in ${name}${rises ? `, ${rise.toFixed(1)} more than an hour ago` : ''}: `,
      zh: `${nameZh}甲烷${vol.toFixed(2)} %vol(爆炸下限的${lel} %)${rises ? `,较1小时前上升${rise.toFixed(1)}` : ''}:`,
    };
    return { en: head.en + VERDICT[verdict.source].en(signs), zh: head.zh + VERDICT[verdict.source].zh(signs) };
  }

  private evidence(rise: number, signs: MethaneSigns, { confidence }: MethaneVerdict): Evidence {
    const { state, at, place } = this;
    const { sensor, near, pipe, manhole } = place;
    const value = state[at + LAST]!;
    const usual = this.slotBack(HOUR_SLOTS);
    const expected = Number.isNaN(usual) ? 0.05 : Math.min(usual, METHANE_LIMITS.preAlarm);
    const rising = near.filter((_, i) => {
      const n = this.near + i * NEAR_FIELDS;
      return state[n + NEAR_SMOOTH]! - state[n + NEAR_SLOW]! > RISING_VOL;
    });
    const total = value + rising.length * value * 0.5;
    const along = pipe && manhole.geometry.type === 'Point' && placeOnLine(lineOf(pipe), manhole.geometry.coordinates);
    return {
      test: 'methane',
      expected: { value: expected, low: 0, high: METHANE_LIMITS.preAlarm },
      residual: null,
      carriers: [
        { sensorId: sensor.sensorId, share: total > 0 ? value / total : 1, value, expected },
        ...rising.slice(0, 15).map(({ sensorId }) => ({
          sensorId,
          share: total > 0 ? (0.5 * value) / total : 0,
          value: null,
          expected: null,
        })),
      ],
      confidence,
      location: along ? locationOn(pipe, along.alongM, WHEREABOUTS_M) : null,
      figures: [
        {
          name: { en: 'share of the explosive limit', zh: '爆炸下限百分比' },
          value: percentOfLel(value),
          unit: '%{LEL}',
        },
        ...figure('rise in the last hour', '近1小时上升', rise, '%{vol}'),
        ...figure('steepest rise', '最快上升速率', signs.risePerHour, '%{vol}/h'),
        ...figure('follows the day, correlation', '与昼夜温度相关系数', signs.cycle, '1'),
        ...figure('neighbours that rise', '同步上升的相邻测点', signs.risingNear, '1'),
      ],
    };
  }
}

function figure(en: string, zh: string, value: number, unit: string): Evidence['figures'] {
  return Number.isFinite(value) ? [{ name: { en, zh }, value, unit }] : [];
}

type Saying = (signs: MethaneSigns) => string;
const VERDICT: Readonly<Record<MethaneVerdict['source'], { readonly en: Saying; readonly zh: Saying }>> = {
  leak: {
    en: ({ risingNear, pressureFall }) =>
      `a gas leak${risingNear > 0 ? `, for ${risingNear} more within 50 m rise with it` : ''}${pressureFall > 4 ? ', and the pressure near it falls' : ''}; no ignition, ventilate`,
    zh: ({ risingNear, pressureFall }) =>
      `疑似燃气泄漏${risingNear > 0 ? `(50 m内另有${risingNear}处同步上升)` : ''}${pressureFall > 4 ? ',附近管压下降' : ''};禁火、通风`,
  },
  'marsh-gas': {
    en: () => 'it follows the warmth of the day, as marsh gas does; sample it for ethane',
    zh: () => '随昼夜温度变化,像是沼气;取样检测乙烷',
  },
  unclear: { en: () => 'a leak or marsh gas; sample it for ethane', zh: () => '泄漏或沼气待甄别;取样检测乙烷' },
};
