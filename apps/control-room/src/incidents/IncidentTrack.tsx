import type { IncidentAct } from '@lifeline/contracts';
import {
  BellMinusIcon,
  BellPlusIcon,
  CircleCheckIcon,
  FilePlusIcon,
  MessageSquareTextIcon,
  RotateCcwIcon,
  XIcon,
  type LucideIcon,
} from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { useSelection } from '../frame/use-address.js';
import { shownState, type StandingAlarm } from '../live/alarm-book.js';
import { hourMinuteSecond } from '../words/times.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { useNameIn, useZone } from '../words/use-words.js';
import { trackOf } from './track.js';
import { useActWords } from './use-act-words.js';
import type { IncidentFileShown } from './use-incident-file.js';
import styles from './pane.module.css';

/** Lines drawn before the rest is counted. */
const MOST_DRAWN = 60;

const ACT_ICONS: Readonly<Record<IncidentAct['kind'], LucideIcon>> = {
  opened: FilePlusIcon,
  note: MessageSquareTextIcon,
  'alarms-added': BellPlusIcon,
  'alarm-taken-out': BellMinusIcon,
  closed: CircleCheckIcon,
  reopened: RotateCcwIcon,
};

interface IncidentTrackProps {
  readonly file: IncidentFileShown;
  /** Missing: alarms cannot be taken out here. */
  readonly onTakeOut?: ((alarmId: string) => void) | undefined;
}

/** What happened in an incident: its alarms as they came, the first-out first, and what people did, by whom and when. */
export function IncidentTrack({ file, onTakeOut }: IncidentTrackProps) {
  const { t } = useTranslation();
  const { incident, alarms, acts } = file;
  const track = useMemo(() => trackOf(incident.firstOut.alarmId, alarms, acts), [incident, alarms, acts]);
  const [drawn, setDrawn] = useState(MOST_DRAWN);
  const actWords = useActWords(alarms);
  return (
    <section className={styles.part}>
      <h3>{t('incidents.timeline')}</h3>
      <ol className={styles.timeline} data-testid="incident-timeline">
        {track
          .slice(0, drawn)
          .map((item) =>
            item.kind === 'alarm' ? (
              <AlarmItem key={item.alarm.alarmId} alarm={item.alarm} file={file} onTakeOut={onTakeOut} />
            ) : (
              <ActItem key={`act ${item.act.sequence}`} act={item.act} words={actWords(item.act)} />
            ),
          )}
      </ol>
      {track.length > drawn && (
        <button type="button" className={styles.link} onClick={() => setDrawn(drawn + 10 * MOST_DRAWN)}>
          {t('incidents.more', { count: track.length - drawn })}
        </button>
      )}
    </section>
  );
}

interface AlarmItemProps extends IncidentTrackProps {
  readonly alarm: StandingAlarm;
}

function AlarmItem({ alarm, file, onTakeOut }: AlarmItemProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nameIn = useNameIn();
  const name = useSensorNames().ofAlarm(alarm).full;
  const { select } = useSelection();
  const member = file.members.get(alarm.alarmId);
  const isFirst = alarm.alarmId === file.incident.firstOut.alarmId;
  return (
    <li data-alarm-id={alarm.alarmId} data-first={isFirst}>
      <PriorityMark priority={alarm.priority} state={shownState(alarm)} size={14} />
      <time dateTime={new Date(alarm.raisedAtMs).toISOString()}>{hourMinuteSecond(alarm.raisedAtMs, zone)}</time>
      <div>
        <button type="button" className={styles.link} onClick={() => select(alarm.sensorId)}>
          {name}
        </button>
        {isFirst && <span className={styles.first}>{t('incidents.first')}</span>}
        {onTakeOut !== undefined && (
          <button
            type="button"
            className={styles.takeOut}
            title={t('incidents.takeOut', { name })}
            aria-label={t('incidents.takeOut', { name })}
            data-testid="take-alarm-out"
            onClick={() => onTakeOut(alarm.alarmId)}
          >
            <XIcon size={13} strokeWidth={1.8} aria-hidden />
          </button>
        )}
        <div className="quiet">{isFirst || member === undefined ? nameIn(alarm.reason) : nameIn(member.why)}</div>
        {alarm.state === 'normal' && <div className="quiet">{t('incidents.alarmOver')}</div>}
      </div>
    </li>
  );
}

interface ActItemProps {
  readonly act: IncidentAct;
  readonly words: { readonly did: string; readonly text?: string };
}

function ActItem({ act, words }: ActItemProps) {
  const zone = useZone();
  const Icon = ACT_ICONS[act.kind];
  return (
    <li data-testid="incident-act" data-kind={act.kind}>
      <Icon size={14} strokeWidth={1.8} aria-hidden />
      <time dateTime={new Date(act.atMs).toISOString()}>{hourMinuteSecond(act.atMs, zone)}</time>
      <div>
        <strong>{words.did}</strong>
        {words.text !== undefined && <div className={styles.said}>{words.text}</div>}
      </div>
    </li>
  );
}
