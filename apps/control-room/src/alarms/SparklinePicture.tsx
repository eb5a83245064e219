import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { usePastMinute } from '../past/use-past.js';
import { sensorPartsOf } from '../words/sensor-id.js';
import { sparkPoints, sparklineOf } from './sparkline.js';
import styles from './alarms.module.css';

const HOUR_MS = 3_600_000;
const BOX = { width: 84, height: 20 };

interface SparklineProps {
  readonly sensorId: string;
  readonly name: string;
  readonly limit: number | undefined;
}

/** The last hour of a sensor beside its limit; read once a minute at most, for lines on the screen alone. */
export function SparklinePicture({ sensorId, name, limit }: SparklineProps) {
  const { t } = useTranslation();
  const pastMs = usePastMinute();
  const history = useQuery({
    queryKey: ['sparkline', sensorId, pastMs],
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchInterval: pastMs === undefined ? 60_000 : false,
    queryFn: ({ signal }) => {
      const to = pastMs ?? Date.now();
      const query = { from: to - HOUR_MS, to, points: 60 };
      return call('getReadings', { params: sensorPartsOf(sensorId), query, signal });
    },
  });
  const drawing = useMemo(
    () => (history.data === undefined ? undefined : sparklineOf(sparkPoints(history.data), limit, BOX)),
    [history.data, limit],
  );
  return (
    <svg
      className={styles.spark}
      width={BOX.width}
      height={BOX.height}
      role="img"
      aria-label={t('alarms.lastHour', { name })}
    >
      {drawing?.limitY !== undefined && (
        <line x1={0} x2={BOX.width} y1={drawing.limitY} y2={drawing.limitY} className={styles.sparkLimit} />
      )}
      {drawing !== undefined && <path d={drawing.path} className={styles.sparkLine} />}
    </svg>
  );
}
