import type { Asset, Evidence, Sensor } from '@lifeline/contracts';
import type { Words } from '@lifeline/catalogue';
import type { AssetWatch, Finding } from '@lifeline/detection';
import { FindingSwitch, priorityOf, SlowMean, StateBook, type Gravity } from '@lifeline/lifeline-kit';
import { efficiencyLoss, judgeSump, PUMP_LIMITS, pumpRate, type SumpVerdict } from '../physics/pump.js';
import { timeToThreshold } from '../physics/threshold-time.js';
import { LevelSlots } from './level-slots.js';
import { Standstill } from './standstill.js';

/** Shortest slot of the level; a slower sensor makes its own. */
const SLOT_MS = 10_000;
/** So long of it shows whether the level falls. */
const SLOPE_MS = 120_000;
/** A turn is believed when the level came back by so much, m. */
const TURNED_M = 0.12;
/** Cycles that make the usual, and those that make now. */
const USUAL_MEMORY = 200;
const USUAL_FIRST = 8;
const NOW_MEMORY = 4;
/** A station whose start level is not learned yet: its high limit, m over the floor [P]. */
const UNKNOWN_START_M = 3;

/** 1 fills, -1 is pumped; 0 at first. */
const PHASE = 0;
const EXTREME = 1;
const EXTREME_MS = 2;
const TURN = 3;
const TURN_MS = 4;
const FILL = 5;
const CYCLES = 6;
const RAIN = 7;
const RAIN_MS = 8;
const FIELDS = 9;

export interface SumpPlace {
  readonly station: Asset;
  readonly level: Sensor;
  readonly rain: Sensor | undefined;
}

/**
 * The sump of a pump station, by its level alone: it learns at which level the pumps start and how fast they lift, from the saw
 * teeth of the level, and tells when they should run and the level does not fall, or when they lift less than they did.
 */
export class SumpWatch implements AssetWatch {
  readonly watchId: string;
  readonly sensorNos: readonly number[];
  readonly state: Float64Array;
  private readonly at: number;
  private readonly slots: LevelSlots;
  private readonly kept: number;
  private readonly starts: SlowMean;
  private readonly usual: SlowMean;
  private readonly now: SlowMean;
  private readonly fault: FindingSwitch;
  private readonly wear: FindingSwitch;
  private readonly standstill: Standstill;

  constructor(private readonly place: SumpPlace) {
    const { station, level, rain } = place;
    this.watchId = `drainage/sump/${station.assetId}/${level.channel}`;
    this.sensorNos = [level, ...(rain ? [rain] : [])].map(({ sensorNo }) => sensorNo);
    const book = new StateBook();
    this.at = book.take(FIELDS);
    const slotMs = Math.max(SLOT_MS, 1000 * level.intervalS);
    this.kept = Math.max(4, Math.round(SLOPE_MS / slotMs));
    const slots = book.take(LevelSlots.fieldsOf(this.kept));
    const means = [0, 1, 2].map(() => book.take(SlowMean.FIELDS));
    const switches = [0, 1].map(() => book.take(FindingSwitch.FIELDS));
    const standstill = book.take(Standstill.FIELDS);
    this.state = book.make();
    this.standstill = new Standstill(this.state, standstill, station, level);
    this.slots = new LevelSlots(this.state, slots, this.kept, slotMs);
    this.starts = new SlowMean(this.state, means[0]!, 20);
    this.usual = new SlowMean(this.state, means[1]!, USUAL_MEMORY);
    this.now = new SlowMean(this.state, means[2]!, NOW_MEMORY);
    this.fault = new FindingSwitch(this.state, switches[0]!, { onDelayMs: 90_000, offDelayMs: 180_000 });
    this.wear = new FindingSwitch(this.state, switches[1]!, { onDelayMs: 0, offDelayMs: 0 });
  }

  take(sensorNo: number, atMs: number, value: number, out: Finding[]): void {
    const { state, at } = this;
    if (sensorNo !== this.place.level.sensorNo) {
      [state[at + RAIN], state[at + RAIN_MS]] = [value, atMs];
      return;
    }
    this.standstill.take(atMs, value, out);
    if (!this.slots.take(atMs, value)) return;
    this.follow(atMs, out);
    this.judge(atMs, value, out);
  }

  tick(): void {}

