import type { Verdict } from '@lifeline/contracts';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { useRefusalWords } from '../refusals/use-refusal-words.js';
import { foldAlarms } from './alarm-book.js';
import { useMayAct } from '../past/use-past.js';
import { useLive } from './live-context.js';

/** Says what an alarm was: the new normal, or false. Shown once the server has it; a refusal is said with its reason. */
export function useJudge(): (alarmId: string, verdict: Verdict, note: string) => Promise<void> {
  const live = useLive();
  const { t } = useTranslation();
  const refusalWords = useRefusalWords();
  const mayAct = useMayAct();
  return useCallback(
    async (alarmId, verdict, note) => {
      if (!mayAct()) return;
      const params = { alarmId };
      try {
        const body = note.trim() === '' ? { verdict } : { verdict, note: note.trim() };
        const alarm = await call('judgeAlarm', { params, body });
        live.alarms.set(foldAlarms(live.alarms.get(), [alarm]));
        notifications.show({ message: t(`verdict.${verdict}.done`), withBorder: true });
      } catch (error) {
        const why = refusalWords(error);
        notifications.show({ title: t('verdict.notTaken'), message: why, withBorder: true });
        // Somebody else may have been quicker: what they did is what to show.
        const alarm = await call('getAlarm', { params }).catch(() => undefined);
        if (alarm !== undefined) live.alarms.set(foldAlarms(live.alarms.get(), [alarm]));
      }
    },
    [live, t, refusalWords, mayAct],
  );
}
