import type { CallOut } from '@lifeline/contracts';
import { useMemo } from 'react';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';
import { usePastMinute } from '../past/use-past.js';
import { asOf, callOutsFor, type CalledFor } from './call-out-book.js';

/** How closely a past moment's call-outs follow its clock. */
const PAST_STEP_MS = 10_000;

/** What somebody is called out for: one alarm, or an incident. */
export type About = { readonly alarmId: string } | { readonly incidentId: string };

/** An alarm on a line under its incident's: what was called out for the whole is told above. */
export interface MemberAlone {
  readonly memberId: string;
}

/** An alarm's call-outs are also those of the incident it is in; an incident's those of its alarms. */
function useCalledFor(about: About | MemberAlone, known: readonly string[] | undefined): CalledFor {
  const book = useCell(useLive().incidents.book);
  const alarmId = 'memberId' in about ? about.memberId : 'alarmId' in about ? about.alarmId : undefined;
  const incidentId =
    'incidentId' in about ? about.incidentId : 'alarmId' in about ? book.ofAlarm.get(about.alarmId) : undefined;
  const members = alarmId === undefined && incidentId !== undefined ? book.byId.get(incidentId)?.members : undefined;
  return useMemo(
    () => ({ alarmIds: alarmId === undefined ? (known ?? [...(members?.keys() ?? [])]) : [alarmId], incidentId }),
    [alarmId, incidentId, members, known],
  );
}

/**
 * Call-outs for an alarm or an incident at the moment that is shown, newest first.
 * @param alarmIds of an incident, where they are known otherwise than by the incidents that are open
 */
export function useCallOuts(about: About | MemberAlone, alarmIds?: readonly string[]): readonly CallOut[] {
  const book = useCell(useLive().callOuts.book);
  const calledFor = useCalledFor(about, alarmIds);
  const pastMs = usePastMinute(PAST_STEP_MS);
  return useMemo(() => {
    const callOuts = callOutsFor(book, calledFor);
    return pastMs === undefined ? callOuts : asOf(callOuts, pastMs);
  }, [book, calledFor, pastMs]);
}
