import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefusalWords } from '../refusals/use-refusal-words.js';
import styles from './pane.module.css';

interface ReopenFormProps {
  /** Rejects where the server refuses. */
  readonly onSend: (reason: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** Why a closed incident is opened again. */
export function ReopenForm({ onSend, onCancel }: ReopenFormProps) {
  const { t } = useTranslation();
  const refusalWords = useRefusalWords();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState<'no' | 'yes'>('no');
  const [refused, setRefused] = useState<string>();
  const isMissing = reason.trim() === '';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried('yes');
        if (!isMissing) onSend(reason).catch((error: unknown) => setRefused(refusalWords(error)));
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
      {refused !== undefined && (
        <p className={styles.refused} role="alert">
          {refused}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={12}>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('verdict.cancel')}
        </Button>
        <Button size="xs" type="submit" data-testid="reopen-send">
          {t('incidents.reopen')}
        </Button>
      </Group>
    </form>
  );
}
