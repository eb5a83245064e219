import type { AlarmPerformance } from '@lifeline/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Address } from '../../frame/address.js';
import { formatCount } from '../../words/numbers.js';
import { hourMinute, monthDayTime } from '../../words/times.js';
import { useAgeWords, useZone } from '../../words/use-words.js';
import styles from './performance.module.css';

/** Floods that paper has room for. */
const MOST_PRINTED = 6;

/** The floods, newest first; each opens the alarms of its time. */
export function FloodList({ performance }: { readonly performance: AlarmPerformance }) {
  const { t } = useTranslation();
  const zone = useZone();
  const ageWords = useAgeWords();
  const floods = performance.floods.toReversed();
  return (
    <section className={styles.part}>
      <h2>{t('performance.floods')}</h2>
      {floods.length === 0 && <p className="quiet">{t('performance.noFloods')}</p>}
      {floods.length > 0 && (
        <div className={styles.floods} tabIndex={0} role="region" aria-label={t('performance.floods')}>
          <table className={styles.table} data-testid="floods">
            <thead>
              <tr>
                <th scope="col">{t('performance.flood.when')}</th>
                <th scope="col" className="number">
                  {t('performance.flood.lasted')}
                </th>
                <th scope="col" className="number">
                  {t('performance.flood.alarms')}
                </th>
              </tr>
            </thead>
            <tbody>
              {floods.map(({ fromMs, toMs, alarms }, i) => (
                <tr key={fromMs} className={i >= MOST_PRINTED ? styles.notPrinted : undefined}>
                  <th scope="row">
                    <Link
                      to="/alarms"
                      search={() => ({ from: fromMs - 600_000, to: Math.ceil(toMs) }) as Address}
                      className={styles.actor}
                    >
                      {monthDayTime(fromMs, zone).slice(0, -3)} – {hourMinute(toMs, zone)}
                    </Link>
                  </th>
                  <td className="number">{ageWords(toMs - fromMs)}</td>
                  <td className="number">
                    <strong>{formatCount(alarms)}</strong>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {floods.length > MOST_PRINTED && (
        <p className={styles.onlyPrinted}>{t('performance.moreFloods', { count: floods.length - MOST_PRINTED })}</p>
      )}
    </section>
  );
}
