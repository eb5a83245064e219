import type { Incident, IncidentMember, IncidentWithMembers, LiveIncident } from '@lifeline/contracts';

/** An incident as the server last told it, with its alarms. */
export interface KnownIncident {
  readonly incident: Incident;
  /** By the alarm's id, in the order they joined. */
  readonly members: ReadonlyMap<string, IncidentMember>;
}

/** The incidents the page knows. Immutable: each change gives a new book. */
export interface IncidentBook {
  readonly byId: ReadonlyMap<string, KnownIncident>;
  /** The incident of an alarm that is in one. */
  readonly ofAlarm: ReadonlyMap<string, string>;
  /** False until the first list is here. */
  readonly loaded: boolean;
}

export const NO_INCIDENTS: IncidentBook = { byId: new Map(), ofAlarm: new Map(), loaded: false };

/** Incidents that are over and kept, for a drawer that shows one while it closes. */
const OVER_KEPT = 200;

/** The whole list anew: what is not in it is over. A restarted server counts from the beginning, so nothing older is kept. */
export function incidentsAnew(items: readonly IncidentWithMembers[]): IncidentBook {
  const byId = new Map<string, KnownIncident>();
  const ofAlarm = new Map<string, string>();
  for (const { members, ...incident } of items) {
    byId.set(incident.incidentId, { incident, members: new Map(members.map((one) => [one.alarmId, one])) });
    for (const { alarmId } of members) ofAlarm.set(alarmId, incident.incidentId);
  }
  return { byId, ofAlarm, loaded: true };
}

/** The open incident that an alarm is in. */
export function openOf(book: IncidentBook, alarmId: string): Incident | undefined {
  const incident = book.byId.get(book.ofAlarm.get(alarmId) ?? '')?.incident;
  return incident?.state === 'open' ? incident : undefined;
}

export interface Folded {
  readonly book: IncidentBook;
  /** `gap`: a step before this one was missed, and the list must be read anew. */
  readonly state: 'whole' | 'gap';
}

/** Takes in one step of an incident; one already known changes nothing. */
export function foldIncident(book: IncidentBook, { incident, joined, left }: LiveIncident): Folded {
  const { incidentId, sequence } = incident;
  const known = book.byId.get(incidentId);
  if (known !== undefined && known.incident.sequence >= sequence) return { book, state: 'whole' };
  const members = new Map(known?.members);
  const ofAlarm = new Map(book.ofAlarm);
  for (const alarmId of left) {
    members.delete(alarmId);
    if (ofAlarm.get(alarmId) === incidentId) ofAlarm.delete(alarmId);
  }
  for (const member of joined) {
    members.set(member.alarmId, member);
    ofAlarm.set(member.alarmId, incidentId);
  }
  const byId = new Map(book.byId).set(incidentId, { incident, members });
  if (incident.state === 'closed') prune(byId, ofAlarm);
  const state = sequence === (known?.incident.sequence ?? 0) + 1 ? 'whole' : 'gap';
  return { book: { ...book, byId, ofAlarm }, state };
}

function prune(byId: Map<string, KnownIncident>, ofAlarm: Map<string, string>): void {
  const over = [...byId.values()].filter(({ incident }) => incident.state === 'closed');
  for (const { incident, members } of over.slice(0, Math.max(0, over.length - OVER_KEPT))) {
    byId.delete(incident.incidentId);
    for (const alarmId of members.keys()) if (ofAlarm.get(alarmId) === incident.incidentId) ofAlarm.delete(alarmId);
  }
}
