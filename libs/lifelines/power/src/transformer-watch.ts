import type { Asset } from '@lifeline/contracts';
import type { Finding } from '@lifeline/detection';
import { FindingLife, FrameWatch, median, Regression, Spread, type Frame } from '@lifeline/lifeline-kit';
import { ageingRate, type Paper } from './ageing.js';
import { FORECAST_STEPS } from './load-forecast.js';
import { LoadTests } from './load-tests.js';
import {
  describeAgeing,
  describeHotAhead,
  describeOil,
  type ToldTransformer,
  type TransformerSensors,
} from './transformer-sentences.js';
import { HEAT_STATE_SIZE, settleHeat, stepHeat } from './thermal.js';
import { thermalTypeOf, type ThermalType } from './thermal-types.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A load or an air temperature is believed this long after it was measured. */
const LOAD_HOLDS_MS = 15 * MINUTE_MS;
const AIR_HOLDS_MS = 2 * HOUR_MS;
/** After a longer silence the oil is somewhere else: the model starts anew. */
const RESTART_AFTER_MS = 2 * HOUR_MS;
/** Temperatures of minutes say all the same: the model learns one in ten. */
const LEARN_EVERY_MS = 10 * MINUTE_MS;
/** The learned offset and factors belong to about two weeks; without an air sensor, to the weather of three days. */
const MEMORY = (14 * DAY_MS) / LEARN_EVERY_MS;
const MEMORY_WITHOUT_AIR = (3 * DAY_MS) / LEARN_EVERY_MS;
const READY = (12 * HOUR_MS) / LEARN_EVERY_MS;
const READY_WITHOUT_AIR = (3 * DAY_MS) / LEARN_EVERY_MS;
/** Oil over the model by less than this is no finding, K [P]: the sensor's accuracy of 1.5 K and the weather's whims. */
const LEAST_K = 5;
const LEAST_WITHOUT_AIR_K = 8;
/** Days of life in 24 h at which ageing is told, and worsens [P]; rated ageing is one day a day. */
const AGEING_DAYS = [1, 3, 10] as const;
/** Hot spot that no load may pass in normal cyclic use (IEC 60076-7 [S10]). */
const HOT_SPOT_LIMIT_C = 120;
/** One-sided 80 % of a normal law. */
const EIGHTY_PERCENT = 0.8416;

/** Floats of what the model holds between frames: its time, since when it runs, load and air with their times, last learned. */
const HELD = 9;

/**
 * One transformer: oil against the thermal model of IEC 60076-7 with learned offset and factors (cooling), hot spot and loss of life
 * (ageing), load (heavy, overload ahead), and the hot spot that the load ahead would make.
 */
export class TransformerWatch extends FrameWatch {
  private readonly held: Float64Array;
  private readonly heat: Float64Array;
  private readonly ahead = new Float64Array(HEAT_STATE_SIZE);
  private readonly model: Regression;
  private readonly spread: Spread;
  private readonly x: Float64Array;
  /** Minutes of life lost, by hour of the day; then the hour that is being filled, and the hottest spot with its time. */
  private readonly lost: Float64Array;
  private readonly cooling: FindingLife;
  private readonly ageing: FindingLife;
  private readonly hotAhead: FindingLife;
  private readonly load: LoadTests;
  private readonly type: ThermalType;
  private readonly told: ToldTransformer;
  private readonly paper: Paper;
  private readonly withAir: boolean;
  /** Of the newest oil; NaN before the first. */
  private residual = NaN;

