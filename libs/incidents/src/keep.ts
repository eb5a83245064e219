import type { AlarmTransition } from '@lifeline/contracts';
import type { IncidentBook, Live } from './incident-book.js';
import type { IncidentCore, KeptIncident } from './incident.js';
import type { Subject } from './subject.js';
import type { Tally } from './tally.js';

/** What taking in a kept incident needs of the desk. */
export interface KeepDesk {
  readonly book: IncidentBook;
  readonly newTally: () => Tally;
  /** The alarm as the desk knows it, or as its life tells; undefined where neither is there. */
  readonly subjectOf: (alarmId: string, life: readonly AlarmTransition[] | undefined) => Subject | undefined;
  readonly wait: (incidentId: string, member: KeptIncident['members'][number]) => void;
}

/**
 * Takes in an incident as it was kept, under its name; one that the desk has stays as it is. Members that are in another incident
 * by now stay there; of those without a life, alarms of an open one are waited for.
 * @param lives transitions of its alarms, each in their order
 * @returns the incident; undefined where the desk had it
 */
export function adopt(
  { incident, members }: KeptIncident,
  lives: ReadonlyMap<string, readonly AlarmTransition[]>,
  { book, newTally, subjectOf, wait }: KeepDesk,
): Live | undefined {
  const { incidentId } = incident;
  if (book.byId.has(incidentId)) return undefined;
  const live: Live = { core: coreOf(incident, members.length), tally: newTally(), told: incident };
  book.byId.set(incidentId, live);
  for (const member of members) {
    const subject = subjectOf(member.alarmId, lives.get(member.alarmId));
    if (!subject) {
      if (incident.state === 'open') wait(incidentId, member);
      continue;
    }
    if (subject.incidentId !== null || subject.joinedBy !== null) continue;
    const { rule: joinedBy, to: joinedTo, why } = member;
    Object.assign(subject, { incidentId, joinedBy, joinedTo, why });
    live.tally.add(subject);
  }
  return live;
}

function coreOf(incident: KeptIncident['incident'], members: number): IncidentCore {
  const { incidentId, sequence, kind, utility, causeAssetId, state, mergedInto } = incident;
  const { openedAtMs, closedAtMs, staysOpen, conclusion, actSequence } = incident;
  return {
    ...{ incidentId, sequence, kind, utility, causeAssetId, state, mergedInto },
    ...{ openedAtMs, closedAtMs, staysOpen, conclusion, actSequence },
    headline: kind === 'hand' ? incident.headline.en : null,
    folded: Math.max(0, incident.counts.members - members),
  };
}
