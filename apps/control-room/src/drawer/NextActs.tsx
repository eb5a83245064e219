import { CallOutPart } from '../call-out/CallOutPart.js';
import { HoldActions } from '../holds/HoldActions.js';
import { IncidentOfAlarm } from '../incidents/hand/IncidentOfAlarm.js';
import type { StandingAlarm } from '../live/alarm-book.js';
import styles from './next-acts.module.css';

/** What may be done next with an alarm beside acknowledging it: open an incident, call a crew out, shelve it. */
export function NextActs({ alarm }: { readonly alarm: StandingAlarm }) {
  return (
    <div className={styles.next}>
      <IncidentOfAlarm alarm={alarm} />
      <CallOutPart about={{ alarmId: alarm.alarmId }} />
      <HoldActions alarm={alarm} />
    </div>
  );
}
