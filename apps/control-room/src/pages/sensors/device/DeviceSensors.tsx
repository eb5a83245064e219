import { channelType, displayUnit } from '@lifeline/catalogue';
import type { Device, Sensor } from '@lifeline/contracts';
import { MapPinIcon } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../../../alarms/PriorityMark.js';
import { shownState, type StandingAlarm } from '../../../live/alarm-book.js';
import { useInterest, useSensorValue, useWorstBySensor } from '../../../live/live-context.js';
import { useNowMs } from '../../../live/now.js';
import { withUnit } from '../../../words/numbers.js';
import { useSensorNames } from '../../../words/use-sensor-names.js';
import { useAgeWords, useNameIn } from '../../../words/use-words.js';
import { limitWords } from '../list/limit-words.js';
import { reportingOf } from '../list/reporting.js';
import list from '../sensors.module.css';
import styles from './device.module.css';

/** The device's sensors with what they say now. */
export function DeviceSensors({ device }: { readonly device: Device }) {
  const { t } = useTranslation();
  const { sensors } = device;
  const interest = useMemo(() => ({ sensorIds: sensors.map(({ sensorId }) => sensorId) }), [sensors]);
  useInterest('device-sensors', interest);
  const worst = useWorstBySensor();
  return (
    <section aria-labelledby="device-sensors">
      <h2 id="device-sensors" className={styles.title}>
        {t('sensors.device.sensors', { count: sensors.length })}
      </h2>
      {sensors.length === 0 ? (
        <p className="quiet">{t('sensors.device.noSensors')}</p>
      ) : (
        <div className={styles.wideTable}>
          <table className={styles.plain}>
            <thead>
              <tr>
                <th>{t('sensors.column.name')}</th>
                <th>{t('sensors.field.channel')}</th>
                <th>{t('sensors.field.type')}</th>
                <th className="number">{t('sensors.column.value')}</th>
                <th>{t('sensors.column.quality')}</th>
                <th className="number">{t('sensors.column.age')}</th>
                <th>{t('sensors.column.alarm')}</th>
                <th>{t('sensors.column.range')}</th>
                <th>{t('sensors.column.limits')}</th>
                <th className="number">{t('sensors.column.interval')}</th>
                <th>{t('sensors.field.assetId')}</th>
                <th>
                  <span className="only-read-aloud">{t('sensors.list.showOnMap')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sensors.map((sensor) => (
                <Row key={sensor.sensorId} sensor={sensor} alarm={worst.get(sensor.sensorId)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ sensor, alarm }: { readonly sensor: Sensor; readonly alarm: StandingAlarm | undefined }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const ageWords = useAgeWords();
  const nowMs = useNowMs();
  const name = useSensorNames().of(sensor);
  const value = useSensorValue(sensor.sensorId);
  const unit = nameIn(displayUnit(sensor.unit));
  const reporting = reportingOf(sensor, value?.measuredAtMs, nowMs);
  const quality = value === undefined ? 'none' : reporting === 'silent' ? 'stale' : value.quality;
  const doubtful = reporting === 'silent' || value?.quality === 'bad' ? 'hatched' : list.liveValue;
  const type = channelType(sensor.type);
  const { sensorId, range } = sensor;
  return (
    <tr data-testid="device-sensor" data-sensor={sensorId}>
      <td title={name.full}>{name.what}</td>
      <td className="quiet">{sensor.channel}</td>
      <td className="quiet">{type === undefined ? (sensor.type ?? t('words.none')) : nameIn(type.name)}</td>
      <td className={`number ${doubtful}`} data-testid="device-sensor-value">
        {value === undefined ? '–' : withUnit(value.value, unit, sensor)}
      </td>
      <td className="quiet">{t(`quality.${quality}`)}</td>
      <td className="number quiet">{value === undefined ? t('words.none') : ageWords(nowMs - value.measuredAtMs)}</td>
      <td>
        {alarm === undefined ? (
          <span className="quiet">{t('state.normal')}</span>
        ) : (
          <span className={list.alarm}>
            <PriorityMark priority={alarm.priority} state={shownState(alarm)} size={15} />
            {t(`state.${shownState(alarm)}`)}
          </span>
        )}
      </td>
      <td className="quiet">{range === null ? t('words.none') : t('sensors.device.range', { ...range, unit })}</td>
      <td className="quiet">{limitWords(sensor.limits) || t('words.none')}</td>
      <td className="number quiet">{t('age.seconds', { count: sensor.intervalS })}</td>
      <td>
        {sensor.assetId === null ? (
          <span className="quiet">{t('words.none')}</span>
        ) : (
          <Link to="/" search={{ sel: sensor.assetId }}>
            {sensor.assetId}
          </Link>
        )}
      </td>
      <td>
        <Link
          to="/"
          search={{ sel: sensorId, lng: sensor.lon, lat: sensor.lat, z: 15 }}
          className={list.iconLink}
          aria-label={t('sensors.list.showNamed', { name: name.full })}
          title={t('sensors.list.showOnMap')}
        >
          <MapPinIcon size={16} strokeWidth={1.6} aria-hidden />
        </Link>
      </td>
    </tr>
  );
}
