import type { AlarmPerformance } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../../alarms/PriorityMark.js';
import { formatCount } from '../../words/numbers.js';
import { percentText } from './FigureTable.js';
import { StandingMark } from './StandingMark.js';
import { spreadOf } from './figures.js';
import styles from './performance.module.css';

/** How announcements spread over the priorities, with the target as a tick on each bar. */
export function PrioritySpread({ performance }: { readonly performance: AlarmPerformance }) {
  const { t } = useTranslation();
  return (
    <section className={styles.part}>
      <h2>{t('performance.spread')}</h2>
      <table className={styles.table} data-testid="spread">
        <tbody>
          {spreadOf(performance).map(({ priority, count, share, target, standing }) => (
            <tr key={priority}>
              <th scope="row">
                <span className={styles.priority}>
                  <PriorityMark priority={priority} state="acknowledged" size={16} />
                  {t(`priorityShort.${priority}`)}
                </span>
              </th>
              <td className="number">{formatCount(count)}</td>
              <td className={styles.barCell} aria-hidden>
                <span className={styles.bar}>
                  <i style={{ width: `${100 * share}%` }} />
                  <b style={{ left: `${100 * target}%` }} />
                </span>
              </td>
              <td className="number">
                <strong>{percentText(share)}</strong>
              </td>
              <td className="number">{t('performance.aim', { share: percentText(target) })}</td>
              <td>
                <StandingMark standing={standing} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
