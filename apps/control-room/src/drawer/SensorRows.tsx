import type { LiveSensor } from '@lifeline/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { useSelection } from '../frame/use-address.js';
import { shownState } from '../live/alarm-book.js';
import { useInterest, useSensorValue, useWorstBySensor } from '../live/live-context.js';
import { withUnit } from '../words/numbers.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import styles from './drawer.module.css';

interface SensorRowsProps {
  readonly sensors: readonly LiveSensor[];
  /** The name under which their live values are asked for. */
  readonly part: string;
}

/** Sensors with their live values; each opens its own. */
export function SensorRows({ sensors, part }: SensorRowsProps) {
  useInterest(
    part,
    useMemo(() => ({ sensorIds: sensors.map((sensor) => sensor.sensorId) }), [sensors]),
  );
  return (
    <div className={styles.rows}>
      {sensors.map((sensor) => (
        <SensorRow key={sensor.sensorId} sensor={sensor} />
      ))}
    </div>
  );
}

function SensorRow({ sensor }: { readonly sensor: LiveSensor }) {
  const { t } = useTranslation();
  const { select } = useSelection();
  const value = useSensorValue(sensor.sensorId);
  const name = useSensorNames().of(sensor);
  const alarm = useWorstBySensor().get(sensor.sensorId);
  return (
    <button type="button" className={styles.row} data-testid="sensor-row" onClick={() => select(sensor.sensorId)}>
      {alarm === undefined ? <i /> : <PriorityMark priority={alarm.priority} state={shownState(alarm)} size={14} />}
      <span className="one-line" title={name.full}>
        {name.what}
      </span>
      <span className={value?.quality === 'bad' ? 'number hatched' : 'number'} data-live>
        {value === undefined ? t('quality.none') : withUnit(value.value, sensor.unit, sensor)}
      </span>
    </button>
  );
}
