import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SendRow } from '../forms/SendRow.js';
import { useSending } from '../forms/use-sending.js';

interface ReopenFormProps {
  /** Rejects where the server refuses. */
  readonly onSend: (reason: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** Why a closed incident is opened again. */
export function ReopenForm({ onSend, onCancel }: ReopenFormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState<'no' | 'yes'>('no');
  const { isSending, refused, send } = useSending();
  const isMissing = reason.trim() === '';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried('yes');
        if (!isMissing) void send(() => onSend(reason));
      }}
    >
      <TextInput
        size="xs"
        maxLength={500}
        label={t('incidents.reopenReason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={tried === 'yes' && isMissing ? t('incidents.reasonNeeded') : undefined}
        data-autofocus
        data-testid="reopen-reason"
      />
      <SendRow testId="reopen-send" isSending={isSending} refused={refused} onCancel={onCancel}>
        {t('incidents.reopen')}
      </SendRow>
    </form>
  );
}
