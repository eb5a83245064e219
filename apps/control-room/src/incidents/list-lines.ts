import type { AssetKind, Utility } from '@lifeline/contracts';
import { loneAlarms, operatorLines, type Incident, type LoneAlarm, type OperatorLine } from '@lifeline/incidents';
import { awaitsAcknowledge, shownState, type StandingAlarm } from '../live/alarm-book.js';
import type { IncidentBook } from './incident-book.js';

/** What the list must know of the city. */
export interface CityFacts {
  readonly typeOf: (sensorId: string) => string | null;
  readonly assetOf: (assetId: string) => { readonly kind: AssetKind; readonly district: string } | undefined;
  readonly districtName: (district: string) => string;
}

/** The operator's list, and what it adds up to: `alarms` are in the incidents or single, and nowhere else. */
export interface ListLines {
  readonly lines: readonly OperatorLine[];
  readonly alarms: number;
  readonly incidents: number;
  readonly single: number;
}

const loneAlarmOf = loneAlarms();

/**
 * The lines by the rule of the server's own list. What an alarm waits for is as the page shows it, acknowledgements that are still
 * on their way among them; an alarm whose incident the page does not know stands alone.
 * @param announced alarms that call for a person
 */
export function listLines(
  announced: readonly StandingAlarm[],
  book: IncidentBook,
  utility: Utility | undefined,
  { typeOf, assetOf, districtName }: CityFacts,
): ListLines {
  const told = new Map<string, { announced: number; unacknowledged: number }>();
  const lone: LoneAlarm[] = [];
  for (const alarm of announced) {
    const known = book.byId.get(book.ofAlarm.get(alarm.alarmId) ?? '');
    if (known?.incident.state === 'open') {
      const { incidentId } = known.incident;
      const counts = told.get(incidentId) ?? { announced: 0, unacknowledged: 0 };
      counts.announced++;
      if (awaitsAcknowledge(shownState(alarm))) counts.unacknowledged++;
      told.set(incidentId, counts);
    } else if (utility === undefined || alarm.utility === utility) {
      const asset = alarm.assetId === null ? undefined : assetOf(alarm.assetId);
      lone.push(loneAlarmOf({ ...alarm, state: shownState(alarm) }, { type: typeOf(alarm.sensorId) }, asset));
    }
  }
  // What a person keeps open has its line though none of its alarms stands.
  for (const [incidentId, { incident }] of book.byId)
    if (incident.state === 'open' && incident.staysOpen && !told.has(incidentId))
      told.set(incidentId, { announced: 0, unacknowledged: 0 });
  const incidents: Incident[] = [];
  for (const [incidentId, counts] of told) {
    const { incident } = book.byId.get(incidentId)!;
    if (utility !== undefined && !incident.utilities.includes(utility)) continue;
    incidents.push({ ...incident, counts: { ...incident.counts, ...counts } });
  }
  const lines = operatorLines(incidents, lone, {
    districtName: (district) => ({ en: districtName(district), zh: districtName(district) }),
  });
  return {
    lines,
    alarms: incidents.reduce((sum, { counts }) => sum + counts.members, lone.length),
    incidents: incidents.length,
    single: lone.length,
  };
}
