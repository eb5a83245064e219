import { channelTypeOfDefinition } from '@lifeline/catalogue';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Address } from '../../../frame/address.js';
import { useCell } from '../../../live/cell.js';
import { useLive } from '../../../live/live-context.js';
import { THIN_SPACE, formatCount } from '../../../words/numbers.js';
import { useAgeWords, useNameIn } from '../../../words/use-words.js';
import { countDiffering, figuresOf, limitOfDefinition, type LimitFigure } from './limits-of-type.js';
import styles from './detail.module.css';

/** Limit, deadband and delays that are usual of the type, and how many of its sensors go by other ones. */
export function UsualLimits({ definitionId }: { readonly definitionId: string }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const ageWords = useAgeWords();
  const { byId } = useCell(useLive().sensors);
  const type = channelTypeOfDefinition(definitionId);
  const limit = limitOfDefinition(definitionId);
  if (type === undefined || limit === undefined) return <p className="quiet">{t('definitions.limits.byTest')}</p>;
  const { count, differ } = countDiffering(byId.values(), type, limit);
  const unit = nameIn(type.unitLabel);
  const nameOf = ({ name }: LimitFigure): string => t(`limit.${name === 'limit' ? limit : name}`);
  const textOf = ({ name, value }: LimitFigure): string => {
    if (value === null) return t('definitions.limits.none');
    if (name === 'onDelay' || name === 'offDelay') return ageWords(value * 1000);
    const figure = String(Number(value.toPrecision(4))).replace('-', '\u2212');
    return unit === '' ? figure : `${figure}${THIN_SPACE}${unit}`;
  };
  return (
    <>
      <table className={styles.figures} data-testid="usual-limits">
        <caption>{t('definitions.limits.usual', { type: nameIn(type.name) })}</caption>
        <tbody>
          {figuresOf(type.limits, limit).map((figure) => (
            <tr key={figure.name}>
              <th scope="row">{nameOf(figure)}</th>
              <td className="number">{textOf(figure)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {type.relativeLimits !== null && <p>{t('definitions.limits.relative', { how: nameIn(type.relativeLimits) })}</p>}
      <p className="quiet">
        {t('definitions.limits.sensors', { sensors: formatCount(count), differ: formatCount(differ) })}{' '}
        {t('definitions.limits.ofSensor')}{' '}
        <Link to="/sensors" search={() => ({ q: type.code }) as Address}>
          {t('definitions.limits.toSensors')}
        </Link>
      </p>
    </>
  );
}