  /** Finds the turns of the level: where it was highest the pumps started, and where lowest they stopped. */
  private follow(atMs: number, out: Finding[]): void {
    const { state, at } = this;
    const level = this.slots.newest;
    const phase = state[at + PHASE]!;
    if (phase === 0) {
      [state[at + PHASE], state[at + EXTREME], state[at + EXTREME_MS]] = [1, level, atMs];
      return;
    }
    if ((level - state[at + EXTREME]!) * phase >= 0) {
      [state[at + EXTREME], state[at + EXTREME_MS]] = [level, atMs];
      return;
    }
    if ((state[at + EXTREME]! - level) * phase < TURNED_M) return;
    const minutes = (state[at + EXTREME_MS]! - state[at + TURN_MS]!) / 60_000;
    const rate = state[at + TURN_MS] === 0 || minutes <= 0 ? NaN : (state[at + EXTREME]! - state[at + TURN]!) / minutes;
    if (phase > 0) {
      if (this.fault.open === 0) this.starts.take(state[at + EXTREME]!);
      state[at + FILL] = Number.isNaN(rate) ? 0 : rate;
    } else if (!Number.isNaN(rate) && state[at + FILL]! > 0) this.lifted(pumpRate(state[at + FILL]!, rate), atMs, out);
    [state[at + TURN], state[at + TURN_MS]] = [state[at + EXTREME]!, state[at + EXTREME_MS]!];
    [state[at + PHASE], state[at + EXTREME], state[at + EXTREME_MS]] = [-phase, level, atMs];
    state[at + CYCLES] = state[at + CYCLES]! + 1;
  }

  /** A cycle is over: what the pumps lifted in it, m/min. */
  private lifted(rate: number, atMs: number, out: Finding[]): void {
    const { usual, now, wear, place } = this;
    now.take(rate);
    const loss = efficiencyLoss(usual.mean, now.mean);
    if (usual.count < USUAL_FIRST || (loss < PUMP_LIMITS.wornShare / 2 && wear.open === 0)) usual.take(rate);
    if (usual.count < USUAL_FIRST || now.count < NOW_MEMORY) return;
    // Now is the mean of four cycles: its own error is half of one cycle's.
    const clear = usual.mean - now.mean > 2.5 * usual.deviation;
    let gravity: Gravity = 0;
    if (clear && loss > PUMP_LIMITS.wornShare) gravity = loss > PUMP_LIMITS.wornOutShare ? 2 : 1;
    // Put right when half of it is back.
    else if (wear.open > 0 && loss > PUMP_LIMITS.wornShare / 2) gravity = wear.open;
    const move = wear.judge(gravity, atMs, place.level.sensorNo);
    if (!move) return;
    const { name, nameZh } = place.station;
    const percent = Math.round(loss * 100);
    const reason: Words =
      move === 'end'
        ? { en: `The pumps of ${name} lift as they used to`, zh: `${nameZh}抽排能力恢复` }
        : {
            en: `The pumps of ${name} lift ${percent} % less than they used to (${now.mean.toFixed(2)} instead of ${usual.mean.toFixed(2)} m/min of sump level): worn or clogged impeller, or a valve not open`,
            zh: `${nameZh}抽排能力下降${percent} %(集水池降速由${usual.mean.toFixed(2)}降至${now.mean.toFixed(2)} m/min):叶轮磨损堵塞或阀门未全开`,
          };
    out.push({
      ...{ rule: 'physics', test: 'pump-wear', change: move, sensorNo: wear.carrier },
      ...{ priority: priorityOf(wear.open), atMs: wear.atMs, value: this.slots.newest, reason },
      evidence:
        move === 'end'
          ? null
          : this.evidence('pump-wear', 0.75, [
              { name: { en: 'lifted now', zh: '当前抽排速率' }, value: now.mean, unit: 'm/min' },
              { name: { en: 'lifted before', zh: '惯常抽排速率' }, value: usual.mean, unit: 'm/min' },
              { name: { en: 'lost', zh: '能力损失' }, value: percent, unit: '%' },
            ]),
    });
  }

  private get startM(): number {
    const { starts, place } = this;
    return starts.count >= 3 ? starts.mean : (place.level.limits.high ?? UNKNOWN_START_M);
  }

