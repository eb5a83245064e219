import type { AlarmPerformance } from '@lifeline/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Address } from '../../frame/address.js';
import { formatCount } from '../../words/numbers.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { percentText } from './FigureTable.js';
import styles from './performance.module.css';

/** The ten points that were announced most; each opens its sensor. */
export function WorstActors({ performance }: { readonly performance: AlarmPerformance }) {
  const { t } = useTranslation();
  const names = useSensorNames();
  const { badActors, announced } = performance;
  return (
    <section className={styles.part}>
      <h2>{t('performance.worst')}</h2>
      {badActors.length === 0 && <p className="quiet">{t('performance.noWorst')}</p>}
      {badActors.length > 0 && (
        <table className={styles.table} data-testid="bad-actors">
          <thead>
            <tr>
              {(['sensor', 'rule', 'announced', 'share', 'chatters'] as const).map((word) => (
                <th key={word} scope="col" className={word === 'sensor' || word === 'rule' ? undefined : 'number'}>
                  {t(`performance.actor.${word}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {badActors.map((actor) => (
              <tr key={`${actor.sensorId} ${actor.rule}`} data-sensor-id={actor.sensorId}>
                <th scope="row">
                  <Link
                    to="/"
                    search={() => ({ sel: actor.sensorId }) as Address}
                    className={styles.actor}
                    title={actor.sensorId}
                  >
                    {names.ofAlarm({ ...actor, assetId: null }).full}
                  </Link>
                </th>
                <td>{t(`rule.${actor.rule}`)}</td>
                <td className="number">
                  <strong>{formatCount(actor.announced)}</strong>
                </td>
                <td className="number">{percentText(actor.announced / announced)}</td>
                <td className="number">{formatCount(actor.chatters)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
