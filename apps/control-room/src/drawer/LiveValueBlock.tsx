import type { LiveSensor } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { shownState, type StandingAlarm } from '../live/alarm-book.js';
import { useSensorValue } from '../live/live-context.js';
import { useNowMs } from '../live/now.js';
import { staleAfterMs } from '../live/sensor-book.js';
import { THIN_SPACE, formatNumber, shownUnit, withUnit } from '../words/numbers.js';
import { hourMinute, hourMinuteSecond } from '../words/times.js';
import { useAgeWords, useZone } from '../words/use-words.js';
import styles from './drawer.module.css';

interface LiveValueBlockProps {
  readonly sensor: LiveSensor;
  readonly alarm: StandingAlarm | undefined;
}

/** The newest value: a moving number is replaced, not rolled. */
export function LiveValueBlock({ sensor, alarm }: LiveValueBlockProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs();
  const ageWords = useAgeWords();
  const value = useSensorValue(sensor.sensorId);
  if (value === undefined) return <div className={styles.value}>{t('quality.none')}</div>;
  const ageMs = Math.max(0, nowMs - value.measuredAtMs);
  const isStale = ageMs > staleAfterMs(sensor);
  const doubtful = isStale || value.quality !== 'good';
  const quality = isStale ? t('quality.stale') : t(`quality.${value.quality}`);
  return (
    <div className={styles.value}>
      {alarm !== undefined && <PriorityMark priority={alarm.priority} state={shownState(alarm)} size={22} />}
      <span
        className={doubtful ? `${styles.figure} hatched` : styles.figure}
        data-testid="live-value"
        data-live
        data-quality={isStale ? 'stale' : value.quality}
        data-measured-at={value.measuredAtMs}
      >
        {formatNumber(value.value, sensor)}
        <small>
          {THIN_SPACE}
          {shownUnit(sensor.unit)}
        </small>
      </span>
      <span className={styles.beside}>
        <span>{quality}</span>
        <span className="quiet">
          {isStale
            ? t('drawer.silent', {
                age: ageWords(ageMs),
                value: withUnit(value.value, sensor.unit, sensor),
                time: hourMinute(value.measuredAtMs, zone),
              })
            : t('drawer.asOf', { time: hourMinuteSecond(value.measuredAtMs, zone), age: ageWords(ageMs) })}
        </span>
      </span>
    </div>
  );
}
