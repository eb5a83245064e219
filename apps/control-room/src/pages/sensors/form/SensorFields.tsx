import { ActionIcon, Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { channelType, channelTypesOf, type ChannelType } from '@lifeline/catalogue';
import type { Utility } from '@lifeline/contracts';
import { Trash2Icon } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNameIn } from '../../../words/use-words.js';
import { defaultOf, numberOf, type SensorNumberField, type SensorValues } from './form-values.js';
import { useNearAssets } from './use-near-assets.js';
import styles from './form.module.css';

type Change = (change: Partial<SensorValues>) => void;

interface SensorProps {
  readonly sensor: SensorValues;
  /** Place in the form, from 0. */
  readonly at: number;
  readonly utility: Utility;
  readonly focus: 'active' | 'other';
  /** What is wrong, by field, in the chosen language. */
  readonly errors: ReadonlyMap<string, string>;
  readonly onChange: (key: string, change: Partial<SensorValues>) => void;
  readonly onType: (key: string, type: ChannelType | undefined) => void;
  readonly onFocus: (key: string) => void;
  readonly onRemove: ((key: string) => void) | undefined;
}

const LIMITS = ['lowLow', 'low', 'high', 'highHigh'] as const;
const TIMES = ['deadband', 'onDelayS', 'offDelayS', 'ratePerMinute', 'staleAfterS'] as const;

