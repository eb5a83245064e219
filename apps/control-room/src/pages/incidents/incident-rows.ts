import { PRIORITIES, type Incident, type Utility } from '@lifeline/contracts';

/** What the list is narrowed to; undefined narrows nothing. */
export interface IncidentFilter {
  readonly utility: Utility | undefined;
  readonly text: string | undefined;
}

/** Open incidents: what stands before what does not, the worst first, then the newest. */
export function openRows(known: Iterable<Incident>, { utility, text }: IncidentFilter): readonly Incident[] {
  const wanted = text?.toLowerCase() ?? '';
  return [...known]
    .filter(
      ({ state, utilities, headline }) =>
        state === 'open' &&
        (utility === undefined || utilities.includes(utility)) &&
        `${headline.en}\n${headline.zh}`.toLowerCase().includes(wanted),
    )
    .sort(
      (a, b) =>
        Number(a.counts.announced === 0) - Number(b.counts.announced === 0) ||
        PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) ||
        b.openedAtMs - a.openedAtMs ||
        (a.incidentId < b.incidentId ? -1 : 1),
    );
}

/** Closed incidents of the records, as the live link knows them where that is newer: one that was opened again is not among them. */
export function closedRows(
  kept: readonly Incident[],
  live: (incidentId: string) => Incident | undefined,
): readonly Incident[] {
  return kept.flatMap((incident) => {
    const known = live(incident.incidentId);
    if (known === undefined || known.sequence < incident.sequence) return [incident];
    return known.state === 'closed' ? [known] : [];
  });
}
