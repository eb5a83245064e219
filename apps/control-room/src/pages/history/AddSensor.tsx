import type { LiveSensor } from '@lifeline/contracts';
import { Button, Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { PlusIcon, SearchIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_LINES } from '../../chart/line-looks.js';
import { useCell } from '../../live/cell.js';
import { useAnnouncedAlarms, useLive } from '../../live/live-context.js';
import { useSearch } from '../../map/use-search.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { UtilityIcon } from '../../words/UtilityIcon.js';
import styles from './history.module.css';

interface AddSensorProps {
  readonly sensorIds: readonly string[];
  onAdd(sensorId: string): void;
}

/** Finds a sensor by its name or id, and takes it into the chart. */
export function AddSensor({ sensorIds, onAdd }: AddSensorProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const isFull = sensorIds.length >= MOST_LINES;
  return (
    <Combobox
      store={combobox}
      withinPortal
      width="max-content"
      position="bottom-start"
      onOptionSubmit={(id) => {
        onAdd(id);
        setText('');
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          size="xs"
          w={250}
          value={text}
          disabled={isFull}
          placeholder={isFull ? t('history.full', { count: MOST_LINES }) : t('history.add')}
          aria-label={t('history.add')}
          data-testid="history-search"
          leftSection={<SearchIcon size={14} strokeWidth={1.6} aria-hidden />}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onFocus={() => text !== '' && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={asked === ''}>
        <Results text={asked} sensorIds={sensorIds} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Results({ text, sensorIds }: { readonly text: string; readonly sensorIds: readonly string[] }) {
  const { t } = useTranslation();
  const names = useSensorNames();
  const { sensors, settled, isError } = useSearch(text);
  const found = sensors.filter(({ sensorId }) => !sensorIds.includes(sensorId));
  return (
    <Combobox.Options mah={420} style={{ overflowY: 'auto' }} aria-label={t('history.add')}>
      {found.map((sensor) => (
        <Combobox.Option key={sensor.sensorId} value={sensor.sensorId} data-testid="history-found">
          <span className={styles.found}>
            <UtilityIcon utility={sensor.utility} size={14} />
            <span>{names.of(sensor).full}</span>
            <span className="quiet">{sensor.sensorId}</span>
          </span>
        </Combobox.Option>
      ))}
      {found.length === 0 && settled && (
        <Combobox.Empty>{isError ? t('errors.notReached') : t('map.searchEmpty')}</Combobox.Empty>
      )}
    </Combobox.Options>
  );
}

/** Sensors that are offered at most. */
const MOST_OFFERED = 12;

/** Sensors worth adding: of the same assets as those in the chart; for an empty chart, those with open alarms. */
export function Offered({ sensorIds, onAdd }: AddSensorProps) {
  const { t } = useTranslation();
  const names = useSensorNames();
  const { byId, byAsset } = useCell(useLive().sensors);
  const announced = useAnnouncedAlarms();
  if (sensorIds.length >= MOST_LINES) return null;
  const offered = new Map<string, LiveSensor>();
  const offer = (sensor: LiveSensor | undefined): void => {
    if (sensor !== undefined && !sensorIds.includes(sensor.sensorId)) offered.set(sensor.sensorId, sensor);
  };
  for (const sensorId of sensorIds)
    for (const near of byAsset.get(byId.get(sensorId)?.assetId ?? '') ?? []) offer(near);
  if (sensorIds.length === 0) for (const alarm of announced) offer(byId.get(alarm.sensorId));
  const shown = [...offered.values()].slice(0, MOST_OFFERED);
  if (shown.length === 0) return null;
  return (
    <div className={styles.offered} data-testid="offered">
      <span className="quiet">{t(sensorIds.length === 0 ? 'history.inAlarm' : 'history.neighbours')}</span>
      {shown.map((sensor) => (
        <Button
          key={sensor.sensorId}
          size="compact-xs"
          variant="default"
          leftSection={<PlusIcon size={12} strokeWidth={1.8} aria-hidden />}
          title={sensor.sensorId}
          data-testid="offered-sensor"
          onClick={() => onAdd(sensor.sensorId)}
        >
          {sensorIds.length === 0 ? names.of(sensor).full : names.of(sensor).what}
        </Button>
      ))}
    </div>
  );
}
