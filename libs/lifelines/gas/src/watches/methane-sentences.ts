import type { Asset, Evidence, Sensor } from '@lifeline/contracts';
import type { Words } from '@lifeline/catalogue';
import { lineOf, locationOn, placeOnLine } from '@lifeline/lifeline-kit';
import { METHANE_LIMITS, percentOfLel, type MethaneSigns, type MethaneVerdict } from '../physics/methane.js';

/** A leak is along the pipe within so far of the manhole where it shows most [P]. */
const WHEREABOUTS_M = 50;
/** Of an hour that is not known, %vol. */
const USUAL_VOL = 0.05;

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

/** What there is to tell of the methane in a manhole. */
export interface ToldMethane {
  /** The newest reading, and the one that counts: %vol. */
  readonly value: number;
  readonly vol: number;
  /** Against an hour ago, and the mean of then: %vol; NaN where that is not known. */
  readonly rise: number;
  readonly hourAgo: number;
  readonly rising: readonly Sensor[];
  readonly signs: MethaneSigns;
  readonly verdict: MethaneVerdict;
}

export function methaneBack({ name, nameZh }: Asset): Words {
  return { en: `Methane in ${name} is back to the usual`, zh: `${nameZh}甲烷浓度恢复正常` };
}

export function methaneReason({ name, nameZh }: Asset, { vol, rise, signs, verdict }: ToldMethane): Words {
  const lel = percentOfLel(vol).toFixed(0);
  const rises = rise > METHANE_LIMITS.risePerHour;
  const head: Words = {
    en: `Methane ${vol.toFixed(2)} %vol (${lel} % of the explosive limit) in ${name}${rises ? `, ${rise.toFixed(1)} more than an hour ago` : ''}: `,
    zh: `${nameZh}甲烷${vol.toFixed(2)} %vol(爆炸下限的${lel} %)${rises ? `,较1小时前上升${rise.toFixed(1)}` : ''}:`,
  };
  return { en: head.en + VERDICT[verdict.source].en(signs), zh: head.zh + VERDICT[verdict.source].zh(signs) };
}

export function methaneEvidence(place: MethanePlace, told: ToldMethane): Evidence {
  const { sensor, pipe, manhole } = place;
  const { value, rise, hourAgo, rising, signs, verdict } = told;
  const expected = Number.isNaN(hourAgo) ? USUAL_VOL : Math.min(hourAgo, METHANE_LIMITS.preAlarm);
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
    confidence: verdict.confidence,
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
