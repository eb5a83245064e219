import type { Asset, Evidence, Sensor } from '@lifeline/contracts';
import type { Words } from '@lifeline/catalogue';
import { lineLengthM, lineOf, locationOn, placeOnLine } from '@lifeline/lifeline-kit';
import { MANHOLE_LIMITS, type ManholeCause } from '../physics/manhole.js';

export const MANHOLE_TESTS = ['blockage', 'backflow', 'surcharge'] as const;
export type ManholeTest = (typeof MANHOLE_TESTS)[number];

export interface ManholePlace {
  readonly manhole: Asset;
  readonly sensor: Sensor;
  /** Other manholes that drain to the same station. */
  readonly others: readonly Sensor[];
  readonly rain: Sensor | undefined;
  readonly river: Sensor | undefined;
  readonly pipe: Asset | undefined;
}

/** What the cause was judged by; NaN where it is not known. */
export interface ManholeSigns {
  readonly rainMm: number;
  readonly riverM: number;
  readonly othersHigh: number;
  readonly confidence: number;
  readonly cause: ManholeCause;
}

/** What there is to tell of the water in a manhole. */
export interface ToldManhole extends ManholeSigns {
  /** Reading of the sensor, and the level of its last minute: m under the cover. */
  readonly value: number;
  readonly levelM: number;
  readonly excessM: number;
  /** Minutes until it reaches the cover. */
  readonly inMin: number | undefined;
  readonly usualDeviationM: number;
  /** Water over the pipe's diameter; NaN where one is not known. */
  readonly filling: number;
}

export function manholeBack({ name, nameZh }: Asset): Words {
  return { en: `Water in ${name} is back to its usual level`, zh: `${nameZh}水位恢复正常` };
}

export function manholeReason({ name, nameZh }: Asset, test: ManholeTest, told: ToldManhole): Words {
  const { excessM, levelM, inMin } = told;
  const head: Words = {
    en: `Water in ${name} stands ${excessM.toFixed(1)} m higher than usual, ${levelM.toFixed(1)} m under the cover${inMin === undefined ? '' : `, and reaches it in about ${inMin} min`}`,
    zh: `${nameZh}水位比惯常高${excessM.toFixed(1)} m,距井盖${levelM.toFixed(1)} m${inMin === undefined ? '' : `,约${inMin}分钟后到井口`}`,
  };
  const says = causeOf(test, told);
  return { en: `${head.en}: ${says.en}`, zh: `${head.zh}:${says.zh}` };
}

function causeOf(test: ManholeTest, { rainMm, riverM, othersHigh, cause }: ManholeSigns): Words {
  if (test === 'backflow')
    return {
      en: `it stands as high as the river (${riverM.toFixed(1)} m), which flows back; close the gate at the outfall`,
      zh: `与河道水位(${riverM.toFixed(1)} m)齐平,河水倒灌,检查排口闸门`,
    };
  if (test === 'blockage') {
    const dry = Number.isNaN(rainMm) ? '' : rainMm < 1 ? 'without rain ' : 'more than the rain explains ';
    return {
      en: `${dry}and ${othersHigh === 0 ? 'alone' : 'with few others'}: the drain below it is blocked`,
      zh: `${Number.isNaN(rainMm) ? '' : rainMm < 1 ? '无降雨且' : '超出降雨影响且'}${othersHigh === 0 ? '仅此一处' : '仅少数测点'}壅高:下游管道堵塞`,
    };
  }
  return cause === 'rain'
    ? {
        en: `${rainMm.toFixed(0)} mm of rain in the hour fill the drains`,
        zh: `近1小时降雨${rainMm.toFixed(0)} mm,管道满流`,
      }
    : {
        en: `${othersHigh} others of its station stand high too: the station does not pump, or its inlet is shut`,
        zh: `同泵站另有${othersHigh}处壅高:泵站未抽排或进水受阻`,
      };
}

export function manholeEvidence(place: ManholePlace, test: ManholeTest, told: ToldManhole): Evidence {
  const { sensor, pipe, manhole, river, rain } = place;
  const { value, excessM, rainMm, riverM, confidence, usualDeviationM } = told;
  const usualLevel = value + excessM;
  const carriers: Evidence['carriers'] = [
    { sensorId: sensor.sensorId, share: test === 'backflow' ? 0.6 : 1, value, expected: usualLevel },
  ];
  if (test === 'backflow' && river)
    carriers.push({ sensorId: river.sensorId, share: 0.4, value: riverM, expected: null });
  if (rain && Number.isFinite(rainMm))
    carriers.push({ sensorId: rain.sensorId, share: 0, value: rainMm, expected: null });
  // What blocks lies between the manhole and the lower end of its pipe, if not beyond.
  let location: Evidence['location'] = null;
  if (pipe && manhole.geometry.type === 'Point' && test === 'blockage') {
    const line = lineOf(pipe);
    const { alongM } = placeOnLine(line, manhole.geometry.coordinates);
    const lengthM = lineLengthM(line);
    location = locationOn(pipe, (alongM + lengthM) / 2, (lengthM - alongM) / 2);
  }
  return {
    test,
    expected: {
      value: usualLevel,
      low: usualLevel - MANHOLE_LIMITS.excessM,
      high: usualLevel + MANHOLE_LIMITS.excessM,
    },
    residual: usualDeviationM > 0 ? -excessM / Math.max(0.03, usualDeviationM) : null,
    carriers,
    confidence,
    location,
    figures: figuresOf(told),
  };
}

function figuresOf({ excessM, inMin, rainMm, riverM, filling }: ToldManhole): Evidence['figures'] {
  const all = [
    { name: { en: 'over the usual', zh: '高于惯常' }, value: excessM, unit: 'm' },
    { name: { en: 'time to the cover', zh: '距井口' }, value: inMin ?? NaN, unit: 'min' },
    { name: { en: 'rain in the last hour', zh: '近1小时降雨' }, value: rainMm, unit: 'mm' },
    { name: { en: 'river level', zh: '河道水位' }, value: riverM, unit: 'm' },
    { name: { en: 'filling of its pipe', zh: '管道充满度' }, value: filling * 100, unit: '%' },
  ];
  return all.filter(({ value }, i) => i === 0 || Number.isFinite(value));
}
