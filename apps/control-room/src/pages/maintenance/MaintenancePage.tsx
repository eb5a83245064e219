import { windowState, type ListedWindow } from '@lifeline/contracts';
import { Button, SegmentedControl } from '@mantine/core';
import { PlusIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDialog } from '../../forms/use-dialog.js';
import { useNowMs } from '../../live/now.js';
import { useActsClosed } from '../../past/use-past.js';
import { useMay } from '../../session/use-user.js';
import { Failed } from '../../words/Failed.js';
import { Confirm } from '../sensors/Confirm.js';
import { WindowBars } from './WindowBars.js';
import { WindowForm } from './WindowForm.js';
import { WindowTable } from './WindowTable.js';
import { useMaintenance, useMaintenanceActs } from './use-maintenance.js';
import styles from './maintenance.module.css';

type View = 'open' | 'past';
/** Planned work: while it lasts, alarms of what is worked on are suppressed by design. */
export function MaintenancePage() {
  const { t } = useTranslation();
  const isEngineer = useMay('engineer');
  const closed = useActsClosed();
  const { data, error, refetch } = useMaintenance();
  const { save, end } = useMaintenanceActs();
  const nowMs = useNowMs(1000);
  const [view, setView] = useState<View>('open');
  const [ending, setEnding] = useState<ListedWindow>();
  const [confirm, setConfirm] = useState<'shown' | 'hidden'>('hidden');

  const form = useDialog<ListedWindow | undefined>((before, close) => ({
    title: t(before === undefined ? 'maintenance.form.new' : 'maintenance.form.edit'),
    size: 'lg',
    body: <WindowForm before={before} onSave={(content) => save(content, before)} onDone={close} />,
  }));
  const endOrAsk = (window: ListedWindow): void => {
    // An engineer can take it back; who cannot is asked first.
    if (isEngineer) void end(window, nowMs);
    else {
      setEnding(window);
      setConfirm('shown');
    }
  };
  const shown = (data ?? []).filter((window) => (windowState(window, nowMs) === 'past') === (view === 'past'));
  return (
    <section className={styles.page} data-testid="maintenance-page">
      <header className={styles.top}>
        <h1>{t('maintenance.title')}</h1>
        <SegmentedControl
          size="xs"
          aria-label={t('maintenance.show')}
          value={view}
          onChange={(value) => setView(value === 'past' ? 'past' : 'open')}
          data={[
            { value: 'open', label: t('maintenance.views.open') },
            { value: 'past', label: t('maintenance.views.past') },
          ]}
          data-testid="windows-view"
        />
        {isEngineer ? (
          <Button
            className={styles.plan}
            size="xs"
            leftSection={<PlusIcon size={15} strokeWidth={1.6} aria-hidden />}
            disabled={closed !== undefined}
            title={closed}
            onClick={() => form.open(undefined)}
            data-testid="plan-work"
          >
            {t('maintenance.plan')}
          </Button>
        ) : (
          <p className={`quiet ${styles.plan}`}>{t('maintenance.engineerOnly')}</p>
        )}
      </header>
      {error !== null && (
        <div className={styles.message}>
          <Failed what={t('maintenance.what')} error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && shown.length === 0 && (
        <p className={styles.message} data-testid="windows-empty">
          {t(view === 'past' ? 'maintenance.emptyPast' : 'maintenance.empty')}
        </p>
      )}
      {shown.length > 0 && view === 'open' && <WindowBars windows={shown} nowMs={nowMs} />}
      {shown.length > 0 && <WindowTable windows={shown} nowMs={nowMs} onEdit={form.open} onEnd={endOrAsk} />}
      {form.dialog}
      <Confirm
        title={t('maintenance.endTitle')}
        act={t('maintenance.end')}
        testId="confirm-end"
        shown={confirm}
        progress="idle"
        onConfirm={() => {
          setConfirm('hidden');
          if (ending) void end(ending, nowMs);
        }}
        onCancel={() => setConfirm('hidden')}
      >
        <p>{t('maintenance.endWhat')}</p>
      </Confirm>
    </section>
  );
}

function Skeleton() {
  const { t } = useTranslation();
  return (
    <div aria-busy="true" aria-label={t('words.loading')}>
      <div className={styles.skeleton} style={{ height: 90 }} />
      <div className={styles.skeleton} style={{ height: 160 }} />
    </div>
  );
}
