import { UTILITIES } from '@lifeline/contracts';
import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../frame/use-address.js';
import { DAYS, SHOWN, useIncidentsSearch } from './search.js';
import styles from './incidents-page.module.css';

export const TEXT_ID = 'incidents-text';

/** The filters are in the address: a link shows the same list to another. */
export function IncidentFilters() {
  const { t } = useTranslation();
  const { show, days, change } = useIncidentsSearch();
  const utility = useAddress('utility');
  const q = useAddress('q');
  const changeAddress = useChangeAddress();
  return (
    <div className={styles.filters}>
      <SegmentedControl
        size="xs"
        aria-label={t('incidentsPage.state')}
        value={show ?? 'all'}
        onChange={(value) => change({ show: SHOWN.find((known) => known === value) })}
        data={[
          { value: 'all', label: t('words.all') },
          ...SHOWN.map((value) => ({ value, label: t(`incidents.state.${value}`) })),
        ]}
        data-testid="incidents-show"
      />
      <Select
        size="xs"
        aria-label={t('incidentsPage.days')}
        allowDeselect={false}
        disabled={show === 'open'}
        value={String(days)}
        data={DAYS.map((value) => ({ value: String(value), label: t('incidentsPage.lastDays', { count: value }) }))}
        onChange={(value) => change({ days: DAYS.find((known) => String(known) === value) })}
        data-testid="incidents-days"
      />
      <Select
        size="xs"
        clearable
        aria-label={t('alarmsPage.lifeline')}
        placeholder={t('incidentsPage.allLifelines')}
        value={utility ?? null}
        data={UTILITIES.map((value) => ({ value, label: t(`utility.${value}`) }))}
        onChange={(value) => changeAddress({ utility: UTILITIES.find((known) => known === value) })}
        data-testid="incidents-utility"
      />
      <TextInput
        id={TEXT_ID}
        size="xs"
        aria-label={t('alarmsPage.text')}
        placeholder={t('incidentsPage.text')}
        value={q ?? ''}
        maxLength={200}
        onChange={(event) => {
          const { value } = event.currentTarget;
          changeAddress({ q: value === '' ? undefined : value });
        }}
        data-testid="incidents-text"
      />
    </div>
  );
}
