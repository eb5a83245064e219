import { channelType } from '@lifeline/catalogue';
import { ALARM_RULES, PRIORITIES, UTILITIES } from '@lifeline/contracts';
import { Button, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../../frame/use-address.js';
import { useNameIn } from '../../../words/use-words.js';
import { useDefinitionsSearch } from '../search.js';
import styles from '../definitions.module.css';

export const SEARCH_FIELD_ID = 'definitions-search';

/** The filters are in the address: a link shows the same list to another. */
export function DefinitionFilters({ types }: { readonly types: readonly string[] }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const q = useAddress('q');
  const utility = useAddress('utility');
  const priority = useAddress('priority');
  const change = useChangeAddress();
  const { search, change: changeHere } = useDefinitionsSearch();
  const { type, rule } = search;
  const isNarrowed = [q, utility, priority, type, rule].some((part) => part !== undefined);
  const shared = { size: 'xs', clearable: true, placeholder: t('words.all') } as const;
  const typeName = (code: string): string => `${nameIn(channelType(code)!.name)} · ${code}`;
  return (
    <div className={styles.filters} role="search">
      <TextInput
        id={SEARCH_FIELD_ID}
        size="xs"
        className={styles.search}
        label={t('definitions.search')}
        value={q ?? ''}
        maxLength={100}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change({ q: value === '' ? undefined : value });
        }}
        data-testid="definitions-search"
      />
      <Select
        {...shared}
        label={t('definitions.lifeline')}
        value={utility ?? null}
        data={UTILITIES.map((value) => ({ value, label: t(`utility.${value}`) }))}
        onChange={(value) => change({ utility: UTILITIES.find((known) => known === value) })}
        data-testid="definitions-utility"
      />
      <Select
        {...shared}
        label={t('definitions.priority')}
        value={priority ?? null}
        data={PRIORITIES.map((value) => ({ value, label: t(`priorityShort.${value}`) }))}
        onChange={(value) => change({ priority: PRIORITIES.find((known) => known === value) })}
        data-testid="definitions-priority"
      />
      <Select
        {...shared}
        searchable
        label={t('definitions.type')}
        value={type ?? null}
        data={types.map((value) => ({ value, label: typeName(value) }))}
        onChange={(value) => changeHere({ type: value ?? undefined })}
        comboboxProps={{ width: 300, position: 'bottom-start' }}
        data-testid="definitions-type"
      />
      <Select
        {...shared}
        label={t('definitions.rule')}
        value={rule ?? null}
        data={ALARM_RULES.map((value) => ({ value, label: t(`rule.${value}`) }))}
        onChange={(value) => changeHere({ rule: ALARM_RULES.find((known) => known === value) })}
        data-testid="definitions-rule"
      />
      {isNarrowed && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            const none = { q: undefined, utility: undefined, priority: undefined };
            changeHere({ type: undefined, rule: undefined, ...none });
          }}
          data-testid="clear-filters"
        >
          {t('definitions.clearFilters')}
        </Button>
      )}
    </div>
  );
}
