import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSelection } from '../../frame/use-address.js';
import type { StandingAlarm } from '../../live/alarm-book.js';
import { useCell } from '../../live/cell.js';
import { useLive } from '../../live/live-context.js';
import { useNameIn } from '../../words/use-words.js';
import { openOf } from '../incident-book.js';
import { useIncidentDialog } from './use-incident-dialog.js';
import styles from './hand.module.css';

/** The incident that an alarm is in; else the way to open one. */
export function IncidentOfAlarm({ alarm }: { readonly alarm: StandingAlarm }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const { select } = useSelection();
  const book = useCell(useLive().incidents.book);
  const { open, dialog } = useIncidentDialog();
  const incident = openOf(book, alarm.alarmId);
  if (incident !== undefined)
    return (
      <p className={styles.of}>
        {t('incidents.hand.partOf')}{' '}
        <button type="button" className={styles.link} onClick={() => select(incident.incidentId)}>
          {nameIn(incident.headline)}
        </button>
      </p>
    );
  if (alarm.state === 'normal') return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        title={t('incidents.hand.key')}
        data-testid="open-incident"
        data-alarm-id={alarm.alarmId}
        onClick={() => open(alarm)}
      >
        {t('incidents.hand.open')}…
      </Button>
      {dialog}
    </>
  );
}
