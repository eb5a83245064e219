import { notifications } from '@mantine/notifications';
import type { Device } from '@lifeline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CallError, call } from '../../../api/call.js';
import { useLive } from '../../../live/live-context.js';
import { Confirm } from '../Confirm.js';

interface RemoveProps {
  readonly device: Device;
  readonly shown: 'shown' | 'hidden';
  readonly onCancel: () => void;
  readonly onRemoved: () => void;
}

/** Takes a device out of the registry, after telling what that means. */
export function RemoveDevice({ device, shown, onCancel, onRemoved }: RemoveProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const live = useLive();
  const { deviceId, name } = device;
  const removal = useMutation({
    mutationFn: () => call('deleteDevice', { params: { deviceId } }),
    onSuccess: () => {
      queries.removeQueries({ queryKey: ['device', deviceId] });
      void queries.invalidateQueries({ queryKey: ['sensors'] });
      void live.readSensors();
      notifications.show({ message: t('sensors.device.removed', { name }), withBorder: true });
      onRemoved();
    },
  });
  const why =
    removal.error instanceof CallError && removal.error.status !== 0 ? removal.error.message : t('errors.notReached');
  return (
    <Confirm
      title={t('sensors.device.removeTitle', { name })}
      act={t('sensors.device.remove')}
      testId="confirm-remove"
      shown={shown}
      progress={removal.isPending ? 'busy' : 'idle'}
      onConfirm={() => removal.mutate()}
      onCancel={onCancel}
    >
      <p>{t('sensors.device.removeWhat', { deviceId, count: device.sensors.length })}</p>
      <p>{t('sensors.device.historyStays')}</p>
      {removal.isError && <p role="alert">{t('sensors.form.refused', { why })}</p>}
    </Confirm>
  );
}
