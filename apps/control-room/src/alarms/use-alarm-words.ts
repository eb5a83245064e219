import type { AlarmTransition } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { formatNumber, withUnit } from '../words/numbers.js';
import { useTestWords } from '../why/use-test-words.js';
import { useNameIn } from '../words/use-words.js';

/** Says an alarm's value beside its limit: "182 kPa, low 200", or beside the test that found it: "182 kPa, Mass balance". */
export function useValueAndLimit(): (alarm: AlarmTransition) => string {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const testWords = useTestWords();
  const { byId } = useCell(useLive().sensors);
  return (alarm) => {
    const sensor = byId.get(alarm.sensorId);
    if (alarm.limit === null) return nameIn(alarm.reason);
    const value = withUnit(alarm.value, alarm.unit, sensor);
    const limit = alarm.evidence === null ? t(`limit.${alarm.limit.kind}`) : testWords(alarm.evidence.test);
    if (alarm.limit.kind === 'stale' && alarm.value === null) return nameIn(alarm.reason);
    if (alarm.limit.value === null || alarm.limit.kind === 'stale') return t('alarms.valueAndKind', { value, limit });
    return t('alarms.valueAndLimit', { value, limit, limitValue: formatNumber(alarm.limit.value, sensor) });
  };
}
