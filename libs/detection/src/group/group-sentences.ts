import type { GroupReason } from '@lifeline/anomaly';
import { displayUnit, type Words } from '@lifeline/catalogue';
import type { Sensor } from '@lifeline/contracts';

export const GROUP_BACK: Words = {
  en: 'The sensors move together again as usual.',
  zh: '各传感器已恢复通常的协同变化。',
};

/** What a group's finding says: the sensor that carries most, where it is and where it is expected, and by what. */
export function groupReason(
  reason: GroupReason,
  sensor: Sensor,
  value: number | null,
  expected: number | null,
  carriers: number,
): Words {
  const unit = displayUnit(sensor.unit);
  const [is, should] = [shown(value), shown(expected)];
  const others = carriers - 1;
  const also = {
    en: others > 0 ? `; ${others} more of its group ${others > 1 ? 'take' : 'takes'} part` : '',
    zh: others > 0 ? `;同组另有${others}个传感器参与` : '',
  };
  if (reason === 'off-neighbours') {
    return {
      en: `${sensor.name} reads ${is} ${unit.en} where the sensors around it point to ${should} ${unit.en}${also.en}.`,
      zh: `${sensor.name}读数为${is} ${unit.zh},而周围传感器指示应为${should} ${unit.zh}${also.zh}。`,
    };
  }
  if (reason === 'off-together') {
    return {
      en: `Sensors that move together are off at once, ${sensor.name} the most: ${is} ${unit.en}, expected ${should} ${unit.en}${also.en}.`,
      zh: `协同变化的传感器同时偏离,其中${sensor.name}偏离最大:${is} ${unit.zh},预期${should} ${unit.zh}${also.zh}。`,
    };
  }
  return {
    en: `${sensor.name} has left its course: ${is} ${unit.en}, expected ${should} ${unit.en}${also.en}.`,
    zh: `${sensor.name}偏离其通常变化:${is} ${unit.zh},预期${should} ${unit.zh}${also.zh}。`,
  };
}

function shown(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(4)));
}
