import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useValueAndLimit } from '../alarms/use-alarm-words.js';
import { useDialog } from '../forms/use-dialog.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { useMayAct } from '../past/use-past.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { useNameIn } from '../words/use-words.js';
import { CallOutBody, type Begin } from './CallOutBody.js';
import type { About } from './use-call-outs.js';
import { useDuty } from './use-duty.js';
import styles from './call-out.module.css';

export interface CallOutDialog {
  /** Opens the dialog; while the past is shown, says that nothing can be done in it. */
  open(about: About, begin: Begin): void;
  /** To be drawn. */
  readonly dialog: ReactNode;
}

/** The small dialog that calls a crew out, and says what became of it. */
export function useCallOutDialog(): CallOutDialog {
  const { t } = useTranslation();
  const mayAct = useMayAct();
  // Asked for before it is needed: an Enter right after the key must find the first choice there.
  useDuty();
  const { open, dialog } = useDialog<{ readonly about: About; readonly begin: Begin }>(({ about, begin }, close) => ({
    title: t('callOut.title'),
    size: 560,
    body: (
      <div data-testid="call-out-dialog">
        <What about={about} />
        <CallOutBody about={about} begin={begin} onClose={close} />
      </div>
    ),
  }));
  return { open: (about, begin) => mayAct() && open({ about, begin }), dialog };
}

/** What somebody is called out for. */
function What({ about }: { readonly about: About }) {
  const live = useLive();
  const { byId } = useCell(live.alarms);
  const incidents = useCell(live.incidents.book);
  const nameIn = useNameIn();
  const names = useSensorNames();
  const valueAndLimit = useValueAndLimit();
  if ('incidentId' in about) {
    const incident = incidents.byId.get(about.incidentId)?.incident;
    return incident === undefined ? null : <p className={styles.what}>{nameIn(incident.headline)}</p>;
  }
  const alarm = byId.get(about.alarmId);
  if (alarm === undefined) return null;
  return (
    <p className={styles.what}>
      <strong>{names.ofAlarm(alarm).full}</strong>
      <span className={styles.small}>{valueAndLimit(alarm)}</span>
    </p>
  );
}
