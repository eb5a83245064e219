import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SendRow } from '../forms/SendRow.js';

interface PermitFormProps {
  readonly onSend: (permit: string, note: string) => void;
  readonly onCancel: () => void;
}

/** Under which permit an alarm is taken out of service. */
export function PermitForm({ onSend, onCancel }: PermitFormProps) {
  const { t } = useTranslation();
  const [permit, setPermit] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const fits = permit.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (fits) onSend(permit, note);
      }}
      noValidate
    >
      <TextInput
        size="xs"
        required
        withAsterisk={false}
        label={t('holds.permit')}
        value={permit}
        maxLength={120}
        onChange={(event) => setPermit(event.currentTarget.value)}
        error={tried && !fits ? t('holds.permitNeeded') : undefined}
        data-autofocus
        data-testid="permit"
      />
      <TextInput
        mt={12}
        size="xs"
        label={t('alarms.note')}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <SendRow testId="permit-confirm" onCancel={onCancel}>
        {t('holds.takeOut')}
      </SendRow>
    </form>
  );
}
