import { useTranslation } from 'react-i18next';
import { useTrust } from '../live/live-context.js';
import { hourMinuteSecond } from '../words/times.js';
import { useAgeWords, useZone } from '../words/use-words.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import styles from './frame.module.css';

/** Across the page while what is seen is not live. */
export function StaleStrip() {
  const { t } = useTranslation();
  const trust = useTrust();
  const { asOfMs } = useCell(useLive().link);
  const ageWords = useAgeWords();
  const zone = useZone();
  if (trust.kind !== 'stopped') return null;
  return (
    <div className={styles.stale} role="status" data-testid="stale-strip">
      {asOfMs === undefined
        ? t('frame.staleNever')
        : t('frame.stale', { age: ageWords(trust.ageMs), time: hourMinuteSecond(trust.asOfMs, zone) })}
    </div>
  );
}
