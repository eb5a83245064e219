import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDialog } from '../../forms/use-dialog.js';
import { useSelection } from '../../frame/use-address.js';
import type { StandingAlarm } from '../../live/alarm-book.js';
import { useCell } from '../../live/cell.js';
import { useAnnouncedAlarms, useLive } from '../../live/live-context.js';
import { useMayAct } from '../../past/use-past.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { useNameIn } from '../../words/use-words.js';
import { openOf } from '../incident-book.js';
import { useIncidentActs } from '../use-incident-acts.js';
import { nearbyAlarms } from './nearby.js';
import { OpenIncidentForm, type HandChoice } from './OpenIncidentForm.js';
import styles from './hand.module.css';

const MOST_HEADLINE = 200;

export interface IncidentDialog {
  /** Opens the dialog; where the alarm is in an incident, opens that one beside the map instead. */
  open(alarm: StandingAlarm): void;
  /** To be drawn. */
  readonly dialog: ReactNode;
}

/** The small dialog that opens an incident of an alarm, or puts the alarm into an open one. */
export function useIncidentDialog(): IncidentDialog {
  const { t } = useTranslation();
  const { select } = useSelection();
  const book = useCell(useLive().incidents.book);
  const mayAct = useMayAct();
  const { open, dialog } = useDialog<StandingAlarm>((alarm, close) => ({
    title: t('incidents.hand.title'),
    size: 'md',
    body: <AskedForm alarm={alarm} onDone={close} />,
  }));
  const openOrShow = (alarm: StandingAlarm): void => {
    const incident = openOf(book, alarm.alarmId);
    if (incident !== undefined) return select(incident.incidentId);
    if (mayAct()) open(alarm);
  };
  return { open: openOrShow, dialog };
}

function AskedForm({ alarm, onDone }: { readonly alarm: StandingAlarm; readonly onDone: () => void }) {
  const names = useSensorNames();
  const nameIn = useNameIn();
  const announced = useAnnouncedAlarms();
  const book = useCell(useLive().incidents.book);
  const acts = useIncidentActs();
  const { select } = useSelection();
  const name = names.ofAlarm(alarm).full;
  const isInIncident = (alarmId: string): boolean => openOf(book, alarmId) !== undefined;
  const open = [...book.byId.values()]
    .map(({ incident }) => incident)
    .filter(({ state }) => state === 'open')
    .sort((a, b) => b.newestAtMs - a.newestAtMs);
  const send = async (choice: HandChoice): Promise<void> => {
    const { alarmId } = alarm;
    const file =
      choice.kind === 'new'
        ? await acts.open(choice.headline, [alarmId, ...choice.withAlarmIds])
        : await acts.add(choice.incidentId, [alarmId]);
    onDone();
    select(file.incident.incidentId);
  };
  return (
    <div data-testid="incident-dialog">
      <strong>{name}</strong>
      <p className={styles.said}>{nameIn(alarm.reason)}</p>
      <OpenIncidentForm
        prefilled={`${name}: ${nameIn(alarm.reason)}`.slice(0, MOST_HEADLINE)}
        nearby={nearbyAlarms(alarm, announced, isInIncident)}
        open={open}
        onSend={send}
        onCancel={onDone}
      />
    </div>
  );
}
