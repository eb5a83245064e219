import { Button, FileButton, Progress } from '@mantine/core';
import { DownloadIcon, FileUpIcon } from 'lucide-react';
import { IMPORT_COLUMNS, MOST_IMPORT_BYTES } from '@lifeline/contracts';
import { Link } from '@tanstack/react-router';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../words/numbers.js';
import { useCity } from '../../../words/use-words.js';
import { EngineersOnly } from '../EngineersOnly.js';
import { ImportErrors } from './ImportErrors.js';
import { PreviewTable } from './PreviewTable.js';
import { templateCsv } from './import-preview.js';
import { useImport, type ImportState } from './use-import.js';
import list from '../sensors.module.css';
import styles from './import.module.css';

/** Many sensors at once from a CSV file: tried first, then imported whole or not at all. */
export function ImportPage() {
  const { t } = useTranslation();
  return (
    <EngineersOnly>
      <section className={list.page}>
        <header className={list.heading}>
          <h1>{t('sensors.import.title')}</h1>
          <TemplateButton />
        </header>
        <Import />
      </section>
    </EngineersOnly>
  );
}

function TemplateButton() {
  const { t } = useTranslation();
  const centre = useCity().data?.centre;
  const download = (): void => {
    const address = URL.createObjectURL(new Blob([templateCsv(centre)], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'sensors.csv';
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  return (
    <div className={list.acts}>
      <Button
        size="xs"
        variant="default"
        leftSection={<DownloadIcon size={15} strokeWidth={1.6} aria-hidden />}
        onClick={download}
        data-testid="import-template"
      >
        {t('sensors.import.template')}
      </Button>
    </div>
  );
}

function Import() {
  const { t } = useTranslation();
  const { state, choose, run, cancel } = useImport();
  const [over, setOver] = useState<'over' | 'away'>('away');
  const [shown, setShown] = useState<number>();
  // Else the same file, mended, could not be chosen again.
  const forget = useRef<() => void>(null);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver('away');
    choose(event.dataTransfer.files[0]);
  };
  const busy = state.kind === 'trying' || state.kind === 'importing';
  return (
    <div
      className={styles.body}
      data-over={over === 'over'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver('over');
      }}
      onDragLeave={() => setOver('away')}
      onDrop={drop}
    >
      <div className={styles.drop}>
        <FileButton
          accept=".csv,text/csv,text/plain"
          resetRef={forget}
          onChange={(file) => {
            choose(file ?? undefined);
            forget.current?.();
          }}
          inputProps={{ 'data-testid': 'import-file' } as Record<string, string>}
        >
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant={state.kind === 'tried' ? 'default' : 'filled'}
              disabled={busy}
              leftSection={<FileUpIcon size={15} strokeWidth={1.6} aria-hidden />}
            >
              {t('sensors.import.choose')}
            </Button>
          )}
        </FileButton>
        <p className="quiet">{t('sensors.import.dropHint', { megabytes: MOST_IMPORT_BYTES / 1024 / 1024 })}</p>
      </div>
      {state.kind === 'none' && <Columns />}
      {busy && (
        <div className={styles.progress} role="status" data-testid="import-progress">
          <span>{t(`sensors.import.${state.kind}`, { file: state.file })}</span>
          <Progress value={100} animated aria-label={t('words.loading')} />
          <Button size="compact-xs" variant="default" onClick={cancel}>
            {t('sensors.cancel')}
          </Button>
        </div>
      )}
      {state.kind === 'refused' && (
        <p role="alert" data-testid="import-refused">
          {state.why.kind === 'server'
            ? t('sensors.form.refused', { why: state.why.message })
            : t(`sensors.import.trouble.${state.why.kind}`, {
                file: state.file,
                megabytes: MOST_IMPORT_BYTES / 1024 / 1024,
              })}
        </p>
      )}
      {state.kind === 'done' && <Done state={state} />}
      {state.kind === 'tried' && (
        <>
          <Verdict state={state} onRun={run} />
          <ImportErrors errors={state.preview.errors} onShow={setShown} />
          <PreviewTable key={state.file} preview={state.preview} shownRow={shown} />
        </>
      )}
    </div>
  );
}

function Columns() {
  const { t } = useTranslation();
  return (
    <div className={styles.columns}>
      <p>{t('sensors.import.columns')}</p>
      <p>
        <code>{IMPORT_COLUMNS.join(', ')}</code>
      </p>
      <p className="quiet">{t('sensors.import.rules')}</p>
    </div>
  );
}

function Done({ state }: { readonly state: Extract<ImportState, { kind: 'done' }> }) {
  const { t } = useTranslation();
  const { created, changed, unchanged } = state.answer;
  return (
    <div role="status" data-testid="import-done">
      <p>
        {t('sensors.import.done', {
          created: formatCount(created),
          changed: formatCount(changed),
          unchanged: formatCount(unchanged),
        })}
      </p>
      <p>
        <Link to="/sensors">{t('sensors.backToList')}</Link>
      </p>
    </div>
  );
}

interface VerdictProps {
  readonly state: Extract<ImportState, { kind: 'tried' }>;
  readonly onRun: () => void;
}

/** What the file would do, and the button that does it where nothing is wrong. */
function Verdict({ state, onRun }: VerdictProps) {
  const { t } = useTranslation();
  const { rows, created, changed, unchanged, errors } = state.answer;
  const nothing = created + changed === 0;
  return (
    <div className={styles.verdict} role="status" data-testid="import-verdict">
      <strong className="one-line">{state.file}</strong>
      <span>{t('sensors.import.rows', { rows: formatCount(rows) })}</span>
      {errors.length === 0 ? (
        <span data-testid="import-counts">
          {t('sensors.import.counts', {
            created: formatCount(created),
            changed: formatCount(changed),
            unchanged: formatCount(unchanged),
          })}
        </span>
      ) : (
        <span>{t('sensors.import.mend', { errors: formatCount(errors.length) })}</span>
      )}
      <Button size="xs" ml="auto" disabled={errors.length > 0 || nothing} onClick={onRun} data-testid="import-run">
        {t(nothing && errors.length === 0 ? 'sensors.import.nothing' : 'sensors.import.run')}
      </Button>
    </div>
  );
}
