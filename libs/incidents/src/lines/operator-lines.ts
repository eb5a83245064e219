import { PRIORITIES } from '@lifeline/contracts';
import type { Incident, LoneAlarm } from '../incident.js';
import type { Words } from '../words.js';
import { foldLines } from './fold.js';
import { byImportance, type OperatorLine } from './line.js';

/** More than an operator can oversee on one page of the list ([P]). */
export const MOST_LINES = 30;

export interface LineOptions {
  readonly mostLines?: number;
  readonly districtName?: (district: string) => Words;
}

/**
 * The operator's list: a line an incident or lone alarm, worst first: priority, gas, what waits for a person, time to respond, newest; last what a person keeps open without a standing alarm. Where more would stand
 * than may, the least important are folded by district and kind; red and orange ones only where folding all others is not enough.
 */
export function operatorLines(
  incidents: readonly Incident[],
  alarms: readonly LoneAlarm[],
  { mostLines = MOST_LINES, districtName = (name) => ({ en: name, zh: name }) }: LineOptions = {},
): OperatorLine[] {
  const shown = incidents.filter(
    ({ state, counts, staysOpen }) => state === 'open' && (counts.announced > 0 || staysOpen),
  );
  const lines = [...shown.map(lineOfIncident), ...alarms.map(lineOfAlarm)].sort(byImportance);
  return foldLines(lines, Math.max(PRIORITIES.length, mostLines), districtName);
}

function lineOfIncident(incident: Incident): OperatorLine {
  const { incidentId, priority, utility, isGasLeak, respondWithinMs, newestAtMs, district, position } = incident;
  return {
    kind: 'incident',
    lineId: incidentId,
    incidentId,
    ...{ priority, utility, isGasLeak, respondWithinMs, newestAtMs, district, position },
    isConfirmedLeak: isGasLeak && (incident.counts.leakSigns > 1 || incident.kind === 'gas-leak'),
    what: `incident-${incident.kind}`,
    words: incident.headline,
    alarms: incident.counts.members,
    unacknowledged: incident.counts.unacknowledged,
    isQuiet: incident.counts.announced === 0,
  };
}

function lineOfAlarm(alarm: LoneAlarm): OperatorLine {
  const { alarmId, priority, utility, isGasLeak, respondWithinMs, raisedAtMs, district, position, sensorName } = alarm;
  return {
    kind: 'alarm',
    lineId: alarmId,
    alarmId,
    ...{ priority, utility, isGasLeak, respondWithinMs, newestAtMs: raisedAtMs, district, position },
    isConfirmedLeak: false,
    what: alarm.type ?? '',
    words: { en: sensorName, zh: sensorName },
    alarms: 1,
    unacknowledged: alarm.unacknowledged,
    isQuiet: false,
  };
}
