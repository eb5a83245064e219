import { TARGETS } from '@lifeline/alarms';
import type { AlarmPerformance } from '@lifeline/contracts';
import { Button, NumberInput, SegmentedControl } from '@mantine/core';
import { PrinterIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNowMs } from '../../live/now.js';
import { useUser } from '../../session/use-user.js';
import { Failed } from '../../words/Failed.js';
import { dayOf, hourMinute } from '../../words/times.js';
import { useCity, useNameIn, useZone } from '../../words/use-words.js';
import { AnnouncedChart } from './AnnouncedChart.js';
import { FigureTable, ResponseTable } from './FigureTable.js';
import { FloodList } from './FloodList.js';
import { PrioritySpread } from './PrioritySpread.js';
import { WorstActors } from './WorstActors.js';
import { MOST_OPERATORS, usePerformanceSearch } from './search.js';
import { SPAN_NAMES, type Span, type SpanName } from './spans.js';
import { usePerformance } from './use-performance.js';
import styles from './performance.module.css';

/** How the alarm system itself does: whether people can cope with what is announced. Also the report of a shift, on paper. */
export function PerformancePage() {
  const { t } = useTranslation();
  const zone = useZone();
  const { span: name, operators, change } = usePerformanceSearch();
  const { data, error, refetch, span } = usePerformance(name, operators);
  const shown = data?.span ?? span;
  const said = t('performance.spanIs', { from: dayTime(shown.fromMs, zone), to: dayTime(shown.toMs, zone) });
  return (
    <section className={styles.page} data-testid="performance-page">
      <header className={styles.top}>
        <h1>{t('performance.title')}</h1>
        <SegmentedControl
          size="xs"
          aria-label={t('performance.span')}
          value={name}
          onChange={(value) => change({ span: value as SpanName })}
          data={SPAN_NAMES.map((value) => ({ value, label: t(`performance.spanOf.${value}`) }))}
          data-testid="performance-span"
        />
        <label className={styles.operators}>
          <span>{t('performance.operators')}</span>
          <NumberInput
            size="xs"
            w={64}
            min={1}
            max={MOST_OPERATORS}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            value={operators}
            onChange={(value) => {
              const count = Number(value);
              if (Number.isInteger(count) && count >= 1) change({ operators: count });
            }}
            data-testid="operators"
          />
        </label>
        <span className="quiet" data-testid="span-said">
          {said}
        </span>
        <Button
          size="xs"
          variant="default"
          className={styles.print}
          leftSection={<PrinterIcon size={14} strokeWidth={1.6} aria-hidden />}
          onClick={() => window.print()}
          disabled={data === undefined}
          data-testid="print"
        >
          {t('performance.print')}
        </Button>
      </header>
      <PaperHead said={said} name={name} operators={operators} />
      {data === undefined && error === null && <Skeleton />}
      {error !== null && (
        <div className={styles.message}>
          <Failed what={t('performance.what')} error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {data !== undefined && <Report performance={data.performance} span={data.span} operators={operators} />}
    </section>
  );
}

function dayTime(atMs: number, zone: string): string {
  return `${dayOf(atMs, zone)} ${hourMinute(atMs, zone)}`;
}

interface ReportProps {
  readonly performance: AlarmPerformance;
  readonly span: Span;
  readonly operators: number;
}

function Report({ performance, span, operators }: ReportProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.body}>
      {performance.announced === 0 && (
        <p className={styles.empty} data-testid="nothing-announced">
          {t('performance.empty')}
        </p>
      )}
      <AnnouncedChart performance={performance} span={span} atMost={TARGETS.peakPerTenMinutes.atMost * operators} />
      <FigureTable performance={performance} />
      <WorstActors performance={performance} />
      <div className={styles.beside}>
        <PrioritySpread performance={performance} />
        <ResponseTable performance={performance} />
        <FloodList performance={performance} />
      </div>
    </div>
  );
}

interface PaperHeadProps {
  readonly said: string;
  readonly name: SpanName;
  readonly operators: number;
}

/** What paper must say of itself: of which city and span it is, who printed it and when. */
function PaperHead({ said, name, operators }: PaperHeadProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const city = useCity().data;
  const nameIn = useNameIn();
  const { username } = useUser();
  const nowMs = useNowMs(60_000);
  return (
    <div className={styles.paperHead} data-testid="paper-head">
      <h1>
        {city === undefined ? t('app.name') : nameIn(city.name)} · {t('performance.report')}
      </h1>
      <p>
        {t(`performance.spanOf.${name}`)} · {said} · {t('performance.onDuty', { count: operators })}
      </p>
      <p>
        {t('performance.printedBy', { username, time: dayTime(nowMs, zone) })}
        {city?.simulated === true && ` · ${t('frame.simulated')}`}
      </p>
    </div>
  );
}

function Skeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.body} aria-busy="true" aria-label={t('words.loading')}>
      <div className={styles.skeleton} style={{ height: 250, gridColumn: '1 / -1' }} />
      <div className={styles.skeleton} style={{ height: 340 }} />
      <div className={styles.skeleton} style={{ height: 340 }} />
      <div className={styles.skeleton} style={{ height: 340 }} />
    </div>
  );
}
