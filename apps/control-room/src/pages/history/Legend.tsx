import type { Quality } from '@lifeline/contracts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { XIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nearestIndex, type History } from '../../chart/chart-data.js';
import type { LineLook } from '../../chart/line-looks.js';
import { LINE_LOOKS } from '../../chart/line-looks.js';
import { Cell, useCell } from '../../live/cell.js';
import { useAppearance } from '../../theme/appearance.js';
import { Failed } from '../../words/Failed.js';
import { formatNumber, withUnit } from '../../words/numbers.js';
import { dayOf, hourMinuteSecond } from '../../words/times.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { useZone } from '../../words/use-words.js';
import { UtilityIcon } from '../../words/UtilityIcon.js';
import type { HistoryLine } from './use-lines.js';
import styles from './history.module.css';

interface LegendProps {
  readonly lines: readonly HistoryLine[];
  readonly cursor: Cell<number | undefined>;
  readonly comparedWord: string | undefined;
  onRemove(sensorId: string): void;
}

/** The lines by number, dash and colour, each with its value under the cursor: time, value, unit and quality. */
export function Legend({ lines, cursor, comparedWord, onRemove }: LegendProps) {
  const { t } = useTranslation();
  const atMs = useCell(cursor);
  return (
    <table className={styles.legend} data-testid="legend">
      <thead>
        <tr>
          <th scope="col" aria-label={t('history.line')} />
          <th scope="col">{t('history.sensor')}</th>
          <th scope="col" className="number">
            {t('history.value')}
          </th>
          <th scope="col">{t('history.range')}</th>
          {comparedWord !== undefined && (
            <th scope="col" className="number">
              {comparedWord}
            </th>
          )}
          <th scope="col">{t('history.time')}</th>
          <th scope="col">{t('history.quality')}</th>
          <th scope="col" aria-label={t('history.remove')} />
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row
            key={line.sensorId}
            line={line}
            atMs={atMs}
            isCompared={comparedWord !== undefined}
            onRemove={onRemove}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly line: HistoryLine;
  readonly atMs: number | undefined;
  readonly isCompared: boolean;
  onRemove(sensorId: string): void;
}

function Row({ line, atMs, isCompared, onRemove }: RowProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const names = useSensorNames();
  const { sensor, drawn, sensorId, error, retry } = line;
  const name = sensor === undefined ? undefined : names.of(sensor);
  const history = drawn?.history;
  const point = history && pointAt(history, atMs);
  const before = drawn?.before && pointAt(drawn.before, atMs ?? point?.atMs);
  const isEmpty = history !== undefined && history.timesMs.length === 0;
  return (
    <tr data-testid="legend-row" data-sensor-id={sensorId} aria-busy={line.isReading}>
      <td>
        <Swatch number={line.number} look={LINE_LOOKS[line.number - 1]!} />
      </td>
      <td className={styles.name}>
        <span className={styles.nameLine}>
          {sensor !== undefined && <UtilityIcon utility={sensor.utility} size={14} />}
          <span className="one-line" title={`${name?.full ?? ''} ${sensorId}`}>
            {name?.full ?? sensorId}
          </span>
        </span>
      </td>
      {error != null ? (
        <td colSpan={isCompared ? 5 : 4}>
          <Failed what={name?.full ?? sensorId} error={error} onRetry={retry} />
        </td>
      ) : isEmpty ? (
        <td colSpan={isCompared ? 5 : 4} className="quiet" data-testid="no-readings">
          {t('history.noReadings')}
        </td>
      ) : (
        <>
          <td className="number">
            <strong data-testid="cursor-value">
              {point === undefined ? '–' : withUnit(point.value, drawn?.unit ?? '', sensor)}
            </strong>
          </td>
          <td className="quiet">
            {point?.low !== undefined && point.low !== point.high
              ? t('chart.minMax', { min: formatNumber(point.low, sensor), max: formatNumber(point.high, sensor) })
              : ''}
          </td>
          {isCompared && (
            <td className="number quiet" data-testid="before-value">
              {before === undefined ? '–' : withUnit(before.value, drawn?.unit ?? '', sensor)}
            </td>
          )}
          <td>
            {point !== undefined && (
              <time dateTime={new Date(point.atMs).toISOString()}>
                {dayOf(point.atMs, zone)} {hourMinuteSecond(point.atMs, zone)}
              </time>
            )}
          </td>
          <td className="quiet">
            {point !== undefined && (point.isBucket ? t('history.mean') : t(`quality.${point.quality}`))}
          </td>
        </>
      )}
      <td>
        <Tooltip label={t('history.remove')} openDelay={500}>
          <ActionIcon
            size="sm"
            variant="subtle"
            aria-label={t('history.removeThis', { name: name?.full ?? sensorId })}
            data-testid="remove-sensor"
            onClick={() => onRemove(sensorId)}
          >
            <XIcon size={14} strokeWidth={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </td>
    </tr>
  );
}

function Swatch({ number, look }: { readonly number: number; readonly look: LineLook }) {
  const { name: theme } = useAppearance();
  return (
    <span className={styles.swatch}>
      {number}
      <svg width={26} height={10} aria-hidden>
        <line
          x1={1}
          x2={25}
          y1={5}
          y2={5}
          stroke={look.colour[theme]}
          strokeWidth={2.5}
          strokeDasharray={look.dash.join(' ')}
        />
      </svg>
    </span>
  );
}

interface Point {
  readonly atMs: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly quality: Quality;
  readonly isBucket: boolean;
}

/** What the history has nearest to a moment; its newest where there is no moment. */
function pointAt(history: History, atMs: number | undefined): Point | undefined {
  const { timesMs, mid, low, high, quality, kind } = history;
  let index = nearestIndex(timesMs, atMs ?? Number.POSITIVE_INFINITY);
  // A break is no value: what lies before it is.
  while (index !== undefined && index > 0 && mid[index] === null && quality[index] === 'good') index--;
  if (index === undefined) return undefined;
  return {
    atMs: timesMs[index]!,
    value: mid[index] ?? null,
    low: low[index] ?? null,
    high: high[index] ?? null,
    quality: quality[index] ?? 'good',
    isBucket: kind === 'buckets',
  };
}