  constructor(
    watchId: string,
    asset: Asset,
    sensors: TransformerSensors,
    label: { readonly en: string; readonly zh: string } = { en: '', zh: '' },
  ) {
    const withAir = sensors.air.length > 0;
    const coefficients = withAir ? 3 : 4;
    const slowestS = Math.max(sensors.load.intervalS, sensors.oil.intervalS);
    super(
      watchId,
      [sensors.load, sensors.oil, ...sensors.air].map(({ sensorNo }) => sensorNo),
      Math.min(HOUR_MS, Math.max(MINUTE_MS, slowestS * 1000)),
      HELD +
        HEAT_STATE_SIZE +
        Regression.stateSize(coefficients) +
        Spread.STATE_SIZE +
        27 +
        3 * FindingLife.STATE_SIZE +
        LoadTests.STATE_SIZE,
    );
    const { own } = this;
    this.withAir = withAir;
    const { type, guessed } = thermalTypeOf(asset);
    this.type = type;
    this.told = { asset, label, sensors, guessed };
    this.paper = asset.properties['paper'] === 'upgraded' ? 'upgraded' : 'normal';
    this.held = own.next(HELD);
    this.heat = own.next(HEAT_STATE_SIZE);
    this.x = new Float64Array(coefficients);
    this.model = new Regression(own.next(Regression.stateSize(coefficients)), {
      // Oil = offset + factor x modelled rise + air as the oil feels it; without a sensor the air is a level and a wave of the day.
      prior: withAir
        ? [
            { mean: 0, deviation: 4 },
            { mean: 1, deviation: 0.15 },
            { mean: 1, deviation: 0.1 },
          ]
        : [
            { mean: 16, deviation: 15 },
            { mean: 1, deviation: 0.15 },
            { mean: 0, deviation: 5 },
            { mean: 0, deviation: 5 },
          ],
      noise: 1,
      memory: withAir ? MEMORY : MEMORY_WITHOUT_AIR,
    });
    this.spread = new Spread(own.next(Spread.STATE_SIZE), withAir ? MEMORY : MEMORY_WITHOUT_AIR, 0.5);
    this.lost = own.next(27);
    const life = (test: string, onMinutes: number, offMinutes: number): FindingLife =>
      new FindingLife(own.next(FindingLife.STATE_SIZE), {
        test,
        onDelayMs: [onMinutes * MINUTE_MS],
        offDelayMs: offMinutes * MINUTE_MS,
      });
    this.cooling = life('oil-over-model', 10, 30);
    this.ageing = life('loss-of-life', 0, 60);
    this.hotAhead = life('hot-spot-forecast', 0, 60);
    this.load = new LoadTests(own.next(LoadTests.STATE_SIZE), asset, sensors.load, label);
  }

  protected closed(frame: Frame, out: Finding[]): void {
    const { held, heat, type } = this;
    const loadNow = frame.mean[0]!;
    const renewed = Number.isFinite(loadNow) && this.load.take(frame.startMs, loadNow, out);
    if (Number.isFinite(loadNow)) {
      held[2] = loadNow;
      held[3] = frame.endMs;
    }
    const airNow = median([...frame.mean.subarray(2)].filter(Number.isFinite));
    if (Number.isFinite(airNow)) {
      held[4] = airNow;
      held[5] = frame.endMs;
    }
    const airKnown = !this.withAir || (held[5] !== 0 && frame.endMs - held[5]! <= AIR_HOLDS_MS);
    if (held[3] === 0 || frame.endMs - held[3]! > Math.max(LOAD_HOLDS_MS, 2.5 * this.frameMs) || !airKnown) return;
    const load = held[2]! / 100;
    const airC = this.withAir ? held[4]! : 0;
    const minutes = (frame.endMs - held[0]!) / MINUTE_MS;
    if (held[0] === 0 || minutes * MINUTE_MS > RESTART_AFTER_MS + this.frameMs) {
      settleHeat(type, heat, load, airC);
      held[1] = frame.endMs;
    } else stepHeat(type, heat, minutes, load, airC);
    const elapsed = held[0] === 0 ? 0 : Math.min(minutes, 2 * (this.frameMs / MINUTE_MS));
    held[0] = frame.endMs;
    const oilC = frame.mean[1]!;
    if (!Number.isFinite(oilC)) return;
    this.judgeOil(frame.endMs, oilC, out);
    this.judgeAgeing(frame.endMs, oilC + heat[1]! - heat[2]!, elapsed, out);
    if (renewed && this.load.forecast.ready) this.judgeHotAhead(frame.endMs, oilC, out);
  }

  protected override accept(test: string): void {
    if (test === 'oil-over-model' && Number.isFinite(this.residual)) this.model.shift(0, this.residual);
  }

  /** Of the oil: what load and air leave of it. */
  unexplained(sensorNo: number, atMs: number): number {
    const { held } = this;
    if (sensorNo !== this.told.sensors.oil.sensorNo || held[8] === 0 || atMs - held[8]! > LOAD_HOLDS_MS) return NaN;
    return held[7]!;
  }

