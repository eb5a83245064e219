import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Span } from '../../chart/chart-data.js';
import { parseTime } from '../../words/typed-time.js';
import { dayOf, hourMinute } from '../../words/times.js';
import { useNowMs } from '../../live/now.js';
import { useZone } from '../../words/use-words.js';
import styles from './history.module.css';

interface WindowFieldsProps {
  readonly window: Span;
  onWindow(window: Span): void;
}

/** The window's two ends as text, in the city's time: both may be typed. */
export function WindowFields({ window, onWindow }: WindowFieldsProps) {
  const { t } = useTranslation();
  return (
    <span className={styles.fields}>
      <TimeField
        label={t('history.from')}
        atMs={window.fromMs}
        accept={(fromMs) => fromMs < window.toMs}
        onTime={(fromMs) => onWindow({ ...window, fromMs })}
      />
      <span aria-hidden>–</span>
      <TimeField
        label={t('history.to')}
        atMs={window.toMs}
        accept={(toMs) => toMs > window.fromMs}
        onTime={(toMs) => onWindow({ ...window, toMs })}
      />
    </span>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly atMs: number;
  accept(atMs: number): boolean;
  onTime(atMs: number): void;
}

function TimeField({ label, atMs, accept, onTime }: TimeFieldProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(10_000);
  const [typed, setTyped] = useState<string>();
  const written = `${dayOf(atMs, zone)} ${hourMinute(atMs, zone)}`;
  const parsed = typed === undefined ? undefined : parseTime(typed, nowMs, zone);
  const isWrong = typed !== undefined && (parsed === undefined || !accept(parsed));
  const take = (): void => {
    if (!isWrong && parsed !== undefined && typed !== written) onTime(parsed);
    setTyped(undefined);
  };
  return (
    <TextInput
      size="xs"
      w={150}
      aria-label={label}
      title={t('history.timeForm')}
      value={typed ?? written}
      error={isWrong}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        if (event.key === 'Escape') setTyped(undefined);
      }}
    />
  );
}
