import { CONCLUSION_CAUSES, type ConclusionCause, type Incident } from '@lifeline/contracts';
import { Button, Group, Select, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefusalWords } from '../refusals/use-refusal-words.js';
import type { Conclusion } from './use-incident-acts.js';
import styles from './pane.module.css';

interface ConcludeFormProps {
  readonly incident: Incident;
  /** Rejects where the server refuses: what it says is shown, and what was written stays. */
  readonly onSend: (conclusion: Conclusion) => Promise<void>;
  readonly onCancel: () => void;
}

/** What it was. While alarms stand it is asked why it is closed all the same; without that the server refuses. */
export function ConcludeForm({ incident, onSend, onCancel }: ConcludeFormProps) {
  const { t } = useTranslation();
  const refusalWords = useRefusalWords();
  const [cause, setCause] = useState<ConclusionCause | null>(null);
  const [text, setText] = useState('');
  const [standingReason, setStandingReason] = useState('');
  const [tried, setTried] = useState<'no' | 'yes'>('no');
  const [state, setState] = useState<'idle' | 'sending'>('idle');
  const [refused, setRefused] = useState<string>();
  const standing = incident.counts.open;
  const isTextMissing = text.trim() === '';
  const send = async (): Promise<void> => {
    setTried('yes');
    if (cause === null || isTextMissing || state === 'sending') return;
    setState('sending');
    setRefused(undefined);
    try {
      await onSend({ cause, text, standingReason });
    } catch (error) {
      setRefused(refusalWords(error));
      setState('idle');
    }
  };
  return (
    <form
      noValidate
      data-testid="conclude-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Select
        size="xs"
        label={t('incidents.causeFound')}
        data={CONCLUSION_CAUSES.map((value) => ({ value, label: t(`incidents.cause.${value}`) }))}
        value={cause}
        onChange={(value) => setCause(CONCLUSION_CAUSES.find((known) => known === value) ?? null)}
        error={tried === 'yes' && cause === null ? t('incidents.causeNeeded') : undefined}
        comboboxProps={{ withinPortal: true }}
        data-autofocus
        data-testid="conclude-cause"
      />
      <Textarea
        mt={12}
        size="xs"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        label={t('incidents.conclusionText')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={tried === 'yes' && isTextMissing ? t('incidents.textNeeded') : undefined}
        data-testid="conclude-text"
      />
      {standing > 0 && (
        <TextInput
          mt={12}
          size="xs"
          maxLength={500}
          label={t('incidents.standingReason', { count: standing })}
          value={standingReason}
          onChange={(event) => setStandingReason(event.currentTarget.value)}
          data-testid="conclude-standing"
        />
      )}
      {refused !== undefined && (
        <p className={styles.refused} role="alert" data-testid="conclude-refused">
          {refused}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={12}>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('verdict.cancel')}
        </Button>
        <Button size="xs" type="submit" loading={state === 'sending'} data-testid="conclude-send">
          {t(incident.state === 'open' ? 'incidents.closeIt' : 'incidents.conclude')}
        </Button>
      </Group>
    </form>
  );
}
