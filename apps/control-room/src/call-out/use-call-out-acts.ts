import { newestResult, type CallOut, type NewCallOut, type SaidResult } from '@lifeline/contracts';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { useLive } from '../live/live-context.js';
import { useMayAct } from '../past/use-past.js';
import { useRefusalWords } from '../refusals/use-refusal-words.js';
import { DUTY_KEY } from './use-duty.js';

export interface CallOutActs {
  /** Rejects with `CallError` where it is refused. */
  send(callOut: NewCallOut): Promise<CallOut>;
  /** Told where it is refused; gives whether it was taken. */
  say(callOut: CallOut, result: SaidResult): Promise<boolean>;
}

/** What a person may do with call-outs. */
export function useCallOutActs(): CallOutActs {
  const { t } = useTranslation();
  const { callOuts } = useLive();
  const client = useQueryClient();
  const refusalWords = useRefusalWords();
  const mayAct = useMayAct();

  const send = useCallback<CallOutActs['send']>(
    async (body) => {
      try {
        const made = await call('callOut', { body });
        callOuts.take(made);
        return made;
      } catch (error) {
        // What was refused may have been chosen from a roster that is not so any more.
        void client.invalidateQueries({ queryKey: DUTY_KEY });
        throw error;
      }
    },
    [callOuts, client],
  );

  const say = useCallback<CallOutActs['say']>(
    async (callOut, result) => {
      if (!mayAct()) return false;
      const { callOutId } = callOut;
      try {
        const seen = newestResult(callOut)?.sequence ?? 0;
        callOuts.take(await call('addCallOutResult', { params: { callOutId }, body: { seen, result } }));
        return true;
      } catch (error) {
        notifications.show({ title: t('callOut.notSaid'), message: refusalWords(error), withBorder: true });
        void callOuts.read();
        return false;
      }
    },
    [callOuts, mayAct, refusalWords, t],
  );
  return { send, say };
}