  private judgeOil(atMs: number, oilC: number, out: Finding[]): void {
    const { x, heat, model, spread, cooling, held } = this;
    x[0] = 1;
    x[1] = heat[0]!;
    if (this.withAir) x[2] = heat[3]!;
    else {
      const angle = (atMs / DAY_MS) * 2 * Math.PI;
      x[2] = Math.sin(angle);
      x[3] = Math.cos(angle);
    }
    const expected = model.predict(x);
    const residual = oilC - expected;
    this.residual = residual;
    // What the start did not know of the oil has faded after three of its time constants.
    const settled = atMs - held[1]! >= 3 * this.type.k11 * this.type.oilMinutes * MINUTE_MS;
    if (!settled) return;
    const ready = model.count >= (this.withAir ? READY : READY_WITHOUT_AIR);
    const deviation = Math.hypot(spread.deviation, model.doubt(x));
    const bar = Math.max(this.withAir ? LEAST_K : LEAST_WITHOUT_AIR_K, 5 * deviation);
    if (ready) {
      held[7] = residual;
      held[8] = atMs;
      const level = residual > 2.5 * bar ? 3 : residual > 1.6 * bar ? 2 : residual > bar ? 1 : 0;
      // Near the bar it neither begins nor ends.
      const open = cooling.level > 0 && residual > 0.6 * bar ? Math.max(1, level) : level;
      cooling.judge(open, atMs, out, (reached) =>
        describeOil(this.told, reached, {
          oilC,
          expectedC: expected,
          deviation,
          loadPercent: held[2]!,
          airC: this.withAir ? held[4]! : null,
          hotSpotC: oilC + heat[1]! - heat[2]!,
          factor: model.coefficient(1),
        }),
      );
    }
    if (atMs - held[6]! < LEARN_EVERY_MS || cooling.suspects) return;
    held[6] = atMs;
    model.learn(x, ready ? expected + Math.max(-3 * deviation, Math.min(3 * deviation, residual)) : oilC);
    if (model.count > 12) spread.learn(residual);
  }

  private judgeAgeing(atMs: number, hotSpotC: number, minutes: number, out: Finding[]): void {
    const { lost } = this;
    const hour = Math.floor(atMs / HOUR_MS);
    if (lost[24] !== 0) for (let at = Math.max(lost[24]! + 1, hour - 23); at <= hour; at++) lost[at % 24] = 0;
    lost[24] = hour;
    lost[hour % 24]! += ageingRate(hotSpotC, this.paper) * minutes;
    if (hotSpotC > lost[25]! || atMs - lost[26]! > DAY_MS) {
      lost[25] = hotSpotC;
      lost[26] = atMs;
    }
    let sum = 0;
    for (let i = 0; i < 24; i++) sum += lost[i]!;
    const days = sum / (24 * 60);
    let level = 0;
    while (level < 3 && days > AGEING_DAYS[level]!) level++;
    if (this.ageing.level > 0 && days > 0.8 * AGEING_DAYS[0]) level = Math.max(level, 1);
    this.ageing.judge(level, atMs, out, (reached) =>
      describeAgeing(this.told, reached, {
        days,
        hottestC: lost[25]!,
        hottestAtMs: lost[26]!,
        loadPercent: this.held[2]!,
      }),
    );
  }

  /** The hot spot that the load ahead makes, from the oil as it is now, air as now. */
  private judgeHotAhead(atMs: number, oilC: number, out: Finding[]): void {
    const probable = this.hottestAhead(oilC, 0);
    const low = this.hottestAhead(oilC, -EIGHTY_PERCENT);
    const now = oilC + this.heat[1]! - this.heat[2]!;
    const level = now >= HOT_SPOT_LIMIT_C ? this.hotAhead.level : low.hottestC >= HOT_SPOT_LIMIT_C ? 1 : 0;
    this.hotAhead.judge(level, atMs, out, () =>
      describeHotAhead(this.told, {
        oilC,
        loadPercent: this.held[2]!,
        nowC: now,
        atMs,
        probableC: probable.hottestC,
        lowC: low.hottestC,
        highC: this.hottestAhead(oilC, EIGHTY_PERCENT).hottestC,
        passedMs: probable.passedMs ?? low.passedMs ?? atMs,
      }),
    );
  }

  private hottestAhead(oilC: number, deviations: number): { hottestC: number; passedMs: number | null } {
    const { ahead, heat, type, load } = this;
    ahead.set(heat);
    // What the model does not explain of the oil stays as it is.
    ahead[3]! += oilC - heat[0]! - heat[3]!;
    const airC = ahead[3]!;
    let hottestC = 0;
    let passedMs: number | null = null;
    for (let step = 1; step <= FORECAST_STEPS; step++) {
      const percent = load.forecast.expected(step) + deviations * load.forecast.deviation(step);
      stepHeat(type, ahead, 30, Math.max(0, percent) / 100, airC);
      const hotSpotC = ahead[0]! + ahead[3]! + ahead[1]! - ahead[2]!;
      hottestC = Math.max(hottestC, hotSpotC);
      if (hotSpotC >= HOT_SPOT_LIMIT_C) passedMs ??= load.forecast.startMs(step + 1);
    }
    return { hottestC, passedMs };
  }
}
