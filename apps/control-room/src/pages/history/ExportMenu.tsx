import type { ExportFormat } from '@lifeline/contracts';
import { Button, Popover, Progress, Radio } from '@mantine/core';
import { DownloadIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Span } from '../../chart/chart-data.js';
import { useRefusalWords } from '../../refusals/use-refusal-words.js';
import { useExport, type ExportChoice, type ExportState } from './use-export.js';
import styles from './history.module.css';

interface ExportMenuProps {
  readonly sensorIds: readonly string[];
  readonly window: Span;
}

/** What the page shows, or its readings, as a file: the choice, how far it is, and what came of it. */
export function ExportMenu({ sensorIds, window }: ExportMenuProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [choice, setChoice] = useState<ExportChoice>({ format: 'csv', rows: 'raw' });
  const { state, start, cancel } = useExport(sensorIds, window);
  const isRunning = state.kind === 'running';
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={320} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          disabled={sensorIds.length === 0 && !isRunning}
          leftSection={<DownloadIcon size={14} strokeWidth={1.6} aria-hidden />}
          data-testid="export"
          onClick={() => setOpened(!opened)}
        >
          {t('history.export.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.export} aria-label={t('history.export.button')} data-testid="export-menu">
        <Radio.Group
          size="xs"
          label={t('history.export.rows')}
          value={choice.rows}
          onChange={(rows) => setChoice({ ...choice, rows: rows as ExportChoice['rows'] })}
        >
          <Radio size="xs" value="raw" disabled={isRunning} label={t('history.export.raw')} data-testid="export-raw" />
          <Radio
            size="xs"
            value="shown"
            disabled={isRunning}
            label={t('history.export.shown')}
            data-testid="export-shown"
          />
        </Radio.Group>
        <Radio.Group
          size="xs"
          label={t('history.export.format')}
          value={choice.format}
          onChange={(format) => setChoice({ ...choice, format: format as ExportFormat })}
        >
          <Radio size="xs" value="csv" disabled={isRunning} label={t('history.export.csv')} data-testid="export-csv" />
          <Radio
            size="xs"
            value="parquet"
            disabled={isRunning}
            label={t('history.export.parquet')}
            data-testid="export-parquet"
          />
        </Radio.Group>
        <Button
          size="xs"
          variant={isRunning ? 'default' : 'filled'}
          data-testid={isRunning ? 'export-cancel' : 'export-start'}
          onClick={() => (isRunning ? cancel() : void start(choice))}
        >
          {t(isRunning ? 'history.export.cancel' : 'history.export.start')}
        </Button>
        <Standing state={state} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Standing({ state }: { readonly state: ExportState }) {
  const { t, i18n } = useTranslation();
  const refusalWords = useRefusalWords();
  const number = (value: number) => value.toLocaleString(i18n.language);
  if (state.kind === 'running') {
    const { rows, total } = state;
    const percent = total === undefined || total === 0 ? 100 : Math.min(100, (rows / total) * 100);
    return (
      <div data-testid="export-progress">
        <Progress value={percent} animated={total === undefined} aria-label={t('history.export.button')} />
        <p className="quiet">
          {total === undefined
            ? t('history.export.soFar', { rows: number(rows) })
            : t('history.export.soFarOf', { rows: number(rows), total: number(total) })}
        </p>
      </div>
    );
  }
  return (
    <div role="status">
      {state.kind === 'done' && <p data-testid="export-done">{t('history.export.done', { name: state.name })}</p>}
      {state.kind === 'failed' && (
        <p data-testid="export-failed">{t('history.export.failed', { why: refusalWords(state.error) })}</p>
      )}
    </div>
  );
}
