import type { ConclusionCause, IncidentFile } from '@lifeline/contracts';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { useRefusalWords } from '../refusals/use-refusal-words.js';

export interface Conclusion {
  readonly cause: ConclusionCause;
  readonly text: string;
  /** Why it is closed though alarms stand; blank: it is not. */
  readonly standingReason: string;
}

/** What a person may do to an incident. Rejects with `CallError` where the server refuses. */
export interface IncidentActs {
  open(headline: string, alarmIds: readonly string[]): Promise<IncidentFile>;
  add(incidentId: string, alarmIds: readonly string[]): Promise<IncidentFile>;
  note(incidentId: string, text: string): Promise<IncidentFile>;
  close(incidentId: string, seenAct: number, conclusion: Conclusion): Promise<IncidentFile>;
  reopen(incidentId: string, reason: string): Promise<IncidentFile>;
  /** Told where it is refused. */
  takeOut(incidentId: string, alarmId: string): Promise<void>;
}

export function useIncidentActs(): IncidentActs {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refusalWords = useRefusalWords();
  return useMemo(() => {
    // The live link tells all desks; where it is down, this desk sees at least what it did itself.
    const done = async (work: Promise<IncidentFile>): Promise<IncidentFile> => {
      const file = await work;
      await client.invalidateQueries({ queryKey: ['incident', file.incident.incidentId] });
      void client.invalidateQueries({ queryKey: ['incident-records'] });
      return file;
    };
    return {
      open: (headline, alarmIds) => done(call('openIncident', { body: { headline, alarmIds: [...alarmIds] } })),
      add: (incidentId, alarmIds) =>
        done(call('addIncidentAlarms', { params: { incidentId }, body: { alarmIds: [...alarmIds] } })),
      note: (incidentId, text) => done(call('noteIncident', { params: { incidentId }, body: { text } })),
      close: (incidentId, seenAct, { cause, text, standingReason }) => {
        const reason = standingReason.trim();
        const body = { seenAct, cause, text, ...(reason === '' ? {} : { standingReason: reason }) };
        return done(call('closeIncident', { params: { incidentId }, body }));
      },
      reopen: (incidentId, reason) => done(call('reopenIncident', { params: { incidentId }, body: { reason } })),
      takeOut: async (incidentId, alarmId) => {
        try {
          await done(call('takeAlarmOut', { params: { incidentId }, body: { alarmId } }));
        } catch (error) {
          notifications.show({ title: t('incidents.notDone'), message: refusalWords(error), withBorder: true });
        }
      },
    };
  }, [client, refusalWords, t]);
}
