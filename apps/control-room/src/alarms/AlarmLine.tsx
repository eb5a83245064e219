import { useTranslation } from 'react-i18next';
import { awaitsAcknowledge, shownState, type StandingAlarm } from '../live/alarm-book.js';
import { useNowMs } from '../live/now.js';
import { useActsClosed } from '../past/use-past.js';
import { shortTime } from '../words/times.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { CallOutMark } from '../call-out/CallOutMark.js';
import { useAgeWords, useZone } from '../words/use-words.js';
import { Chattering } from './Chattering.js';
import { PriorityMark } from './PriorityMark.js';
import { SparklinePicture } from './SparklinePicture.js';
import { useValueAndLimit } from './use-alarm-words.js';
import styles from './alarms.module.css';

interface AlarmLineProps {
  readonly id: string;
  readonly alarm: StandingAlarm;
  readonly chosen: boolean;
  readonly level: number;
  readonly onChoose: () => void;
  readonly onAcknowledge: () => void;
}

/** One alarm, in three rows: what and since when; where; the value beside its limit, and what it did in the last hour. */
export function AlarmLine({ id, alarm, chosen, level, onChoose, onAcknowledge }: AlarmLineProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(5000);
  const ageWords = useAgeWords();
  const valueAndLimit = useValueAndLimit();
  const name = useSensorNames().ofAlarm(alarm);
  const state = shownState(alarm);
  const waits = awaitsAcknowledge(state);
  const closed = useActsClosed();
  const limit =
    alarm.limit?.kind === 'stale' || alarm.limit?.kind === 'rate' ? undefined : (alarm.limit?.value ?? undefined);
  return (
    <div
      className={styles.line}
      data-testid="alarm-line"
      data-alarm-id={alarm.alarmId}
      data-state={state}
      data-priority={alarm.priority}
      role="gridcell"
      id={id}
      data-level={level}
      aria-selected={chosen}
      onClick={onChoose}
    >
      <PriorityMark priority={alarm.priority} state={state} size={20} />
      <div className={styles.row}>
        <div className={styles.name}>
          <UtilityIcon utility={alarm.utility} size={14} />
          <span className="one-line" title={name.full}>
            {name.what}
          </span>
        </div>
        <div className={styles.when}>
          <time dateTime={new Date(alarm.raisedAtMs).toISOString()}>{shortTime(alarm.raisedAtMs, nowMs, zone)}</time>
          <span className="quiet"> · {ageWords(nowMs - alarm.raisedAtMs)}</span>
        </div>
      </div>
      <div className={`${styles.place} ${styles.row}`}>
        <span className={`${styles.where} one-line`} title={name.place ?? alarm.sensorId}>
          {name.place ?? alarm.sensorId}
        </span>
        <CallOutMark about={{ alarmId: alarm.alarmId }} />
      </div>
      <div className={styles.row}>
        <div className={`${styles.value} one-line`} title={valueAndLimit(alarm)}>
          {valueAndLimit(alarm)}
          {alarm.chatter !== undefined && <Chattering chatter={alarm.chatter} />}
        </div>
        <SparklinePicture sensorId={alarm.sensorId} name={name.full} limit={limit} />
        <div className={styles.act}>
          {waits ? (
            <button
              type="button"
              tabIndex={-1}
              className={styles.acknowledge}
              data-testid="acknowledge"
              data-alarm-id={alarm.alarmId}
              aria-label={t('alarms.acknowledgeThis', { name: name.full })}
              disabled={closed !== undefined}
              title={closed}
              onClick={(event) => {
                event.stopPropagation();
                onAcknowledge();
              }}
            >
              {t('alarms.acknowledge')}
            </button>
          ) : (
            <span className="quiet">{t(`state.${state}`)}</span>
          )}
        </div>
      </div>
    </div>
  );
}
