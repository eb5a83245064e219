import { LONGEST_SHELF_MS } from '@lifeline/contracts';
import { NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SendRow } from '../forms/SendRow.js';
import { useNowMs } from '../live/now.js';
import { hourMinute } from '../words/times.js';
import { useZone } from '../words/use-words.js';
import styles from './holds.module.css';

const OFFERED_MINUTES = [15, 60, 240, 480] as const;
const MOST_MINUTES = LONGEST_SHELF_MS / 60_000;

interface ShelveFormProps {
  readonly onSend: (minutes: number, reason: string) => void;
  readonly onCancel: () => void;
}

/** For how long, and why: a shelf without a reason is not offered. */
export function ShelveForm({ onSend, onCancel }: ShelveFormProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(5000);
  const [chosen, setChosen] = useState('15');
  const [own, setOwn] = useState<number | string>(30);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const minutes = Number(chosen === 'own' ? own : chosen);
  const timeFits = minutes >= 1 && minutes <= MOST_MINUTES;
  const reasonFits = reason.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (timeFits && reasonFits) onSend(minutes, reason);
      }}
      noValidate
    >
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('holds.howLong')}
        value={chosen}
        onChange={setChosen}
        data={[
          ...OFFERED_MINUTES.map((value) => ({
            value: String(value),
            label: value < 60 ? t('age.minutes', { count: value }) : t('age.hours', { count: value / 60 }),
          })),
          { value: 'own', label: t('holds.own') },
        ]}
        data-testid="shelve-time"
      />
      {chosen === 'own' && (
        <NumberInput
          mt={8}
          size="xs"
          label={t('holds.minutes', { most: MOST_MINUTES })}
          min={1}
          max={MOST_MINUTES}
          allowDecimal={false}
          value={own}
          onChange={setOwn}
          hideControls
          error={tried && !timeFits ? t('holds.minutesBeyond', { most: MOST_MINUTES }) : undefined}
          data-testid="shelve-minutes"
        />
      )}
      <TextInput
        mt={12}
        size="xs"
        required
        withAsterisk={false}
        label={t('holds.reason')}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={tried && !reasonFits ? t('holds.reasonNeeded') : undefined}
        data-autofocus
        data-testid="shelve-reason"
      />
      <p className={styles.until}>
        {timeFits && t('holds.shelvedUntil', { time: hourMinute(nowMs + minutes * 60_000, zone) })}
      </p>
      <SendRow testId="shelve-confirm" onCancel={onCancel}>
        {t('holds.shelve')}
      </SendRow>
    </form>
  );
}
