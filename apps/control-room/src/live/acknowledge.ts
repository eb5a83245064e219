import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, call } from '../api/call.js';
import { beginAcknowledge, foldAlarms, rollBackAcknowledge } from './alarm-book.js';
import { useLive } from './live-context.js';

/** Acknowledges an alarm: shown at once, taken back with the reason where the server refuses. */
export function useAcknowledge(): (alarmId: string, note?: string) => Promise<void> {
  const live = useLive();
  const { t } = useTranslation();
  return useCallback(
    async (alarmId, note) => {
      live.alarms.set(beginAcknowledge(live.alarms.get(), alarmId));
      try {
        const body = note === undefined || note.trim() === '' ? {} : { note: note.trim() };
        const alarm = await call('acknowledgeAlarm', { params: { alarmId }, body });
        live.alarms.set(rollBackAcknowledge(foldAlarms(live.alarms.get(), [alarm]), alarmId));
      } catch (error) {
        live.alarms.set(rollBackAcknowledge(live.alarms.get(), alarmId));
        if (error instanceof CallError && error.status === 409) {
          await reread(alarmId);
          return;
        }
        const why = error instanceof CallError && error.status !== 0 ? error.message : t('errors.notReached');
        notifications.show({ title: t('alarms.notAcknowledged'), message: why, withBorder: true });
      }

      // Somebody else was quicker: what they did is what to show.
      async function reread(id: string): Promise<void> {
        const alarm = await call('getAlarm', { params: { alarmId: id } }).catch(() => undefined);
        if (alarm !== undefined) live.alarms.set(foldAlarms(live.alarms.get(), [alarm]));
      }
    },
    [live, t],
  );
}
