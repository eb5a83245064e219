import { displayUnit } from '@lifeline/catalogue';
import type { LiveSensor } from '@lifeline/contracts';
import { MapPinIcon } from 'lucide-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../../../alarms/PriorityMark.js';
import { shownState, type StandingAlarm } from '../../../live/alarm-book.js';
import { useInterest, useSensorValue, useWorstBySensor } from '../../../live/live-context.js';
import { useNowMs } from '../../../live/now.js';
import { withUnit } from '../../../words/numbers.js';
import { useSensorNames } from '../../../words/use-sensor-names.js';
import { useAgeWords, useNameIn } from '../../../words/use-words.js';
import { UtilityIcon } from '../../../words/UtilityIcon.js';
import styles from '../sensors.module.css';
import { limitWords } from './limit-words.js';
import { reportingOf } from './reporting.js';
import type { useSensorList } from './use-sensor-list.js';

const ROW_PX = 34;
const SKELETON_ROWS = 16;
const COLUMNS = ['name', 'sensorId', 'utility', 'value', 'quality', 'age', 'alarm', 'limits'] as const;
const NUMERIC = new Set<string>(['value', 'age']);

interface TableProps {
  readonly list: Pick<
    ReturnType<typeof useSensorList>,
    'sensors' | 'hasNextPage' | 'isFetching' | 'isError' | 'fetchNextPage'
  >;
  readonly loading: boolean;
}

/** The rows that are in view, however many there are; the next page is read as the end comes near. */
export function SensorTable({ list, loading }: TableProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { sensors, hasNextPage, isFetching, isError, fetchNextPage } = list;
  const rows = useVirtualizer({
    count: sensors.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  const last = shown.at(-1)?.index ?? -1;

  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && last >= sensors.length - 40) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage, last, sensors.length]);

  const interest = useMemo(
    () => ({ sensorIds: sensors.slice(first, last + 1).map(({ sensorId }) => sensorId) }),
    [sensors, first, last],
  );
  useInterest('sensor-list', interest);
  const worst = useWorstBySensor();

  return (
    <div
      className={styles.table}
      role="table"
      aria-label={t('sensorsPage.title')}
      aria-rowcount={hasNextPage ? -1 : sensors.length + 1}
      aria-busy={loading}
    >
      <div className={styles.scroller} ref={scroller}>
        <div className={styles.columns} role="row" aria-rowindex={1}>
          {COLUMNS.map((column) => (
            <span key={column} role="columnheader" className={NUMERIC.has(column) ? 'number' : undefined}>
              {t(`sensors.column.${column}`)}
            </span>
          ))}
          <span role="columnheader">
            <span className="only-read-aloud">{t('sensors.list.showOnMap')}</span>
          </span>
        </div>
        {loading &&
          Array.from({ length: SKELETON_ROWS }, (_, index) => <div key={index} className={styles.skeletonRow} />)}
        <div className={styles.rows} style={{ height: rows.getTotalSize() }} role="rowgroup">
          {shown.map(({ index, start }) => {
            const sensor = sensors[index];
            return (
              sensor && (
                <SensorRow
                  key={sensor.sensorId}
                  sensor={sensor}
                  alarm={worst.get(sensor.sensorId)}
                  index={index}
                  top={start}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  readonly sensor: LiveSensor;
  readonly alarm: StandingAlarm | undefined;
  readonly index: number;
  readonly top: number;
}

const SensorRow = memo(function SensorRow({ sensor, alarm, index, top }: RowProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const nameIn = useNameIn();
  const name = useSensorNames().of(sensor);
  const value = useSensorValue(sensor.sensorId) ?? sensor.last ?? undefined;
  const nowMs = useNowMs();
  const ageWords = useAgeWords();
  const reporting = reportingOf(sensor, value?.measuredAtMs, nowMs);
  const quality = value === undefined ? 'none' : reporting === 'silent' ? 'stale' : value.quality;
  const doubtful = reporting === 'silent' || value?.quality === 'bad' ? 'hatched' : undefined;
  const { deviceId } = sensor;
  return (
    <div
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)` }}
      data-testid="sensor-row"
      onClick={() => void navigate({ to: '/sensors/device/$deviceId', params: { deviceId } })}
    >
      <span role="cell" className={styles.nameCell} title={name.full}>
        <Link
          to="/sensors/device/$deviceId"
          params={{ deviceId }}
          className={styles.rowLink}
          onClick={(event) => event.stopPropagation()}
        >
          {name.what}
        </Link>
        {name.place !== null && <span className="quiet">{name.place}</span>}
      </span>
      <span role="cell" className="one-line quiet" title={`${sensor.deviceName} · ${sensor.sensorId}`}>
        {sensor.sensorId}
      </span>
      <span role="cell" className={styles.lifeline}>
        <UtilityIcon utility={sensor.utility} size={14} />
        <span className="one-line">{t(`utility.${sensor.utility}`)}</span>
      </span>
      <span role="cell" className={`number ${doubtful ?? styles.liveValue}`}>
        {value === undefined ? '–' : withUnit(value.value, nameIn(displayUnit(sensor.unit)), sensor)}
      </span>
      <span role="cell" className="quiet one-line">
        {t(`quality.${quality}`)}
      </span>
      <span role="cell" className="number quiet">
        {value === undefined ? t('words.none') : ageWords(nowMs - value.measuredAtMs)}
      </span>
      <span role="cell" className={styles.alarm}>
        {alarm === undefined ? (
          <span className="quiet">{t('state.normal')}</span>
        ) : (
          <>
            <PriorityMark priority={alarm.priority} state={shownState(alarm)} size={15} />
            <span className="one-line">{t(`state.${shownState(alarm)}`)}</span>
          </>
        )}
      </span>
      <span role="cell" className="one-line quiet" title={limitWords(sensor.limits)}>
        {limitWords(sensor.limits)}
      </span>
      <span role="cell">
        <Link
          to="/"
          search={{ sel: sensor.sensorId, lng: sensor.lon, lat: sensor.lat, z: 15 }}
          className={styles.iconLink}
          aria-label={t('sensors.list.showNamed', { name: name.full })}
          title={t('sensors.list.showOnMap')}
          onClick={(event) => event.stopPropagation()}
        >
          <MapPinIcon size={16} strokeWidth={1.6} aria-hidden />
        </Link>
      </span>
    </div>
  );
});
