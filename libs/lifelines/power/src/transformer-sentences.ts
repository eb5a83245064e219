import type { Asset, Sensor } from '@lifeline/contracts';
import { evidenceOf, localTime, told, type Judged } from '@lifeline/lifeline-kit';

/** What the tests of a transformer have to say, in words and evidence. */

export interface TransformerSensors {
  readonly load: Sensor;
  readonly oil: Sensor;
  readonly hotSpot?: Sensor;
  /** Outdoor air near by; their median counts, so that one that drifts moves nothing. */
  readonly air: readonly Sensor[];
}

export interface ToldTransformer {
  readonly asset: Asset;
  /** Tells the transformers of a substation apart. */
  readonly label: { readonly en: string; readonly zh: string };
  readonly sensors: TransformerSensors;
  /** True where the kind of cooling was not on record. */
  readonly guessed: boolean;
}

export interface OilFacts {
  readonly oilC: number;
  readonly expectedC: number;
  readonly deviation: number;
  readonly loadPercent: number;
  /** Null where no air is measured. */
  readonly airC: number | null;
  readonly hotSpotC: number;
  /** Learned factor of the rise. */
  readonly factor: number;
}

export interface AgeingFacts {
  readonly days: number;
  readonly hottestC: number;
  readonly hottestAtMs: number;
  readonly loadPercent: number;
}

export interface HotAheadFacts {
  readonly oilC: number;
  readonly loadPercent: number;
  readonly nowC: number;
  readonly atMs: number;
  readonly probableC: number;
  readonly lowC: number;
  readonly highC: number;
  readonly passedMs: number;
}

export function describeOil(of: ToldTransformer, level: number, facts: OilFacts): Judged {
  const { asset, label, sensors } = of;
  const { oilC, expectedC: expected, deviation, loadPercent: load } = facts;
  const over = oilC - expected;
  const air =
    facts.airC !== null
      ? {
          en: `${told(load)} % load in air of ${told(facts.airC)} °C`,
          zh: `负载率${told(load)}%、气温${told(facts.airC)} °C`,
        }
      : { en: `${told(load)} % load`, zh: `负载率${told(load)}%` };
  return {
    sensorNo: sensors.oil.sensorNo,
    value: oilC,
    priority: level >= 3 ? 'red' : level === 2 ? 'orange' : 'yellow',
    reason: {
      en: `Oil of ${asset.name}${label.en} is ${told(over)} K hotter than ${air.en} explains (${told(oilC, 1)} instead of ${told(expected, 1)} °C): fans, pumps or radiators are likely not cooling.`,
      zh: `${asset.nameZh}${label.zh}油温比${air.zh}应有值高${told(over)} K(实测${told(oilC, 1)} °C,应为${told(expected, 1)} °C):可能风扇、油泵或散热器冷却失效。`,
    },
    evidence: evidenceOf({
      test: 'oil-over-model',
      expected: { value: expected, low: expected - 3 * deviation, high: expected + 3 * deviation },
      residual: over / deviation,
      carriers: [
        { sensorId: sensors.oil.sensorId, share: 0.8, value: oilC, expected },
        { sensorId: sensors.load.sensorId, share: 0.2, value: load },
      ],
      confidence: (facts.airC !== null ? 0.9 : 0.7) - (of.guessed ? 0.15 : 0),
      figures: [
        { name: { en: 'Oil over the model', zh: '油温高出模型' }, value: over, unit: 'K' },
        {
          name: { en: 'Learned factor of the rise', zh: '温升修正系数' },
          value: facts.factor,
          unit: '1',
        },
        { name: { en: 'Hot spot', zh: '绕组热点' }, value: facts.hotSpotC, unit: 'Cel' },
      ],
    }),
  };
}

export function describeAgeing(of: ToldTransformer, level: number, facts: AgeingFacts): Judged {
  const { asset, label, sensors } = of;
  const { days, hottestC: hottest } = facts;
  const carrier = sensors.hotSpot ?? sensors.oil;
  const at = localTime(facts.hottestAtMs);
  const amount = told(days, 1);
  return {
    sensorNo: carrier.sensorNo,
    value: hottest,
    priority: level >= 3 ? 'red' : level === 2 ? 'orange' : 'yellow',
    reason: {
      en: `The last 24 hours cost ${asset.name}${label.en} ${amount} days of insulation life (hot spot up to ${told(hottest)} °C at ${at}): relieve it before the next such night.`,
      zh: `${asset.nameZh}${label.zh}近24小时绝缘寿命损失${amount}天(热点最高${told(hottest)} °C,${at}):请在下一个高峰前降低负荷。`,
    },
    evidence: evidenceOf({
      test: 'loss-of-life',
      carriers: [
        { sensorId: sensors.oil.sensorId, share: 0.5 },
        { sensorId: sensors.load.sensorId, share: 0.5, value: facts.loadPercent },
      ],
      confidence: of.guessed ? 0.6 : 0.85,
      figures: [
        { name: { en: 'Life lost in 24 h', zh: '24小时寿命损失' }, value: days, unit: 'd' },
        { name: { en: 'Hottest spot', zh: '最高热点温度' }, value: hottest, unit: 'Cel' },
      ],
    }),
  };
}

export function describeHotAhead(of: ToldTransformer, facts: HotAheadFacts): Judged {
  const { asset, label, sensors } = of;
  const carrier = sensors.hotSpot ?? sensors.oil;
  const when = localTime(facts.passedMs);
  return {
    sensorNo: carrier.sensorNo,
    value: carrier === sensors.oil ? facts.oilC : facts.nowC,
    priority: 'orange',
    reason: {
      en: `The winding of ${asset.name}${label.en} will pass 120 °C at about ${when} and reach ${told(facts.probableC)} °C (now ${told(facts.nowC)} °C) if the load goes on as expected: shift load before.`,
      zh: `${asset.nameZh}${label.zh}绕组热点预计约${when}超过120 °C,最高${told(facts.probableC)} °C(当前${told(facts.nowC)} °C):请提前转移负荷。`,
    },
    evidence: evidenceOf({
      test: 'hot-spot-forecast',
      expected: { value: facts.probableC, low: facts.lowC, high: facts.highC },
      carriers: [
        { sensorId: sensors.load.sensorId, share: 0.7, value: facts.loadPercent },
        { sensorId: sensors.oil.sensorId, share: 0.3, value: facts.oilC },
      ],
      confidence: of.guessed ? 0.6 : 0.8,
      figures: [
        { name: { en: 'Hot spot expected', zh: '预计热点温度' }, value: facts.probableC, unit: 'Cel' },
        {
          name: { en: 'Time until 120 °C', zh: '距120 °C时间' },
          value: (facts.passedMs - facts.atMs) / 3_600_000,
          unit: 'h',
        },
      ],
    }),
  };
}
