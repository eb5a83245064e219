import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { MapPinIcon, SearchIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { enterDrawer } from '../drawer/enter-drawer.js';
import { LIST_ID, SEARCH_ID, focusOn } from '../frame/focus-places.js';
import { useSelection } from '../frame/use-address.js';
import { useSensorNames } from '../words/use-sensor-names.js';
import { UtilityIcon } from '../words/UtilityIcon.js';
import { useNameIn } from '../words/use-words.js';
import { useSearch, type Found, type FoundPlace } from './use-search.js';
import styles from './map.module.css';

interface SensorSearchProps {
  readonly onPlace: (place: FoundPlace) => void;
}

/** Finds a sensor or an asset by its name or id, and selects it; finds a place by its name, a crossing or coordinates, and goes there. */
export function SensorSearch({ onPlace }: SensorSearchProps) {
  const { t } = useTranslation();
  const { select } = useSelection();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const cameFrom = useRef<HTMLElement>(undefined);
  const found = useSearch(asked);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  return (
    <div className={styles.search}>
      <Combobox
        store={combobox}
        withinPortal
        width="max-content"
        position="bottom-start"
        onOptionSubmit={(id) => {
          const place = found.places.find(({ placeId }) => placeId === id);
          setText('');
          combobox.closeDropdown();
          if (place) {
            onPlace(place);
            return;
          }
          select(id);
          // What was found is read next, and the list is what the drawer gives the keys back to.
          focusOn(LIST_ID);
          enterDrawer(id);
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
            leftSection={<SearchIcon size={14} strokeWidth={1.6} aria-hidden />}
            onChange={(event) => {
              setText(event.currentTarget.value);
              combobox.openDropdown();
              combobox.updateSelectedOptionIndex();
            }}
            onFocus={(event) => {
              if (event.relatedTarget instanceof HTMLElement) cameFrom.current = event.relatedTarget;
              if (text !== '') combobox.openDropdown();
            }}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              cameFrom.current?.focus({ preventScroll: true });
              if (document.activeElement === event.currentTarget) focusOn(LIST_ID);
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={asked === ''} className={styles.results}>
          <Results found={found} />
        </Combobox.Dropdown>
      </Combobox>
    </div>
  );
}

function Results({ found }: { readonly found: Found }) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const names = useSensorNames();
  const { places, assets, sensors, settled, isError } = found;
  const isEmpty = places.length === 0 && assets.length === 0 && sensors.length === 0;
  return (
    <Combobox.Options mah={420} style={{ overflowY: 'auto' }} aria-label={t('map.search')}>
      {assets.length > 0 && (
        <Combobox.Group label={t('map.assetsGroup')}>
          {assets.map((asset) => (
            <Combobox.Option key={asset.assetId} value={asset.assetId} data-testid="search-asset">
              <span className={styles.found}>
                <UtilityIcon utility={asset.utility} size={14} />
                <span>{nameIn({ en: asset.name, zh: asset.nameZh })}</span>
                <span className="quiet">
                  {t(`asset.${asset.kind}`)} · {asset.assetId}
                </span>
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Group>
      )}
      {sensors.length > 0 && (
        <Combobox.Group label={t('map.sensorsGroup')}>
          {sensors.map((sensor) => (
            <Combobox.Option key={sensor.sensorId} value={sensor.sensorId} data-testid="search-result">
              <span className={styles.found}>
                <UtilityIcon utility={sensor.utility} size={14} />
                <span>{names.of(sensor).full}</span>
                <span className="quiet">{sensor.sensorId}</span>
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Group>
      )}
      {places.length > 0 && (
        <Combobox.Group label={t('map.placesGroup')}>
          {places.map((place) => (
            <Combobox.Option key={place.placeId} value={place.placeId} data-testid="search-place">
              <span className={styles.found}>
                <MapPinIcon size={14} strokeWidth={1.6} aria-hidden />
                <span>{nameIn(place.name)}</span>
                <span className="quiet">
                  {[place.district && nameIn(place.district), t(`map.place.${place.kind}`)].filter(Boolean).join(' · ')}
                </span>
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Group>
      )}
      {isEmpty && settled && !isError && <Combobox.Empty>{t('map.searchEmpty')}</Combobox.Empty>}
      {isEmpty && isError && <Combobox.Empty>{t('errors.notReached')}</Combobox.Empty>}
    </Combobox.Options>
  );
}
