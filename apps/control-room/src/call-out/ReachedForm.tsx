import { Button, Group, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNowMs } from '../live/now.js';
import { shortTime } from '../words/times.js';
import { useZone } from '../words/use-words.js';
import styles from './call-out.module.css';

/** [P] What a crew in its own district needs from the call to the place. */
const OFFERED_MINUTES = 30;
const MOST_MINUTES = 24 * 60;

interface ReachedFormProps {
  /** @param expectedAtMs null where they did not say */
  readonly onSend: (who: string, expectedAtMs: number | null) => void;
  readonly onCancel: () => void;
}

/** Who answered, and when they are there. */
export function ReachedForm({ onSend, onCancel }: ReachedFormProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(1000);
  const [who, setWho] = useState('');
  const [minutes, setMinutes] = useState<number | string>(OFFERED_MINUTES);
  const isSaid = minutes !== '';
  const fits = !isSaid || (Number(minutes) >= 0 && Number(minutes) <= MOST_MINUTES);
  const arrivesMs = nowMs + Number(minutes) * 60_000;
  return (
    <form
      className={styles.reached}
      noValidate
      data-testid="reached-form"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (fits) onSend(who.trim(), isSaid ? Math.round(Date.now() + Number(minutes) * 60_000) : null);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Closes this alone, not the dialog around it.
        event.stopPropagation();
        event.nativeEvent.stopImmediatePropagation();
        onCancel();
      }}
    >
      <TextInput
        size="xs"
        label={t('callOut.reached.who')}
        value={who}
        maxLength={120}
        autoFocus
        onChange={(event) => setWho(event.currentTarget.value)}
        data-testid="reached-who"
      />
      <NumberInput
        size="xs"
        label={t('callOut.reached.minutes')}
        value={minutes}
        onChange={setMinutes}
        min={0}
        max={MOST_MINUTES}
        allowDecimal={false}
        hideControls
        error={fits ? undefined : t('callOut.reached.beyond', { most: MOST_MINUTES })}
        data-testid="reached-minutes"
      />
      <p className={styles.arrives}>
        {isSaid && fits
          ? t('callOut.tells.arrives', { time: shortTime(arrivesMs, nowMs, zone) })
          : t('callOut.reached.unsaid')}
      </p>
      <Group gap={8} justify="flex-end" wrap="nowrap">
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t('words.cancel')}
        </Button>
        <Button size="compact-sm" type="submit" data-testid="reached-save">
          {t('callOut.act.reached')}
        </Button>
      </Group>
    </form>
  );
}
