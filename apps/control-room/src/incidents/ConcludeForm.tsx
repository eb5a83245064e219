import { CONCLUSION_CAUSES, type ConclusionCause, type Incident } from '@lifeline/contracts';
import { Select, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SendRow } from '../forms/SendRow.js';
import { useSending } from '../forms/use-sending.js';
import type { Conclusion } from './use-incident-acts.js';

interface ConcludeFormProps {
  readonly incident: Incident;
  /** Rejects where the server refuses: what it says is shown, and what was written stays. */
  readonly onSend: (conclusion: Conclusion) => Promise<void>;
  readonly onCancel: () => void;
}

/** What it was. While alarms stand it is asked why it is closed all the same; without that the server refuses. */
export function ConcludeForm({ incident, onSend, onCancel }: ConcludeFormProps) {
  const { t } = useTranslation();
  const [cause, setCause] = useState<ConclusionCause | null>(null);
  const [text, setText] = useState('');
  const [standingReason, setStandingReason] = useState('');
  const [tried, setTried] = useState<'no' | 'yes'>('no');
  const { isSending, refused, send } = useSending();
  const standing = incident.counts.open;
  const isTextMissing = text.trim() === '';
  const submit = (): void => {
    setTried('yes');
    if (cause !== null && !isTextMissing) void send(() => onSend({ cause, text, standingReason }));
  };
  return (
    <form
      noValidate
      data-testid="conclude-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
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
      <SendRow testId="conclude-send" isSending={isSending} refused={refused} onCancel={onCancel}>
        {t(incident.state === 'open' ? 'incidents.closeIt' : 'incidents.conclude')}
      </SendRow>
    </form>
  );
}
