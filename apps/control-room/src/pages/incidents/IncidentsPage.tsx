import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeysHelp } from '../../alarms/KeysHelp.js';
import { useAlarmKeys } from '../../alarms/use-alarm-keys.js';
import { useCallOutDialog } from '../../call-out/use-call-out-dialog.js';
import { Drawer } from '../../drawer/Drawer.js';
import { enterDrawer } from '../../drawer/enter-drawer.js';
import type { Address } from '../../frame/address.js';
import { focusOn } from '../../frame/focus-places.js';
import { Splitter } from '../../frame/Splitter.js';
import { useAddress, useSelection } from '../../frame/use-address.js';
import { useAcknowledgeIncident } from '../../incidents/use-acknowledge-incident.js';
import { useMayAct } from '../../past/use-past.js';
import { Failed } from '../../words/Failed.js';
import { formatCount } from '../../words/numbers.js';
import { IncidentFilters, TEXT_ID } from './IncidentFilters.js';
import { IncidentTable } from './IncidentTable.js';
import { useIncidentsSearch } from './search.js';
import { useIncidentList } from './use-incident-list.js';
import styles from './incidents-page.module.css';

const LEAST_PANE = 300;
const MOST_PANE = 720;

/** Open incidents, and those that were closed lately with what they were; the chosen one beside them. */
export function IncidentsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { open, closed, isLoading, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useIncidentList();
  const rows = [...open, ...closed];
  const { selected, select } = useSelection();
  const [current, setCurrent] = useState<string>();
  const [help, setHelp] = useState<'shown' | 'hidden'>('hidden');
  const [width, setWidth] = useLocalStorage({
    key: 'lifeline.drawer-width',
    defaultValue: 440,
    getInitialValueInEffect: false,
  });
  const acknowledge = useAcknowledgeIncident();
  const mayAct = useMayAct();
  const callOutDialog = useCallOutDialog();
  const at = rows.findIndex(({ incidentId }) => incidentId === (current ?? selected?.id));
  const row = rows[at];
  const choose = (incidentId: string): void => {
    setCurrent(incidentId);
    select(incidentId);
  };
  const showOnMap = (): void =>
    void navigate({
      to: '/',
      search: (before: Address) => ({ ...before, sel: row?.incidentId ?? before.sel }) as Address,
    });
  useAlarmKeys({
    step: (by) => setCurrent(rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.incidentId),
    open: () => {
      if (row === undefined) return;
      choose(row.incidentId);
      enterDrawer(row.incidentId);
    },
    acknowledge: () => row !== undefined && mayAct() && void acknowledge(row.incidentId),
    shelve: () => undefined,
    // A crew is called out for what is open.
    callOut: () => row?.state === 'open' && callOutDialog.open({ incidentId: row.incidentId }, 'newest'),
    incident: () => row !== undefined && choose(row.incidentId),
    showOnMap,
    find: () => focusOn(TEXT_ID),
    help: () => setHelp('shown'),
    close: () => select(undefined),
  });
  return (
    <section className={styles.page} data-testid="incidents-page">
      <header className={styles.top}>
        <h1>{t('incidentsPage.title')}</h1>
        <IncidentFilters />
        <span className={`${styles.count} quiet`} data-testid="incidents-count">
          {!isLoading &&
            t(hasNextPage ? 'incidentsPage.countMore' : 'incidentsPage.count', {
              open: formatCount(open.length),
              closed: formatCount(closed.length),
            })}
        </span>
        {hasNextPage && (
          <Button size="xs" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('alarmsPage.more')}
          </Button>
        )}
      </header>
      <div className={styles.body}>
        <div className={styles.list}>
          {error !== null && (
            <div className={styles.message}>
              <Failed what={t('incidentsPage.what')} error={error} onRetry={() => void refetch()} />
            </div>
          )}
          {isLoading && <div className={styles.skeleton} aria-busy="true" aria-label={t('words.loading')} />}
          {!isLoading && error === null && rows.length === 0 && <Nothing />}
          {!isLoading && rows.length > 0 && (
            <IncidentTable rows={rows} current={row?.incidentId} selected={selected?.id} onChoose={choose} />
          )}
        </div>
        {selected !== undefined && (
          <>
            <Splitter pane="right" width={width} least={LEAST_PANE} most={MOST_PANE} onResize={setWidth} />
            <div className={styles.drawer} style={{ width }}>
              <Drawer onShowOnMap={showOnMap} />
            </div>
          </>
        )}
      </div>
      {callOutDialog.dialog}
      <KeysHelp opened={help === 'shown'} onClose={() => setHelp('hidden')} />
    </section>
  );
}

function Nothing() {
  const { t } = useTranslation();
  const { show, days } = useIncidentsSearch();
  const parts = [useAddress('utility'), useAddress('q')];
  const isNarrowed = parts.some((part) => part !== undefined);
  const word = isNarrowed ? 'empty' : show === 'open' ? 'emptyOpen' : 'emptyAll';
  return (
    <p className={styles.message} data-testid="incidents-empty">
      {t(`incidentsPage.${word}`, { count: days })}
    </p>
  );
}