  private judge(atMs: number, value: number, out: Finding[]): void {
    const { state, at, fault, place } = this;
    // Nearly always: under the level at which the pumps should run all is ordinary, whatever its slope.
    if (fault.open === 0 && this.slots.newest < this.startM + PUMP_LIMITS.overStartM) {
      fault.judge(0, atMs, place.level.sensorNo);
      return;
    }
    const trend = this.slots.trend();
    if (!trend) return;
    const allOnM = place.level.limits.highHigh ?? this.startM + 1;
    const rainMm = place.rain && state[at + RAIN_MS]! > 0 ? state[at + RAIN]! : NaN;
    const verdict = judgeSump({
      ...{ levelM: Math.min(trend.now, this.slots.newest), startM: this.startM, allOnM, rainMm },
      // A level that stands still to a millimetre does not fall.
      slopeMMin: Math.abs(trend.slope * 60) < 0.005 ? 0 : trend.slope * 60,
      usualFillMMin: state[at + FILL]! > 0 ? state[at + FILL]! : NaN,
    });
    let gravity: Gravity = 0;
    if (verdict.kind !== 'ordinary') gravity = trend.now >= allOnM ? 3 : 2;
    const move = fault.judge(gravity, atMs, place.level.sensorNo);
    if (!move) return;
    const fills = timeToThreshold(
      { now: trend.now, slope: trend.slope, slopeError: trend.error, nowError: 0.01 },
      allOnM,
    );
    out.push({
      ...{ rule: 'physics', test: 'pump-fault', change: move, sensorNo: fault.carrier },
      ...{ priority: priorityOf(fault.open), atMs: fault.atMs, value },
      reason: this.sentence(verdict, trend.now, trend.slope * 60, fills && fills.inS / 60),
      evidence:
        move === 'end' || verdict.kind === 'ordinary'
          ? null
          : this.evidence('pump-fault', verdict.confidence, [
              { name: { en: 'rise', zh: '上升速率' }, value: trend.slope * 60, unit: 'm/min' },
              { name: { en: 'usual start level', zh: '惯常启泵水位' }, value: this.startM, unit: 'm' },
              ...(fills
                ? [
                    {
                      name: { en: 'time to the high-high level', zh: '距高高水位' },
                      value: fills.inS / 60,
                      unit: 'min',
                    },
                  ]
                : []),
            ]),
    });
  }

  private sentence(verdict: SumpVerdict, levelM: number, perMinute: number, fillsMin: number | undefined): Words {
    const { name, nameZh } = this.place.station;
    if (verdict.kind === 'ordinary')
      return { en: `The sump of ${name} is pumped down again`, zh: `${nameZh}集水池水位恢复正常` };
    const start = this.startM.toFixed(1);
    const soon = fillsMin === undefined ? '' : `; high-high in about ${Math.round(fillsMin)} min`;
    const soonZh = fillsMin === undefined ? '' : `,约${Math.round(fillsMin)}分钟后到高高水位`;
    const head: Words = {
      en: `The sump of ${name} is at ${levelM.toFixed(1)} m, over the ${start} m at which its pumps start, and rises ${perMinute.toFixed(2)} m/min: `,
      zh: `${nameZh}集水池水位${levelM.toFixed(1)} m,已超过惯常启泵水位${start} m仍以${perMinute.toFixed(2)} m/min上升:`,
    };
    return verdict.kind === 'pumps-fail'
      ? { en: `${head.en}the pumps do not lift${soon}`, zh: `${head.zh}水泵未抽排${soonZh}` }
      : { en: `${head.en}more comes in than the pumps lift${soon}`, zh: `${head.zh}来水超过抽排能力${soonZh}` };
  }

  private evidence(test: string, confidence: number, figures: Evidence['figures']): Evidence {
    const { place, state, at } = this;
    const stop = place.level.limits.low ?? 0;
    const rains = place.rain && state[at + RAIN_MS]! > 0;
    return {
      test,
      expected: { value: (stop + this.startM) / 2, low: stop, high: this.startM },
      residual: null,
      carriers: [
        { sensorId: place.level.sensorId, share: 1, value: this.slots.newest, expected: this.startM },
        ...(place.rain && rains
          ? [{ sensorId: place.rain.sensorId, share: 0, value: state[at + RAIN]!, expected: null }]
          : []),
      ],
      confidence,
      location: null,
      figures,
    };
  }
}
