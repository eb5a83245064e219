import 'uplot/dist/uPlot.min.css';
import type { Alarm, LiveSensor } from '@lifeline/contracts';
import { SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../frame/use-address.js';
import { useNowMs } from '../live/now.js';
import { useAppearance } from '../theme/appearance.js';
import { Failed } from '../words/Failed.js';
import { formatNumber, withUnit } from '../words/numbers.js';
import { monthDayTime } from '../words/times.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { useZone } from '../words/use-words.js';
import { alarmSpans, expectedBands, limitLines, type History } from './chart-data.js';
import { Plot, type Picture } from './plot.js';
import { useHistory, useOpeningRange, useWindow } from './use-history.js';
import { RANGES, type RangeName } from './window.js';
import styles from './chart.module.css';

interface SensorChartProps {
  readonly sensor: LiveSensor;
  readonly alarms: readonly Alarm[];
}

/** The span of the History page that shows what the chart does. */
const SPAN_OF = { tenMinutes: 'hour', hour: 'hour', sixHours: 'sixHours', day: 'day', week: 'week' } as const;

/** The history of one sensor with its limits and alarms; live where it reaches to now. */
export function SensorChart({ sensor, alarms }: SensorChartProps) {
  const { t } = useTranslation();
  const [chosen, setRange] = useState<RangeName>();
  const opening = useOpeningRange(sensor.sensorId);
  const range = chosen ?? opening;
  const { window, isLive, isChosen } = useWindow(range);
  const { history, asked } = useHistory(sensor, range, window, isLive);
  const change = useChangeAddress();
  const name = useSensorNames().of(sensor);
  const nowMs = useNowMs(10_000);
  const [cursor, setCursor] = useState<number>();
  const limits = useMemo(
    () =>
      limitLines(sensor.limits).map((limit) => ({
        ...limit,
        label: `${t(`limit.${limit.kind}`)} ${formatNumber(limit.value, sensor)}`,
      })),
    [sensor, t],
  );
  const spans = useMemo(() => alarmSpans(alarms, nowMs), [alarms, nowMs]);
  const expected = useMemo(() => expectedBands(alarms, nowMs), [alarms, nowMs]);
  const picture = useMemo<Picture | undefined>(
    () => history && { history, limits, alarms: spans, expected, window },
    [history, limits, spans, expected, window],
  );
  return (
    <section className={styles.chart} data-testid="chart" aria-label={t('chart.label', { name: name.full })}>
      <div className={styles.head}>
        <SegmentedControl
          size="xs"
          aria-label={t('chart.range')}
          value={isChosen ? '' : range}
          onChange={(value) => {
            setRange(value as RangeName);
            change({ from: undefined, to: undefined });
          }}
          data={(Object.keys(RANGES) as RangeName[]).map((value) => ({ value, label: t(`chart.${value}`) }))}
        />
        <Link
          to="/history"
          search={{
            sensors: sensor.sensorId,
            ...(isLive ? { span: SPAN_OF[range] } : { from: window.fromMs, to: window.toMs }),
          }}
          className={styles.back}
          data-testid="open-history"
        >
          {t('history.open')}
        </Link>
        {isChosen && (
          <button type="button" className={styles.back} onClick={() => change({ from: undefined, to: undefined })}>
            {t('chart.backToLive')}
          </button>
        )}
      </div>
      <Readout sensor={sensor} history={history} index={cursor} />
      {asked.isError && history === undefined && (
        <Failed what={t('chart.what')} error={asked.error} onRetry={() => void asked.refetch()} />
      )}
      {picture === undefined && !asked.isError && <div className={styles.skeleton} aria-busy="true" />}
      {picture !== undefined && (
        <PlotPane
          picture={picture}
          onWindow={({ fromMs, toMs }) => change({ from: Math.round(fromMs), to: Math.round(toMs) })}
          onReset={() => change({ from: undefined, to: undefined })}
          onCursor={setCursor}
        />
      )}
      {history?.timesMs.length === 0 && <p className={styles.empty}>{t('chart.empty')}</p>}
    </section>
  );
}

interface PlotPaneProps extends Pick<ConstructorParameters<typeof Plot>[3], 'onWindow' | 'onReset' | 'onCursor'> {
  readonly picture: Picture;
}

function PlotPane({ picture, onWindow, onReset, onCursor }: PlotPaneProps) {
  const { palette } = useAppearance();
  const zone = useZone();
  const container = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot>(undefined);
  const latest = useRef({ picture, onWindow, onReset, onCursor });
  useEffect(() => {
    latest.current = { picture, onWindow, onReset, onCursor };
  });
  useEffect(() => {
    if (container.current === null) return undefined;
    const look = { palette, zone, font: `11px ${getComputedStyle(document.body).fontFamily}` };
    const made = new Plot(container.current, look, latest.current.picture, {
      onWindow: (window) => latest.current.onWindow(window),
      onReset: () => latest.current.onReset(),
      onCursor: (index) => latest.current.onCursor(index),
    });
    plot.current = made;
    return () => {
      plot.current = undefined;
      made.stop();
    };
  }, [palette, zone]);
  useEffect(() => plot.current?.show(picture), [picture]);
  return <div ref={container} className={styles.plot} />;
}

interface ReadoutProps {
  readonly sensor: LiveSensor;
  readonly history: History | undefined;
  readonly index: number | undefined;
}

/** What is under the cursor, else nothing: its value, time and quality. */
function Readout({ sensor, history, index }: ReadoutProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const atMs = index === undefined ? undefined : history?.timesMs[index];
  if (history === undefined || index === undefined || atMs === undefined) return <div className={styles.readout} />;
  const { mid, low, high, quality, kind } = history;
  const isBucket = kind === 'buckets' && low[index] !== high[index];
  return (
    <div className={styles.readout} data-testid="readout">
      <time>{monthDayTime(atMs, zone)}</time>
      <strong>{withUnit(mid[index], sensor.unit, sensor)}</strong>
      {isBucket && (
        <span className="quiet">
          {t('chart.mean')} ·{' '}
          {t('chart.minMax', { min: formatNumber(low[index], sensor), max: formatNumber(high[index], sensor) })}
        </span>
      )}
      {!isBucket && <span className="quiet">{t(`quality.${quality[index] ?? 'good'}`)}</span>}
    </div>
  );
}
