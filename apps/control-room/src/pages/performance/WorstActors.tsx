import type { AlarmPerformance } from '@lifeline/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Address } from '../../frame/address.js';
import { useMay } from '../../session/use-user.js';
import { formatCount } from '../../words/numbers.js';
import { sensorPartsOf } from '../../words/sensor-id.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { percentText } from './FigureTable.js';
import type { DefinitionsSearch } from '../definitions/search.js';
import styles from './performance.module.css';

type Actor = AlarmPerformance['badActors'][number];
const COLUMNS = ['sensor', 'rule', 'announced', 'share', 'chatters', 'suggested'] as const;
const LEFT: readonly string[] = ['sensor', 'rule', 'suggested'];

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
              {COLUMNS.map((word) => (
                <th key={word} scope="col" className={LEFT.includes(word) ? undefined : 'number'}>
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
                <td>
                  <Suggested actor={actor} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What would have made one alarm of its comings; an engineer changes it at the sensor, and what the alarm means in its definition. */
function Suggested({ actor }: { readonly actor: Actor }) {
  const { t } = useTranslation();
  const isEngineer = useMay('engineer');
  const { suggestion, sensorId, rule } = actor;
  if (suggestion === undefined) return <>–</>;
  const { offDelayS, deadband, unit } = suggestion;
  const words =
    deadband === null
      ? t('performance.suggest.delay', { seconds: formatCount(offDelayS) })
      : t('performance.suggest.both', { seconds: formatCount(offDelayS), deadband: String(deadband), unit });
  return (
    <span data-testid="suggested">
      {words}{' '}
      {isEngineer && (
        <>
          <Link
            to="/sensors/device/$deviceId"
            params={{ deviceId: sensorPartsOf(sensorId).deviceId }}
            className={styles.actor}
          >
            {t('performance.suggest.limits')}
          </Link>{' '}
          <Link
            to="/definitions"
            search={() => ({ rule }) satisfies DefinitionsSearch as Address}
            className={styles.actor}
          >
            {t('performance.suggest.definition')}
          </Link>
        </>
      )}
    </span>
  );
}
