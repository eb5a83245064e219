import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, call } from '../api/call.js';
import { announcedOf, awaitsAcknowledge, beginAsk, endAsk, foldAlarms, shownState } from '../live/alarm-book.js';
import { useLive } from '../live/live-context.js';
import { useMayAct } from '../past/use-past.js';

/**
 * Acknowledges the alarms of an incident that wait for it, as the operator sees them now: one that got worse or came meanwhile
 * goes on waiting. Shown at once; what the server did not take is taken back, and counted aloud.
 */
export function useAcknowledgeIncident(): (incidentId: string, note?: string) => Promise<void> {
  const live = useLive();
  const { t } = useTranslation();
  const mayAct = useMayAct();
  return useCallback(
    async (incidentId, note) => {
      if (!mayAct()) return;
      const { byId } = live.alarms.get();
      const members = live.incidents.book.get().byId.get(incidentId)?.members.keys() ?? [];
      const waiting = announcedOf([...members].flatMap((alarmId) => byId.get(alarmId) ?? [])).filter((alarm) =>
        awaitsAcknowledge(shownState(alarm)),
      );
      if (waiting.length === 0) return;
      const each = (act: typeof endAsk): void =>
        live.alarms.set(waiting.reduce((book, { alarmId }) => act(book, alarmId), live.alarms.get()));
      each((book, alarmId) => beginAsk(book, alarmId, 'acknowledge'));
      try {
        const seen = waiting.map(({ alarmId, sequence }) => ({ alarmId, sequence }));
        const text = note?.trim() ?? '';
        const body = text === '' ? { seen } : { seen, note: text };
        const { alarms, refused } = await call('acknowledgeIncident', { params: { incidentId }, body });
        live.alarms.set(foldAlarms(live.alarms.get(), alarms));
        if (refused.length > 0) {
          const title = t('incidents.someNotAcknowledged', { count: refused.length });
          notifications.show({ title, message: refused[0]!.detail, withBorder: true });
        }
      } catch (error) {
        const why = error instanceof CallError && error.status !== 0 ? error.message : t('errors.notReached');
        notifications.show({ title: t('alarms.notAcknowledged'), message: why, withBorder: true });
      }
      each(endAsk);
    },
    [live, t, mayAct],
  );
}
