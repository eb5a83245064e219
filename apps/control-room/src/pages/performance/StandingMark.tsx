import { useTranslation } from 'react-i18next';
import type { Standing } from './figures.js';
import styles from './performance.module.css';

/** A tick, a triangle, a square, a dash: told by shape and by word, the colour comes on top. */
const OUTLINES: Readonly<Record<Standing, string>> = {
  well: 'M2.5 8.5 6.5 12.5 13.5 4',
  over: 'M8 2 15 14H1z',
  tooMuch: 'M2 2h12v12H2z',
  few: 'M3 8h10',
};

export function StandingMark({ standing }: { readonly standing: Standing }) {
  const { t } = useTranslation();
  return (
    <span className={styles.standing} data-standing={standing} data-testid="figure-standing">
      <svg width={14} height={14} viewBox="0 0 16 16" aria-hidden>
        <path d={OUTLINES[standing]} />
      </svg>
      {t(`performance.standing.${standing}`)}
    </span>
  );
}
