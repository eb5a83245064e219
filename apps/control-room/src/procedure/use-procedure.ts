import { useEffect } from 'react';
import { useLive } from '../live/live-context.js';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { AlarmProcedure } from '@lifeline/contracts';
import { call } from '../api/call.js';
import { useRefusalWords } from '../refusals/use-refusal-words.js';

/** Others' ticks are told live; of a gateway other than ours they are found by asking. */
const ASK_AGAIN_MS = 10_000;

const keyOf = (alarmId: string) => ['alarm-procedure', alarmId];

/** What to do about an alarm; asked anew with each transition, since a worse limit may have another procedure. */
export function useProcedure(alarmId: string, sequence: number) {
  const live = useLive();
  const client = useQueryClient();
  useEffect(
    () =>
      live.onStepTick((ticked) => {
        if (ticked === alarmId) void client.invalidateQueries({ queryKey: keyOf(alarmId) });
      }),
    [live, client, alarmId],
  );
  return useQuery<AlarmProcedure>({
    queryKey: [...keyOf(alarmId), sequence],
    queryFn: ({ signal }) => call('getAlarmProcedure', { params: { alarmId }, signal }),
    placeholderData: (before) => (before?.alarmId === alarmId ? before : undefined),
    refetchInterval: ASK_AGAIN_MS,
  });
}

/** Ticks a step or takes the tick away; where that fails it is said, and the steps are shown as they are. */
export function useTick(alarmId: string) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const refusalWords = useRefusalWords();
  return useMutation({
    // One after the other: who ticks two steps quickly has ticked both.
    scope: { id: `steps ${alarmId}` },
    mutationFn: ({ step, done }: { readonly step: number; readonly done: boolean }) =>
      call('tickAlarmStep', { params: { alarmId, step: String(step) }, body: { done } }),
    onSuccess: (procedure) => client.setQueriesData({ queryKey: keyOf(alarmId) }, procedure),
    onError: (error) => {
      const why = refusalWords(error);
      notifications.show({ title: t('procedure.notTicked'), message: why, withBorder: true });
      void client.invalidateQueries({ queryKey: keyOf(alarmId) });
    },
  });
}
