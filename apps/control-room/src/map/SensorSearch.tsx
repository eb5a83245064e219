import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { useSelection } from '../frame/use-address.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import styles from './map.module.css';

/** Focused by the key `/`. */
export const SEARCH_ID = 'sensor-search';
const MOST_FOUND = 20;

/** Finds a sensor by its name, its id or its asset's, and selects it. */
export function SensorSearch() {
  const { t } = useTranslation();
  const { select } = useSelection();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const found = useQuery({
    queryKey: ['search', asked],
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call('listSensors', { query: { q: asked, limit: MOST_FOUND }, signal }),
  });
  return (
    <div className={styles.search}>
      <Combobox
        store={combobox}
        withinPortal
        onOptionSubmit={(sensorId) => {
          select(sensorId);
          setText('');
          combobox.closeDropdown();
          // The keys of the page are meant for the page again.
          document.getElementById(SEARCH_ID)?.blur();
        }}
      >
        <Combobox.Target>
          <TextInput
            id={SEARCH_ID}
            size="xs"
            value={text}
            placeholder={t('map.search')}
            aria-label={t('map.search')}
            data-testid="sensor-search"
            leftSection={<IconSearch size={14} stroke={1.6} aria-hidden />}
            onChange={(event) => {
              setText(event.currentTarget.value);
              combobox.openDropdown();
              combobox.updateSelectedOptionIndex();
            }}
            onFocus={() => text !== '' && combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={asked === ''}>
          <Combobox.Options mah={360} style={{ overflowY: 'auto' }}>
            {found.data?.items.map((sensor) => (
              <Combobox.Option key={sensor.sensorId} value={sensor.sensorId} data-testid="search-result">
                <span className={styles.found}>
                  <UtilityIcon utility={sensor.utility} size={14} />
                  <span className="one-line">{sensor.name}</span>
                  <span className="quiet one-line">{sensor.sensorId}</span>
                </span>
              </Combobox.Option>
            ))}
            {found.data?.items.length === 0 && <Combobox.Empty>{t('map.searchEmpty')}</Combobox.Empty>}
            {found.isError && <Combobox.Empty>{t('errors.notReached')}</Combobox.Empty>}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </div>
  );
}
