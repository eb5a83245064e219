import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { awaitsAcknowledge, shownState, type StandingAlarm } from '../live/alarm-book.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { useNowMs } from '../live/now.js';
import { useActsClosed } from '../past/use-past.js';
import { shortTime } from '../words/times.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { CallOutMark } from '../call-out/CallOutMark.js';
import { useNameIn, useZone } from '../words/use-words.js';
import styles from './lines.module.css';

interface MemberLineProps {
  readonly id: string;
  readonly alarm: StandingAlarm;
  readonly incidentId: string;
  readonly chosen: boolean;
  readonly level: number;
  readonly onChoose: () => void;
  readonly onAcknowledge: () => void;
}

/** An alarm of the open incident above: what, when, and why it belongs there. */
export function MemberLine({ id, alarm, incidentId, chosen, level, onChoose, onAcknowledge }: MemberLineProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(5000);
  const nameIn = useNameIn();
  const name = useSensorNames().ofAlarm(alarm);
  const closed = useActsClosed();
  const known = useCell(useLive().incidents.book).byId.get(incidentId);
  const isFirst = known?.incident.firstOut.alarmId === alarm.alarmId;
  const member = known?.members.get(alarm.alarmId);
  const why = member === undefined ? nameIn(alarm.reason) : nameIn(member.why);
  const state = shownState(alarm);
  return (
    <div
      className={styles.member}
      data-testid="alarm-line"
      data-alarm-id={alarm.alarmId}
      data-state={state}
      data-priority={alarm.priority}
      data-level={level}
      data-first={isFirst}
      role="gridcell"
      id={id}
      aria-selected={chosen}
      onClick={onChoose}
    >
      <PriorityMark priority={alarm.priority} state={state} size={16} />
      <div className={styles.body}>
        <div className={styles.foot}>
          <span className={styles.name} title={name.full}>
            <UtilityIcon utility={alarm.utility} size={13} />
            {isFirst && <span className={styles.first}>{t('incidents.first')}</span>}
            <span className="one-line">{name.full}</span>
          </span>
          <time className={styles.when} dateTime={new Date(alarm.raisedAtMs).toISOString()}>
            {shortTime(alarm.raisedAtMs, nowMs, zone)}
          </time>
        </div>
        <div className={styles.foot}>
          <span className={`${styles.why} one-line`} title={why}>
            {why}
          </span>
          <CallOutMark about={{ memberId: alarm.alarmId }} />
          {awaitsAcknowledge(state) ? (
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
