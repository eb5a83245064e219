import type { LiveSensor } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { limitLines } from '../chart/chart-data.js';
import { staleAfterMs } from '../live/sensor-book.js';
import { THIN_SPACE, formatNumber, shownUnit, withUnit } from '../words/numbers.js';
import { useAgeWords } from '../words/use-words.js';
import styles from './drawer.module.css';

/** What the sensor is watched by, worst high first. */
export function LimitsTable({ sensor }: { readonly sensor: LiveSensor }) {
  const { t } = useTranslation();
  const ageWords = useAgeWords();
  const { limits, unit, range } = sensor;
  const lines = limitLines(limits).reverse();
  const rows: [string, string][] = lines.map(({ kind, value }) => [t(`limit.${kind}`), withUnit(value, unit, sensor)]);
  const seconds = (count: number): string => ageWords(count * 1000);
  if (limits.ratePerMinute != null) rows.push([t('limit.ratePerMinute'), withUnit(limits.ratePerMinute, unit, sensor)]);
  if (limits.deadband != null) rows.push([t('limit.deadband'), withUnit(limits.deadband, unit, sensor)]);
  if (limits.onDelayS != null) rows.push([t('limit.onDelay'), seconds(limits.onDelayS)]);
  if (limits.offDelayS != null) rows.push([t('limit.offDelay'), seconds(limits.offDelayS)]);
  rows.push([t('limit.staleAfter'), ageWords(staleAfterMs(sensor))]);
  if (range !== null) {
    const { low, high } = range;
    rows.push([
      t('drawer.range'),
      `${formatNumber(low, sensor)} … ${formatNumber(high, sensor)}${THIN_SPACE}${shownUnit(unit)}`,
    ]);
  }
  return (
    <section className={styles.part} data-testid="limits">
      <h3>{t('drawer.limits')}</h3>
      {lines.length === 0 && <p className="quiet">{t('drawer.noLimits')}</p>}
      <table className={styles.table}>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="number">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{t('drawer.interval', { interval: seconds(sensor.intervalS) })}</p>
    </section>
  );
}
