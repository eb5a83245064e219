import { SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.js';
import type { Span } from '../../chart/chart-data.js';
import { Cell } from '../../live/cell.js';
import { useNowMs } from '../../live/now.js';
import { dayOf } from '../../words/times.js';
import { useZone } from '../../words/use-words.js';
import { AddSensor, Offered } from './AddSensor.js';
import { EventList } from './EventList.js';
import { ExportMenu } from './ExportMenu.js';
import { Legend } from './Legend.js';
import { PlotPane } from './PlotPane.js';
import { useHistorySearch } from './search.js';
import { COMPARISONS, PRESETS, type Comparison, type PresetName } from './spans.js';
import { useLines } from './use-lines.js';
import { useShownWindow } from './use-window.js';
import { WindowFields } from './WindowFields.js';
import styles from './history.module.css';

/** Years of several sensors in one chart, with what happened under it. All of it is in the address. */
export function HistoryPage() {
  const { t } = useTranslation();
  const { sensorIds, span, compare, change, setSensors } = useHistorySearch();
  const { window, isLive } = useShownWindow(span);
  const lines = useLines(sensorIds, window, compare);
  const [cursor] = useState(() => new Cell<number | undefined>(undefined));
  const drawn = lines.flatMap((line) => line.drawn ?? []);
  const setWindow = ({ fromMs, toMs }: Span): void => change({ from: Math.round(fromMs), to: Math.round(toMs) });
  const add = (sensorId: string): void => setSensors([...sensorIds, sensorId]);
  return (
    <section className={styles.page} data-testid="history-page">
      <header className={styles.top}>
        <h1>{t('history.title')}</h1>
        <SegmentedControl
          size="xs"
          aria-label={t('history.span')}
          value={isLive ? span : ''}
          onChange={(value) => change({ span: value as PresetName, from: undefined, to: undefined })}
          data={(Object.keys(PRESETS) as PresetName[]).map((value) => ({ value, label: t(`history.preset.${value}`) }))}
          data-testid="history-span"
        />
        <WindowFields window={window} onWindow={setWindow} />
        <Select
          size="xs"
          w={190}
          aria-label={t('history.compare')}
          placeholder={t('history.compare')}
          clearable
          value={compare ?? null}
          onChange={(value) => change({ compare: (value as Comparison | null) ?? undefined })}
          data={(Object.keys(COMPARISONS) as Comparison[]).map((value) => ({
            value,
            label: t(`history.with.${value}`),
          }))}
          data-testid="history-compare"
        />
        <AddSensor sensorIds={sensorIds} onAdd={add} />
        <ExportMenu sensorIds={sensorIds} window={window} />
      </header>
      <Expired window={window} />
      <Offered sensorIds={sensorIds} onAdd={add} />
      {sensorIds.length === 0 ? (
        <p className={styles.empty}>{t('history.empty')}</p>
      ) : (
        <div className={styles.body}>
          {drawn.length === 0 ? (
            <div className={styles.skeleton} aria-busy={lines.some((line) => line.isReading)} />
          ) : (
            <PlotPane
              picture={{ lines: drawn, window }}
              cursor={cursor}
              onWindow={setWindow}
              onReset={() => change({ from: undefined, to: undefined })}
            />
          )}
          <Legend
            lines={lines}
            cursor={cursor}
            comparedWord={compare && t(`history.with.${compare}`)}
            onRemove={(sensorId) => setSensors(sensorIds.filter((id) => id !== sensorId))}
          />
          <EventList lines={lines} />
        </div>
      )}
    </section>
  );
}

/** Says where the window reaches back to readings that are no longer kept. */
function Expired({ window }: { readonly window: Span }) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(60_000);
  const facts = useQuery({
    queryKey: ['history-facts'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => call('getHistory', { signal }),
  });
  const days = useMemo(() => (facts.data === undefined ? 0 : Math.round(facts.data.keptMs / 86_400_000)), [facts.data]);
  if (facts.data === undefined) return null;
  const sinceMs = nowMs - facts.data.keptMs;
  if (window.fromMs >= sinceMs) return null;
  const word = window.toMs < sinceMs ? 'history.allExpired' : 'history.partExpired';
  return (
    <p className={styles.expired} role="status" data-testid="expired">
      {t(word, { count: days, day: dayOf(sinceMs, zone) })}
    </p>
  );
}
