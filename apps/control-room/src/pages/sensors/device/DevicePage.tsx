import { Button } from '@mantine/core';
import type { Device } from '@lifeline/contracts';
import { ArrowLeftIcon, PencilIcon, Trash2Icon } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, call } from '../../../api/call.js';
import { useLive } from '../../../live/live-context.js';
import { useMay } from '../../../session/use-user.js';
import { Failed } from '../../../words/Failed.js';
import { dayOf } from '../../../words/times.js';
import { useZone } from '../../../words/use-words.js';
import { UtilityIcon } from '../../../words/UtilityIcon.js';
import { DeviceForm } from '../form/DeviceForm.js';
import { patchOf, valuesOfDevice, type DeviceValues } from '../form/form-values.js';
import { RejectTable } from '../intake/RejectTable.js';
import { Credential } from './Credential.js';
import { DeviceSensors } from './DeviceSensors.js';
import { RemoveDevice } from './RemoveDevice.js';
import { useDevice } from './use-device.js';
import list from '../sensors.module.css';
import styles from './device.module.css';

/** One device: what its sensors say, its credential, and what of it could not be read. */
export function DevicePage() {
  const { t } = useTranslation();
  const { deviceId = '' } = useParams({ strict: false });
  const device = useDevice(deviceId);
  if (device.data !== undefined) return <KnownDevice key={deviceId} device={device.data} />;
  const unknown = device.error instanceof CallError && device.error.status === 404;
  return (
    <section className={list.page}>
      <header className={list.heading}>
        <h1>{deviceId}</h1>
      </header>
      <div className={list.empty}>
        {unknown && <Unknown deviceId={deviceId} />}
        {device.isError && !unknown && (
          <Failed what={t('sensors.device.what')} error={device.error} onRetry={() => void device.refetch()} />
        )}
        {device.isPending && <div className={styles.skeleton} aria-busy="true" aria-label={t('words.loading')} />}
      </div>
    </section>
  );
}

function Unknown({ deviceId }: { readonly deviceId: string }) {
  const { t } = useTranslation();
  const may = useMay('engineer');
  return (
    <div role="alert" data-testid="device-unknown">
      <p>{t('sensors.device.unknown', { deviceId })}</p>
      <p>
        {may ? (
          <Link to="/sensors/new" search={{ device: deviceId }}>
            {t('sensors.knocks.register')}
          </Link>
        ) : (
          <Link to="/sensors">{t('sensors.backToList')}</Link>
        )}
      </p>
    </div>
  );
}

function KnownDevice({ device }: { readonly device: Device }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<DeviceValues>();
  const queries = useQueryClient();
  const live = useLive();
  const { deviceId } = device;
  const save = async (values: DeviceValues): Promise<void> => {
    const changed = await call('changeDevice', { params: { deviceId }, body: patchOf(values) });
    queries.setQueryData(['device', deviceId], changed);
    void queries.invalidateQueries({ queryKey: ['sensors'] });
    void live.readSensors();
    setEditing(undefined);
  };
  if (editing !== undefined) {
    return (
      <section className={list.page}>
        <header className={list.heading}>
          <h1>{t('sensors.device.editTitle', { name: device.name })}</h1>
        </header>
        <DeviceForm start={editing} kind="edit" onSave={save} onCancel={() => setEditing(undefined)} />
      </section>
    );
  }
  return (
    <section className={list.page}>
      <Heading device={device} onEdit={() => setEditing(valuesOfDevice(device))} />
      <div className={styles.body}>
        <Credential device={device} />
        <DeviceSensors device={device} />
        <section aria-labelledby="device-rejects">
          <h2 id="device-rejects" className={styles.title}>
            {t('sensors.device.rejects')}
          </h2>
          <RejectTable deviceId={deviceId} reason={undefined} show="newest" />
        </section>
      </div>
    </section>
  );
}

function Heading({ device, onEdit }: { readonly device: Device; readonly onEdit: () => void }) {
  const { t } = useTranslation();
  const zone = useZone();
  const navigate = useNavigate();
  const may = useMay('engineer');
  const [removing, setRemoving] = useState<'shown' | 'hidden'>('hidden');
  const { deviceId, utility, name, gatewayId, createdAtMs } = device;
  return (
    <header className={list.heading}>
      <Link
        to="/sensors"
        className={list.iconLink}
        aria-label={t('sensors.backToList')}
        title={t('sensors.backToList')}
      >
        <ArrowLeftIcon size={18} strokeWidth={1.6} aria-hidden />
      </Link>
      <div className={styles.name}>
        <h1 className="one-line">{name}</h1>
        <p className="quiet">
          <UtilityIcon utility={utility} size={13} /> {t(`utility.${utility}`)} ·{' '}
          <span data-testid="device-id-shown">{deviceId}</span>
          {gatewayId !== null && (
            <>
              {' · '}
              {t('sensors.field.gatewayId')}{' '}
              <Link to="/sensors/device/$deviceId" params={{ deviceId: gatewayId }}>
                {gatewayId}
              </Link>
            </>
          )}
          {' · '}
          {t('sensors.device.since', { day: dayOf(createdAtMs, zone) })}
        </p>
      </div>
      {may ? (
        <div className={list.acts}>
          <Button
            size="xs"
            variant="default"
            leftSection={<PencilIcon size={14} strokeWidth={1.6} aria-hidden />}
            onClick={onEdit}
            data-testid="edit-device"
          >
            {t('sensors.device.edit')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<Trash2Icon size={14} strokeWidth={1.6} aria-hidden />}
            onClick={() => setRemoving('shown')}
            data-testid="remove-device"
          >
            {t('sensors.device.remove')}
          </Button>
          <RemoveDevice
            device={device}
            shown={removing}
            onCancel={() => setRemoving('hidden')}
            onRemoved={() => void navigate({ to: '/sensors' })}
          />
        </div>
      ) : (
        <p className={`quiet ${list.acts}`}>{t('sensors.engineerOnly')}</p>
      )}
    </header>
  );
}
