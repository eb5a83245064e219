import { CloseButton, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { SearchIcon } from 'lucide-react';
import { UTILITIES } from '@lifeline/contracts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAddress, type Address } from '../../frame/address.js';
import { useAddress, useChangeAddress } from '../../frame/use-address.js';
import { useCell } from '../../live/cell.js';
import { useLive } from '../../live/live-context.js';
import { formatCount } from '../../words/numbers.js';
import { Failed } from '../../words/Failed.js';
import { SensorsShell } from './SensorsShell.js';
import { SensorTable } from './list/SensorTable.js';
import { useSensorList, type SensorFilter } from './list/use-sensor-list.js';
import { readListSearch, type ListSearch } from './search.js';
import styles from './sensors.module.css';

/** All registered sensors with what they say now. */
export function SensorsPage() {
  const utility = useAddress('utility');
  const q = useAddress('q') ?? '';
  const { silent } = readListSearch(useSearch({ strict: false }));
  const filter: SensorFilter = { utility, q, show: silent === true ? 'silent' : 'all' };
  return (
    <SensorsShell>
      <Filters filter={filter} />
      <List filter={filter} />
    </SensorsShell>
  );
}

function Filters({ filter }: { readonly filter: SensorFilter }) {
  const { t } = useTranslation();
  const change = useChangeAddress();
  const navigate = useNavigate();
  const [text, setText] = useState(filter.q);
  const ask = useDebouncedCallback((q: string) => change({ q: q.trim() === '' ? undefined : q.trim() }), 250);
  const search = (q: string): void => {
    setText(q);
    ask(q);
  };
  const chosen = filter.utility ?? 'all';
  return (
    <div className={styles.filters}>
      <TextInput
        size="xs"
        className={styles.search}
        value={text}
        maxLength={100}
        placeholder={t('sensors.list.search')}
        aria-label={t('sensors.list.search')}
        leftSection={<SearchIcon size={14} strokeWidth={1.6} aria-hidden />}
        rightSection={text !== '' && <CloseButton size="xs" aria-label={t('words.clear')} onClick={() => search('')} />}
        onChange={(event) => search(event.currentTarget.value)}
        data-testid="sensors-search"
      />
      <SegmentedControl
        size="xs"
        aria-label={t('sensors.field.utility')}
        value={chosen}
        onChange={(value) => change({ utility: UTILITIES.find((known) => known === value) })}
        data={[
          { value: 'all', label: t('words.all') },
          ...UTILITIES.map((value) => ({ value: value as string, label: t(`utility.${value}`) })),
        ]}
        data-testid="sensors-utility"
      />
      <Switch
        size="xs"
        label={t('sensors.list.onlySilent')}
        checked={filter.show === 'silent'}
        onChange={(event) => {
          const silent: ListSearch = event.currentTarget.checked ? { silent: true } : {};
          void navigate({
            to: '/sensors',
            search: (before: Address) => ({ ...readAddress({ ...before }), ...silent }),
            replace: true,
          });
        }}
        data-testid="only-silent"
      />
      <Reporting />
    </div>
  );
}

function Reporting() {
  const { t } = useTranslation();
  const health = useCell(useLive().health);
  if (health === undefined) return null;
  const { reporting, sensors } = health;
  return (
    <span className={`quiet ${styles.acts}`} data-testid="reporting">
      {t('frame.online', { reporting: formatCount(reporting), sensors: formatCount(sensors) })}
    </span>
  );
}

function List({ filter }: { readonly filter: SensorFilter }) {
  const { t } = useTranslation();
  const list = useSensorList(filter);
  if (list.isError && list.sensors.length === 0) {
    return <Failed what={t('sensors.list.what')} error={list.error} onRetry={() => void list.refetch()} />;
  }
  const done = !list.isPending && !list.hasNextPage && !list.isFetching;
  if (list.sensors.length === 0 && done) {
    const narrowed = filter.q !== '' || filter.utility !== undefined;
    const why = narrowed ? 'emptyFiltered' : filter.show === 'silent' ? 'emptySilent' : 'empty';
    return (
      <p className={styles.empty} data-testid="sensors-empty">
        {t(`sensors.list.${why}`)}
      </p>
    );
  }
  return (
    <>
      <SensorTable list={list} loading={list.isPending} />
      <div className={styles.foot} role="status">
        {list.isError ? (
          <Failed what={t('sensors.list.what')} error={list.error} onRetry={() => void list.fetchNextPage()} />
        ) : (
          t(list.hasNextPage ? 'sensors.list.shownSoFar' : 'sensors.list.shown', {
            count: list.sensors.length,
          })
        )}
      </div>
    </>
  );
}
