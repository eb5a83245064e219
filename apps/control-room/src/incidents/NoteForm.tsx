import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefusalWords } from '../refusals/use-refusal-words.js';
import { useIncidentActs } from './use-incident-acts.js';
import styles from './pane.module.css';

/** A note on an incident, for everybody: Ctrl+Enter sends it; what could not be sent stays in the field. */
export function NoteForm({ incidentId }: { readonly incidentId: string }) {
  const { t } = useTranslation();
  const acts = useIncidentActs();
  const refusalWords = useRefusalWords();
  const [text, setText] = useState('');
  const [state, setState] = useState<'idle' | 'sending'>('idle');
  const [error, setError] = useState<string>();
  const send = async (): Promise<void> => {
    if (text.trim() === '' || state === 'sending') return;
    setState('sending');
    setError(undefined);
    try {
      await acts.note(incidentId, text);
      setText('');
    } catch (refused) {
      setError(refusalWords(refused));
    }
    setState('idle');
  };
  return (
    <form
      className={styles.note}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Textarea
        size="xs"
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2000}
        value={text}
        aria-label={t('incidents.note')}
        placeholder={t('incidents.notePlace')}
        error={error}
        data-testid="incident-note"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void send();
        }}
      />
      <Button
        type="submit"
        size="xs"
        variant="default"
        loading={state === 'sending'}
        disabled={text.trim() === ''}
        data-testid="incident-note-send"
      >
        {t('incidents.noteSend')}
      </Button>
    </form>
  );
}
