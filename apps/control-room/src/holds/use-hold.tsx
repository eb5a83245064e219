import type { Alarm } from '@lifeline/contracts';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { useRefusalWords } from '../refusals/use-refusal-words.js';
import { beginAsk, endAsk, foldAlarms, type HoldKind } from '../live/alarm-book.js';
import { useLive } from '../live/live-context.js';
import { useMayAct } from '../past/use-past.js';

/** What a person asks that holds an alarm back, ends that, or resets it. */
export type HoldAsk =
  | { readonly kind: 'shelve'; readonly minutes: number; readonly reason: string }
  | { readonly kind: 'remove-from-service'; readonly permit: string; readonly note: string }
  | { readonly kind: 'unshelve' | 'reset' | 'return-to-service' };

/** What takes a hold back again. */
const UNDOES: Partial<Record<HoldKind, 'unshelve' | 'return-to-service'>> = {
  shelve: 'unshelve',
  'remove-from-service': 'return-to-service',
};

function send(alarmId: string, ask: HoldAsk): Promise<Alarm> {
  const params = { alarmId };
  switch (ask.kind) {
    case 'shelve':
      return call('shelveAlarm', { params, body: { minutes: ask.minutes, reason: ask.reason.trim() } });
    case 'remove-from-service': {
      const note = ask.note.trim();
      const permit = ask.permit.trim();
      return call('removeAlarmFromService', { params, body: note === '' ? { permit } : { permit, note } });
    }
    case 'unshelve':
      return call('unshelveAlarm', { params, body: {} });
    case 'reset':
      return call('resetAlarm', { params, body: {} });
    case 'return-to-service':
      return call('returnAlarmToService', { params, body: {} });
  }
}

/** Holds an alarm back or ends that: shown at once, taken back with the reason where it is refused, with a way to undo it. */
export function useHold(): (alarmId: string, ask: HoldAsk) => Promise<void> {
  const live = useLive();
  const { t } = useTranslation();
  const refusalWords = useRefusalWords();
  const mayAct = useMayAct();
  return useCallback(
    async (alarmId, ask) => {
      if (!mayAct()) return;
      await hold(alarmId, ask);

      async function hold(id: string, what: HoldAsk): Promise<void> {
        live.alarms.set(beginAsk(live.alarms.get(), id, what.kind));
        try {
          const alarm = await send(id, what);
          live.alarms.set(endAsk(foldAlarms(live.alarms.get(), [alarm]), id));
          told(id, what.kind);
        } catch (error) {
          live.alarms.set(endAsk(live.alarms.get(), id));
          const why = refusalWords(error);
          notifications.show({ title: t(`holds.notDone.${what.kind}`), message: why, withBorder: true });
          // Somebody else may have been quicker: what they did is what to show.
          const now = await call('getAlarm', { params: { alarmId: id } }).catch(() => undefined);
          if (now !== undefined) live.alarms.set(foldAlarms(live.alarms.get(), [now]));
        }
      }

      function told(id: string, kind: HoldKind): void {
        const undo = UNDOES[kind];
        const notice = `hold-${id}`;
        notifications.hide(notice);
        const message =
          undo === undefined ? (
            t(`holds.done.${kind}`)
          ) : (
            <>
              {t(`holds.done.${kind}`)}{' '}
              <Button
                size="compact-xs"
                variant="default"
                data-testid="undo-hold"
                onClick={() => {
                  notifications.hide(notice);
                  void hold(id, { kind: undo });
                }}
              >
                {t('holds.undo')}
              </Button>
            </>
          );
        notifications.show({ id: notice, message, withBorder: true });
      }
    },
    [live, t, refusalWords, mayAct],
  );
}
