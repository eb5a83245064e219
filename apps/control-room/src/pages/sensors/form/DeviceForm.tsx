import { Autocomplete, Button, NativeSelect, TextInput } from '@mantine/core';
import type { ChannelType } from '@lifeline/catalogue';
import { UTILITIES } from '@lifeline/contracts';
import { PlusIcon } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNameIn } from '../../../words/use-words.js';
import { PlacePicker } from './PlacePicker.js';
import { SensorFields } from './SensorFields.js';
import type { DeviceValues } from './form-values.js';
import type { PickerMark } from './picker-map.js';
import { useDeviceForm } from './use-device-form.js';
import { useGateways } from './use-gateways.js';
import styles from './form.module.css';

interface DeviceFormProps {
  readonly start: DeviceValues;
  readonly kind: 'new' | 'edit';
  /** Keeps the device; rejects with `CallError` where the server refuses. */
  readonly onSave: (values: DeviceValues) => Promise<void>;
  readonly onCancel: () => void;
}

/** Most sensors of a device (contract). */
const MOST_SENSORS = 256;

/** A device with its sensors: fields at the left, the map on which places are picked at the right. */
export function DeviceForm({ start, kind, onSave, onCancel }: DeviceFormProps) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const typeName = useCallback((type: ChannelType) => nameIn(type.name), [nameIn]);
  const form = useDeviceForm({ start, onSave, typeName });
  const { values, errors, activeKey } = form;
  const gateways = useGateways(values.gatewayId);
  const marks = useMemo(() => marksOf(values), [values]);
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate data-testid="device-form">
      <div className={styles.layout}>
        <div className={styles.fields}>
          <section className={styles.device}>
            <div className={styles.grid}>
              <NativeSelect
                size="xs"
                label={t('sensors.field.utility')}
                disabled={kind === 'edit'}
                value={values.utility}
                onChange={(event) => form.setUtility(event.currentTarget.value)}
                data={UTILITIES.map((utility) => ({ value: utility, label: t(`utility.${utility}`) }))}
                data-testid="device-utility"
              />
              <TextInput
                size="xs"
                label={t('sensors.field.deviceId')}
                description={t('sensors.form.idHint')}
                inputWrapperOrder={['label', 'input', 'error', 'description']}
                withAsterisk
                disabled={kind === 'edit'}
                value={values.deviceId}
                error={errors.get('deviceId')}
                autoFocus={kind === 'new' && values.deviceId === ''}
                onChange={(event) => form.change({ deviceId: event.currentTarget.value })}
                data-testid="device-id"
              />
              <TextInput
                size="xs"
                className={styles.wide}
                label={t('sensors.field.deviceName')}
                withAsterisk
                value={values.name}
                error={errors.get('name')}
                onChange={(event) => form.change({ name: event.currentTarget.value })}
                data-testid="device-name"
              />
              <Autocomplete
                size="xs"
                label={t('sensors.field.gatewayId')}
                description={t('sensors.form.gatewayHint')}
                inputWrapperOrder={['label', 'input', 'error', 'description']}
                value={values.gatewayId}
                error={errors.get('gatewayId')}
                data={gateways.filter((deviceId) => deviceId !== values.deviceId)}
                filter={({ options }) => options}
                onChange={(gatewayId) => form.change({ gatewayId })}
                data-testid="device-gateway"
              />
            </div>
          </section>
          {values.sensors.map((sensor, at) => (
            <SensorFields
              key={sensor.key}
              sensor={sensor}
              at={at}
              utility={values.utility}
              focus={sensor.key === activeKey ? 'active' : 'other'}
              errors={errors}
              onChange={form.changeSensor}
              onType={form.setType}
              onFocus={form.setActive}
              onRemove={values.sensors.length > 1 ? form.removeSensor : undefined}
            />
          ))}
          <Button
            size="xs"
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            leftSection={<PlusIcon size={14} strokeWidth={1.6} aria-hidden />}
            disabled={values.sensors.length >= MOST_SENSORS}
            onClick={form.addSensor}
            data-testid="add-sensor"
          >
            {t('sensors.form.addSensor')}
          </Button>
        </div>
        <PlacePicker utility={values.utility} marks={marks} activeKey={activeKey} onPick={form.pick} />
      </div>
      <Bar form={form} kind={kind} onCancel={onCancel} />
    </form>
  );
}

interface BarProps {
  readonly form: ReturnType<typeof useDeviceForm>;
  readonly kind: 'new' | 'edit';
  readonly onCancel: () => void;
}

function Bar({ form, kind, onCancel }: BarProps) {
  const { t } = useTranslation();
  const { errors, trouble, saving } = form;
  return (
    <div className={styles.bar}>
      <Button type="submit" size="xs" loading={saving} data-testid="save-device">
        {t(kind === 'new' ? 'sensors.form.register' : 'sensors.form.save')}
      </Button>
      <Button size="xs" variant="default" onClick={onCancel} disabled={saving}>
        {t('sensors.cancel')}
      </Button>
      <div role="alert" data-testid="form-trouble">
        {errors.size > 0 && <p>{t('sensors.form.wrongFields', { count: errors.size })}</p>}
        {trouble !== undefined && <p>{trouble}</p>}
      </div>
    </div>
  );
}

function marksOf(values: DeviceValues): PickerMark[] {
  const marks: PickerMark[] = [];
  values.sensors.forEach(({ key, lon, lat }, index) => {
    const [x, y] = [Number(lon), Number(lat)];
    if (lon === '' || lat === '' || !(Math.abs(x) <= 180) || !(Math.abs(y) <= 90)) return;
    marks.push({ key, label: String(index + 1), lon: x, lat: y });
  });
  return marks;
}
