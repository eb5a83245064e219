import { ALARM_STATES, PRIORITIES, UTILITIES } from '@lifeline/contracts';
import { Button, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../frame/use-address.js';
import { monthDayTime } from '../../words/times.js';
import { useZone } from '../../words/use-words.js';
import styles from './alarms-page.module.css';

/** The filters are in the address: a link shows the same list to another. */
export function AlarmFilters() {
  const { t } = useTranslation();
  const zone = useZone();
  const state = useAddress('state');
  const priority = useAddress('priority');
  const utility = useAddress('utility');
  const q = useAddress('q');
  const from = useAddress('from');
  const to = useAddress('to');
  const change = useChangeAddress();
  const isNarrowed = [state, priority, utility, q, from].some((part) => part !== undefined);
  const shared = { size: 'xs', clearable: true, placeholder: t('words.all') } as const;
  return (
    <div className={styles.filters}>
      <Select
        {...shared}
        label={t('alarmsPage.state')}
        data-testid="filter-state"
        value={state ?? null}
        data={ALARM_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(value) => change({ state: ALARM_STATES.find((known) => known === value) })}
      />
      <Select
        {...shared}
        label={t('alarmsPage.priority')}
        data-testid="filter-priority"
        value={priority ?? null}
        data={PRIORITIES.map((value) => ({ value, label: t(`priorityShort.${value}`) }))}
        onChange={(value) => change({ priority: PRIORITIES.find((known) => known === value) })}
      />
      <Select
        {...shared}
        label={t('alarmsPage.lifeline')}
        data-testid="filter-utility"
        value={utility ?? null}
        data={UTILITIES.map((value) => ({ value, label: t(`utility.${value}`) }))}
        onChange={(value) => change({ utility: UTILITIES.find((known) => known === value) })}
      />
      <TextInput
        size="xs"
        label={t('alarmsPage.text')}
        data-testid="filter-text"
        value={q ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change({ q: value === '' ? undefined : value });
        }}
      />
      {from !== undefined && to !== undefined && (
        <span className={styles.period}>
          {t('alarmsPage.period', { from: monthDayTime(from, zone), to: monthDayTime(to, zone) })}
        </span>
      )}
      {isNarrowed && (
        <Button
          size="xs"
          variant="default"
          onClick={() =>
            change({
              state: undefined,
              priority: undefined,
              utility: undefined,
              q: undefined,
              from: undefined,
              to: undefined,
            })
          }
        >
          {t('alarmsPage.clearFilters')}
        </Button>
      )}
    </div>
  );
}
