import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActsFieldset } from '../past/ActsFieldset.js';
import { useNameIn } from '../words/use-words.js';
import { ConcludeForm } from './ConcludeForm.js';
import { NoteForm } from './NoteForm.js';
import { ReopenForm } from './ReopenForm.js';
import { PrintReport } from './report/PrintReport.js';
import { useIncidentActs } from './use-incident-acts.js';
import type { IncidentFileShown } from './use-incident-file.js';
import styles from './pane.module.css';

type Dialog = 'none' | 'conclude' | 'reopen';

/** What a person may do to an incident: write a note, close it with what it was, open it again. */
export function IncidentActions({ file }: { readonly file: IncidentFileShown }) {
  const { incident } = file;
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const acts = useIncidentActs();
  const [dialog, setDialog] = useState<Dialog>('none');
  const [time, setTime] = useState(0);
  const { incidentId, state, conclusion, actSequence } = incident;
  const hide = (): void => setDialog('none');
  const show = (which: Dialog): void => {
    setTime(time + 1);
    setDialog(which);
  };
  const shared = {
    centered: true,
    size: 'md',
    onClose: hide,
    closeButtonProps: { 'aria-label': t('words.close') },
  } as const;
  const headline = <p className={styles.dialogHead}>{nameIn(incident.headline)}</p>;
  return (
    <section className={styles.part} aria-label={t('incidents.actions')}>
      <ActsFieldset>
        <NoteForm incidentId={incidentId} />
        <Group gap={8} mt={8}>
          {conclusion === null && (
            <Button size="xs" variant="default" data-testid="incident-conclude" onClick={() => show('conclude')}>
              {t(state === 'open' ? 'incidents.closeIt' : 'incidents.conclude')}…
            </Button>
          )}
          {state === 'closed' && (
            <Button size="xs" variant="default" data-testid="incident-reopen" onClick={() => show('reopen')}>
              {t('incidents.reopen')}…
            </Button>
          )}
          <PrintReport file={file} />
        </Group>
      </ActsFieldset>
      <Modal
        {...shared}
        opened={dialog === 'conclude'}
        title={t(state === 'open' ? 'incidents.closeIt' : 'incidents.conclude')}
      >
        {headline}
        <ConcludeForm
          key={time}
          incident={incident}
          onCancel={hide}
          onSend={async (given) => {
            await acts.close(incidentId, actSequence, given);
            hide();
          }}
        />
      </Modal>
      <Modal {...shared} opened={dialog === 'reopen'} title={t('incidents.reopen')}>
        {headline}
        <ReopenForm
          key={time}
          onCancel={hide}
          onSend={async (reason) => {
            await acts.reopen(incidentId, reason);
            hide();
          }}
        />
      </Modal>
    </section>
  );
}
