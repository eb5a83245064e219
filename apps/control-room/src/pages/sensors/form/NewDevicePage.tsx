import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { newDeviceSchema } from '@lifeline/contracts';
import { call } from '../../../api/call.js';
import { useAddress } from '../../../frame/use-address.js';
import { useLive } from '../../../live/live-context.js';
import { EngineersOnly } from '../EngineersOnly.js';
import { readNewDeviceSearch } from '../search.js';
import { DeviceForm } from './DeviceForm.js';
import { deviceOf, emptyDevice, type DeviceValues } from './form-values.js';
import styles from '../sensors.module.css';

/** Registers a device; it may speak as soon as it has its credential. */
export function NewDevicePage() {
  const { t } = useTranslation();
  return (
    <EngineersOnly>
      <section className={styles.page}>
        <header className={styles.heading}>
          <h1>{t('sensors.form.newTitle')}</h1>
        </header>
        <NewDevice />
      </section>
    </EngineersOnly>
  );
}

function NewDevice() {
  const { device } = readNewDeviceSearch(useSearch({ strict: false }));
  const utility = useAddress('utility');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const live = useLive();
  const start = useMemo(() => emptyDevice(device, utility), [device, utility]);
  const save = async (values: DeviceValues): Promise<void> => {
    const registered = await call('createDevice', { body: newDeviceSchema.parse(deviceOf(values)) });
    queries.setQueryData(['device', registered.deviceId], registered);
    void queries.invalidateQueries({ queryKey: ['sensors'] });
    void queries.invalidateQueries({ queryKey: ['knocks'] });
    void live.readSensors();
    await navigate({ to: '/sensors/device/$deviceId', params: { deviceId: registered.deviceId } });
  };
  return (
    <DeviceForm
      key={start.deviceId}
      start={start}
      kind="new"
      onSave={save}
      onCancel={() => void navigate({ to: '/sensors' })}
    />
  );
}
