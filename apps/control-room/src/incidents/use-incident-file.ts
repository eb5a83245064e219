import type { Incident, IncidentAct, IncidentMember } from '@lifeline/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../api/call.js';
import type { StandingAlarm } from '../live/alarm-book.js';
import { useCell } from '../live/cell.js';
import { useLive } from '../live/live-context.js';

/** All that is known of an incident, open or closed. */
export interface IncidentFileShown {
  readonly incident: Incident;
  readonly members: ReadonlyMap<string, IncidentMember>;
  /** Its alarms, the first-out before all, then by time. */
  readonly alarms: readonly StandingAlarm[];
  readonly acts: readonly IncidentAct[];
}

/** The file of an incident: as the live link tells it, and with what people did to it as the server keeps it. */
export function useIncidentFile(incidentId: string) {
  const live = useLive();
  const known = useCell(live.incidents.book).byId.get(incidentId);
  const { byId } = useCell(live.alarms);
  const seen = known === undefined ? -1 : known.incident.actSequence;
  // What people do, and what is over, is read anew when it moves; the rest comes live.
  const moved = known === undefined ? -1 : known.incident.counts.members - known.incident.counts.open;
  const { data, error, refetch } = useQuery({
    queryKey: ['incident', incidentId, seen, moved],
    queryFn: ({ signal }) => call('getIncident', { params: { incidentId }, signal }),
    placeholderData: keepPreviousData,
  });
  const file = useMemo((): IncidentFileShown | undefined => {
    const isOwn = data?.incident.incidentId === incidentId;
    const incident = known?.incident ?? (isOwn ? data.incident : undefined);
    if (incident === undefined) return undefined;
    const members =
      known?.members ?? new Map(isOwn ? data.members.map((member) => [member.alarmId, member] as const) : []);
    const over = new Map(isOwn ? data.over.map((alarm) => [alarm.alarmId, alarm] as const) : []);
    const alarms = [...members.keys()].flatMap((alarmId): StandingAlarm[] => {
      const standing = byId.get(alarmId);
      if (standing !== undefined) return [standing];
      const ended = over.get(alarmId);
      return ended === undefined ? [] : [{ ...ended, asked: undefined, heldBy: undefined }];
    });
    const first = incident.firstOut.alarmId;
    alarms.sort(
      (a, b) =>
        Number(b.alarmId === first) - Number(a.alarmId === first) ||
        a.raisedAtMs - b.raisedAtMs ||
        (a.alarmId < b.alarmId ? -1 : 1),
    );
    return { incident, members, alarms, acts: isOwn ? data.acts : [] };
  }, [incidentId, known, data, byId]);
  return { file, error, refetch };
}
