import type { Evidence } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';
import { useSelection } from '../frame/use-address.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { withUnit } from '../words/numbers.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { carrierRows, type CarrierRow } from './carriers.js';
import styles from './why.module.css';

/** Bars that fit the drawer without pushing the chart out of view. */
const MOST_SHOWN = 6;

/** Who carries a finding, as bars, the one that carries most first; each opens its sensor. One sensor alone needs no bar. */
export function Carriers({ carriers }: Pick<Evidence, 'carriers'>) {
  const { t } = useTranslation();
  const rows = carrierRows(carriers, MOST_SHOWN);
  if (rows.length < 2) return null;
  return (
    <div>
      <div className="quiet">{t('why.carriers')}</div>
      <ol className={styles.carriers} data-testid="why-carriers">
        {rows.map((row) => (
          <li key={row.sensorId}>
            <Carrier row={row} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Carrier({ row }: { readonly row: CarrierRow }) {
  const { t } = useTranslation();
  const { select } = useSelection();
  const { sensorId, percent, length, value, expected } = row;
  const sensor = useCell(useLive().sensors).byId.get(sensorId);
  const names = useSensorNames();
  const name = sensor === undefined ? undefined : names.of(sensor);
  const unit = sensor?.unit ?? '';
  const read = value === null ? undefined : withUnit(value, unit, sensor);
  const beside =
    read !== undefined && expected !== null
      ? t('why.readExpected', { value: read, expected: withUnit(expected, unit, sensor) })
      : read;
  return (
    <button
      type="button"
      className={styles.carrier}
      title={[name?.full ?? sensorId, beside].filter((part) => part !== undefined).join(' · ')}
      data-testid="why-carrier"
      data-sensor-id={sensorId}
      onClick={() => select(sensorId)}
    >
      <span className="one-line">{name?.what ?? sensorId}</span>
      <span className={styles.bar} aria-hidden>
        <i style={{ width: `${Math.max(2, length * 100)}%` }} />
      </span>
      <span className="number">{t('why.share', { percent })}</span>
    </button>
  );
}