/** One sensor of the form: what it measures, where, and when it is an alarm. */
export const SensorFields = memo(function SensorFields(props: SensorProps) {
  const { sensor, at, utility, focus, errors, onChange, onType, onFocus, onRemove } = props;
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const type = channelType(sensor.type);
  const error = (field: string): string | undefined => errors.get(`sensors.${at}.${field}`);
  const change: Change = (part) => onChange(sensor.key, part);
  const number = (field: SensorNumberField, testId: string) => (
    <NumberFieldInput key={field} {...{ sensor, field, testId, type, error: error(field), change }} />
  );
  return (
    <section
      className={styles.sensor}
      data-active={focus === 'active'}
      onFocus={() => onFocus(sensor.key)}
      aria-label={t('sensors.form.sensorNumber', { number: at + 1 })}
      data-testid="sensor-fields"
    >
      <div className={styles.sensorHead}>
        <span className={styles.number} aria-hidden>
          {at + 1}
        </span>
        <h2>{sensor.name === '' ? t('sensors.form.sensorNumber', { number: at + 1 }) : sensor.name}</h2>
        {onRemove !== undefined && (
          <ActionIcon
            ml="auto"
            size="sm"
            variant="subtle"
            aria-label={t('sensors.form.removeSensor', { number: at + 1 })}
            title={t('sensors.form.removeSensor', { number: at + 1 })}
            onClick={() => onRemove(sensor.key)}
            data-testid="remove-sensor"
          >
            <Trash2Icon size={15} strokeWidth={1.6} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <div className={styles.grid}>
        <NativeSelect
          size="xs"
          className={styles.wide}
          label={t('sensors.field.type')}
          description={type && t('sensors.form.source', { code: type.code, source: type.source })}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          error={error('type')}
          value={sensor.type}
          onChange={(event) => onType(sensor.key, channelType(event.currentTarget.value))}
          data={[
            { value: '', label: t('sensors.form.noType') },
            ...channelTypesOf(utility).map((one) => ({
              value: one.code,
              label: `${nameIn(one.name)} (${[nameIn(one.unitLabel), one.code].filter((word) => word !== '').join(', ')})`,
            })),
          ]}
          data-testid="sensor-type"
        />
        <Text field="channel" testId="sensor-channel" {...{ sensor, change }} error={error('channel')} />
        <Text field="unit" testId="sensor-unit" {...{ sensor, change }} error={error('unit')} />
        <div className={styles.wide}>
          <Text field="name" testId="sensor-name" {...{ sensor, change }} error={error('name')} />
        </div>
        {number('intervalS', 'sensor-interval')}
      </div>
      <h3 className={styles.group}>{t('sensors.form.place')}</h3>
      <div className={styles.grid}>
        {number('lon', 'sensor-lon')}
        {number('lat', 'sensor-lat')}
        <Text field="assetId" testId="sensor-asset" {...{ sensor, change }} error={error('assetId')} />
      </div>
      <NearAssets sensor={sensor} utility={utility} change={change} />
      <h3 className={styles.group}>{t('sensors.form.rangeAndLimits')}</h3>
      <div className={styles.grid}>
        {number('rangeLow', 'sensor-range-low')}
        {number('rangeHigh', 'sensor-range-high')}
        {LIMITS.map((field) => number(field, TEST_IDS[field]))}
      </div>
      {type?.relativeLimits != null && (
        <p className={styles.note}>{t('sensors.form.relative', { how: nameIn(type.relativeLimits) })}</p>
      )}
      <h3 className={styles.group}>{t('sensors.form.when')}</h3>
      <div className={styles.grid}>{TIMES.map((field) => number(field, TEST_IDS[field]))}</div>
    </section>
  );
});

const TEST_IDS = {
  lowLow: 'sensor-low-low',
  low: 'sensor-low',
  high: 'sensor-high',
  highHigh: 'sensor-high-high',
  deadband: 'sensor-deadband',
  onDelayS: 'sensor-on-delay',
  offDelayS: 'sensor-off-delay',
  ratePerMinute: 'sensor-rate',
  staleAfterS: 'sensor-stale-after',
} as const;

interface TextProps {
  readonly sensor: SensorValues;
  readonly field: 'channel' | 'unit' | 'name' | 'assetId';
  readonly testId: string;
  readonly error: string | undefined;
  readonly change: Change;
}

function Text({ sensor, field, testId, error, change }: TextProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      size="xs"
      label={t(`sensors.field.${field}`)}
      withAsterisk={field !== 'assetId'}
      value={sensor[field]}
      error={error}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
      data-testid={testId}
    />
  );
}

interface NumberProps {
  readonly sensor: SensorValues;
  readonly field: SensorNumberField;
  readonly testId: string;
  readonly type: ChannelType | undefined;
  readonly error: string | undefined;
  readonly change: Change;
}

/** A number with its unit and, below it, where its default comes from or what the default is. */
function NumberFieldInput({ sensor, field, testId, type, error, change }: NumberProps) {
  const { t } = useTranslation();
  const usual = defaultOf(type, field);
  const same = usual !== undefined && numberOf(sensor[field]) === usual;
  const hint =
    field === 'staleAfterS'
      ? t('sensors.form.staleDefault')
      : usual === undefined || type === undefined
        ? undefined
        : same
          ? t('sensors.form.fromCatalogue', { code: type.code })
          : t('sensors.form.catalogueHas', { code: type.code, value: usual });
  return (
    <NumberInput
      size="xs"
      hideControls
      label={t(`sensors.field.${field}`)}
      withAsterisk={field === 'lon' || field === 'lat'}
      value={sensor[field]}
      error={error}
      description={hint}
      title={
        usual === undefined ? undefined : t('sensors.form.source', { code: sensor.type, source: type?.source ?? '' })
      }
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      onChange={(value) => change({ [field]: value })}
      data-testid={testId}
    />
  );
}

interface NearProps {
  readonly sensor: SensorValues;
  readonly utility: Utility;
  readonly change: Change;
}

/** Offers what is watched near the place, so that nobody has to know an asset's id. */
function NearAssets({ sensor, utility, change }: NearProps) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const near = useNearAssets(utility, sensor.lon, sensor.lat);
  if (near.length === 0) return null;
  return (
    <div className={styles.near} role="group" aria-label={t('sensors.form.near')} data-testid="near-assets">
      <span className="quiet">{t('sensors.form.near')}</span>
      {near.map(({ asset, metres }) => (
        <Button
          key={asset.assetId}
          size="compact-xs"
          variant={asset.assetId === sensor.assetId ? 'filled' : 'default'}
          aria-pressed={asset.assetId === sensor.assetId}
          title={asset.assetId}
          onClick={() => change({ assetId: asset.assetId === sensor.assetId ? '' : asset.assetId })}
        >
          {t('sensors.form.nearAsset', {
            kind: t(`asset.${asset.kind}`),
            name: nameIn({ en: asset.name, zh: asset.nameZh }),
            metres: Math.round(metres),
          })}
        </Button>
      ))}
    </div>
  );
}
