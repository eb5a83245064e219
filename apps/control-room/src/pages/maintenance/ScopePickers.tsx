import { UTILITIES } from '@lifeline/contracts';
import { MultiSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCell } from '../../live/cell.js';
import { useLive } from '../../live/live-context.js';
import { useAssetWords } from '../../words/use-asset-words.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { useNameIn } from '../../words/use-words.js';
import { areaId, type WindowValues } from './form-values.js';

interface PickersProps {
  readonly values: Pick<WindowValues, 'assetIds' | 'deviceIds' | 'sensorIds' | 'areas'>;
  readonly error: string | undefined;
  readonly onChange: (change: Partial<WindowValues>) => void;
}

/** Options shown at once; typing narrows them. */
const MOST_SHOWN = 40;
interface Option {
  readonly value: string;
  readonly label: string;
}

/** Chooses what is worked on: assets, devices, sensors, and a lifeline in a district. */
export function ScopePickers({ values, error, onChange }: PickersProps) {
  const { t } = useTranslation();
  const options = useScopeOptions();
  const picker = (
    key: 'assetIds' | 'deviceIds' | 'sensorIds' | 'areas',
    word: 'assets' | 'devices' | 'sensors' | 'areas',
  ) => (
    <MultiSelect
      size="xs"
      searchable
      clearable
      hidePickedOptions
      limit={MOST_SHOWN}
      label={t(`maintenance.form.${word}`)}
      placeholder={values[key].length === 0 ? t('maintenance.form.pick') : undefined}
      nothingFoundMessage={t('maintenance.form.nothing')}
      data={withChosen(options[key], values[key])}
      value={[...values[key]]}
      onChange={(chosen) => onChange({ [key]: chosen })}
      error={key === 'assetIds' ? error : undefined}
      data-testid={`scope-${word}`}
    />
  );
  return (
    <>
      {picker('assetIds', 'assets')}
      {picker('deviceIds', 'devices')}
      {picker('sensorIds', 'sensors')}
      {picker('areas', 'areas')}
    </>
  );
}

/** What was chosen stays to be seen where the registry, or this page, does not know it any more. */
function withChosen(options: readonly Option[], chosen: readonly string[]): Option[] {
  const known = new Set(options.map(({ value }) => value));
  return [...options, ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value }))];
}

function useScopeOptions(): Readonly<Record<'assetIds' | 'deviceIds' | 'sensorIds' | 'areas', readonly Option[]>> {
  const { t } = useTranslation();
  const live = useLive();
  const { byId } = useCell(live.sensors);
  const assets = useCell(live.assets);
  const names = useSensorNames();
  const nameIn = useNameIn();
  const { district: districtWord } = useAssetWords();
  return useMemo(() => {
    const devices = new Map<string, string>();
    const sensorIds: Option[] = [];
    for (const sensor of byId.values()) {
      devices.set(sensor.deviceId, sensor.deviceName);
      sensorIds.push({ value: sensor.sensorId, label: `${names.of(sensor).full} · ${sensor.sensorId}` });
    }
    const assetIds: Option[] = [];
    const districts = new Set<string>();
    for (const { assetId, name, nameZh, district } of assets.values()) {
      assetIds.push({ value: assetId, label: `${nameIn({ en: name, zh: nameZh })} · ${assetId}` });
      districts.add(district);
    }
    const areas = [...districts].sort().flatMap((district) =>
      UTILITIES.map((utility) => ({
        value: areaId(utility, district),
        label: t('maintenance.form.area', { district: districtWord(district), utility: t(`utility.${utility}`) }),
      })),
    );
    const deviceIds = [...devices].map(([value, name]) => ({ value, label: `${name} · ${value}` }));
    return { assetIds, deviceIds, sensorIds, areas };
  }, [t, byId, assets, names, nameIn, districtWord]);
}
