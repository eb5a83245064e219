import { Button } from '@mantine/core';
import { PhoneOutgoingIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useActsClosed } from '../past/use-past.js';
import { CallOutEntry } from './CallOutEntry.js';
import { useCallOutDialog } from './use-call-out-dialog.js';
import { useCallOuts, type About } from './use-call-outs.js';
import styles from './call-out.module.css';

interface CallOutPartProps {
  readonly about: About;
  /** Alarms of an incident that the page does not hold any more. */
  readonly alarmIds?: readonly string[];
  /** For what is over nobody is called out; what becomes of who was called is told all the same. */
  readonly isOf?: 'open' | 'over';
  readonly title?: string;
}

/** In the pane of an alarm or an incident: who was called out for it and what became of that, and the way to call somebody. */
export function CallOutPart({ about, alarmIds, isOf = 'open', title }: CallOutPartProps) {
  const { t } = useTranslation();
  const callOuts = useCallOuts(about, alarmIds);
  const { open, dialog } = useCallOutDialog();
  const closed = useActsClosed();
  if (isOf === 'over' && callOuts.length === 0) return null;
  return (
    <section className={styles.part} aria-label={t('callOut.title')} data-testid="call-out-part">
      {title !== undefined && <h3>{title}</h3>}
      {callOuts.map((callOut) => (
        <CallOutEntry
          key={callOut.callOutId}
          callOut={callOut}
          onNoAnswer={() => isOf === 'open' && open(about, 'next')}
          closed={closed}
        />
      ))}
      {isOf === 'open' && (
        <Button
          size="xs"
          variant="default"
          leftSection={<PhoneOutgoingIcon size={14} strokeWidth={1.8} aria-hidden />}
          disabled={closed !== undefined}
          title={closed ?? t('callOut.key')}
          onClick={() => open(about, 'next')}
          data-testid="call-out-open"
        >
          {t(callOuts.length === 0 ? 'callOut.send' : 'callOut.another')}…
        </Button>
      )}
      {dialog}
    </section>
  );
}
