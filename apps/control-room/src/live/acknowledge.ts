import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, call } from '../api/call.js';
import { useRefusalWords } from '../refusals/use-refusal-words.js';
import { beginAsk, endAsk, foldAlarms } from './alarm-book.js';
import { useMayAct } from '../past/use-past.js';
import { useLive } from './live-context.js';

/** Acknowledges an alarm: shown at once, taken back with the reason where the server refuses, or with who was quicker. */
export function useAcknowledge(): (alarmId: string, note?: string) => Promise<void> {
  const live = useLive();
  const { t } = useTranslation();
  const refusalWords = useRefusalWords();
  const mayAct = useMayAct();
  return useCallback(
    async (alarmId, note) => {
      if (!mayAct()) return;
      live.alarms.set(beginAsk(live.alarms.get(), alarmId, 'acknowledge'));
      try {
        const body = note === undefined || note.trim() === '' ? {} : { note: note.trim() };
        const alarm = await call('acknowledgeAlarm', { params: { alarmId }, body });
        live.alarms.set(endAsk(foldAlarms(live.alarms.get(), [alarm]), alarmId));
      } catch (error) {
        live.alarms.set(endAsk(live.alarms.get(), alarmId));
        const now = await call('getAlarm', { params: { alarmId } }).catch(() => undefined);
        if (now !== undefined) live.alarms.set(foldAlarms(live.alarms.get(), [now]));
        // Somebody else was quicker: what they did is what to show, and to say.
        const other = error instanceof CallError && error.status === 409 ? now?.acknowledgedBy : undefined;
        if (other != null) {
          notifications.show({ message: t('alarms.acknowledgedBefore', { actor: other }), withBorder: true });
          return;
        }
        const why = refusalWords(error);
        notifications.show({ title: t('alarms.notAcknowledged'), message: why, withBorder: true });
      }
    },
    [live, t, refusalWords, mayAct],
  );
}
