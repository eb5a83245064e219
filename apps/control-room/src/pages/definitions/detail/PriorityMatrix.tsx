import {
  CONSEQUENCE_CLASSES,
  PRIORITY_MATRIX,
  RESPONSE_BANDS_MIN,
  priorityByConsequence,
  type ConsequenceClass,
} from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../../../alarms/PriorityMark.js';
import styles from './detail.module.css';

interface MatrixProps {
  readonly consequenceClass: ConsequenceClass;
  /** NaN while no number is typed: no cell is marked then. */
  readonly minutesToRespond: number;
}

/** The table by which consequence and time to act give the priority, with this definition's cell marked. */
export function PriorityMatrix({ consequenceClass, minutesToRespond }: MatrixProps) {
  const { t } = useTranslation();
  const isKnown = minutesToRespond > 0;
  const found = RESPONSE_BANDS_MIN.findIndex((end) => minutesToRespond <= end);
  const column = !isKnown ? undefined : found < 0 ? RESPONSE_BANDS_MIN.length : found;
  return (
    <div className={styles.matrix}>
      {isKnown && (
        <p data-testid="matrix-says">
          {t('definitions.matrix.says', {
            class: t(`definitions.class.${consequenceClass}`),
            minutes: minutesToRespond,
            priority: t(`priority.${priorityByConsequence(consequenceClass, minutesToRespond)}`),
          })}
        </p>
      )}
      <table>
        <caption className="only-read-aloud">{t('definitions.matrix.corner')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('definitions.part.consequenceClass')}</th>
            {RESPONSE_BANDS_MIN.map((minutes) => (
              <th key={minutes} scope="col">
                {t('definitions.matrix.upTo', { minutes })}
              </th>
            ))}
            <th scope="col">{t('definitions.matrix.longer')}</th>
          </tr>
        </thead>
        <tbody>
          {CONSEQUENCE_CLASSES.map((row) => (
            <tr key={row}>
              <th scope="row">{t(`definitions.class.${row}`)}</th>
              {PRIORITY_MATRIX[row].map((priority, at) => {
                const isHere = row === consequenceClass && at === column;
                return (
                  <td key={at} data-here={isHere} data-testid={isHere ? 'matrix-here' : undefined}>
                    <PriorityMark priority={priority} state="acknowledged" size={18} />
                    {isHere && <span className={styles.here}>{t('definitions.matrix.here')}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{t('definitions.matrix.note')}</p>
    </div>
  );
}
