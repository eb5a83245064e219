import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { useSelection } from '../frame/use-address.js';
import { shownState, type StandingAlarm } from '../live/alarm-book.js';
import { hourMinuteSecond } from '../words/times.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { useNameIn, useZone } from '../words/use-words.js';
import type { KnownIncident } from './incident-book.js';
import styles from './pane.module.css';

/** Alarms drawn before the rest is counted. */
const MOST_DRAWN = 60;

interface IncidentTimelineProps {
  readonly known: KnownIncident;
  readonly alarms: readonly StandingAlarm[];
}

/** The alarms of an incident as they came, the first-out first, each with why it belongs there. */
export function IncidentTimeline({ known, alarms }: IncidentTimelineProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nameIn = useNameIn();
  const names = useSensorNames();
  const { select } = useSelection();
  const [drawn, setDrawn] = useState(MOST_DRAWN);
  const { firstOut } = known.incident;
  return (
    <section className={styles.part}>
      <h3>{t('incidents.timeline')}</h3>
      <ol className={styles.timeline} data-testid="incident-timeline">
        {alarms.slice(0, drawn).map((alarm) => {
          const member = known.members.get(alarm.alarmId);
          const isFirst = alarm.alarmId === firstOut.alarmId;
          return (
            <li key={alarm.alarmId} data-alarm-id={alarm.alarmId} data-first={isFirst}>
              <PriorityMark priority={alarm.priority} state={shownState(alarm)} size={14} />
              <time dateTime={new Date(alarm.raisedAtMs).toISOString()}>
                {hourMinuteSecond(alarm.raisedAtMs, zone)}
              </time>
              <div>
                <button type="button" className={styles.link} onClick={() => select(alarm.sensorId)}>
                  {names.ofAlarm(alarm).full}
                </button>
                {isFirst && <span className={styles.first}>{t('incidents.first')}</span>}
                <div className="quiet">
                  {isFirst || member === undefined ? nameIn(alarm.reason) : nameIn(member.why)}
                </div>
              </div>
            </li>
          );
        })}
      </ol>
      {alarms.length > drawn && (
        <button type="button" className={styles.link} onClick={() => setDrawn(drawn + 10 * MOST_DRAWN)}>
          {t('incidents.more', { count: alarms.length - drawn })}
        </button>
      )}
    </section>
  );
}
