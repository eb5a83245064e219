import type { Alarm, AlarmTransition, IncidentAct } from '@lifeline/contracts';
import type { KeptIncident } from '@lifeline/incidents';
import type { KeptFile, Records } from '@lifeline/records';

/** What the incidents of a start are made of. */
export interface KeptIncidents {
  readonly kept: readonly KeptIncident[];
  /** Of the alarms that are in them. */
  readonly lives: ReadonlyMap<string, readonly AlarmTransition[]>;
  /** Alarms that a person took out of one and put nowhere else. */
  readonly apart: readonly string[];
  /** Acts that were not in what was told of the incidents: done anew. */
  readonly outstanding: readonly IncidentAct[];
  /** Up to here acts are in this. */
  readonly actNo: number;
}

/** Reads what stands, and what stood when its alarms were open before. */
export async function readKept(records: Records, openAlarms: readonly Alarm[]): Promise<KeptIncidents> {
  // Before what it stands for, so that acts are repeated rather than left out.
  const actNo = await records.incidents.newestActNo();
  const alarmIds = openAlarms.map(({ alarmId }) => alarmId);
  const standing = await records.incidents.standing(
    alarmIds,
    alarmIds.map((alarmId) => `incident.${alarmId}`),
  );
  const kept: KeptIncident[] = [];
  const outstanding: IncidentAct[] = [];
  const apart = new Set<string>();
  for (const { incident, members, acts } of standing) {
    if (incident) kept.push({ incident, members });
    const newest = incident?.actSequence ?? 0;
    outstanding.push(...acts.filter(({ sequence }) => sequence > newest));
    if (incident?.state === 'open') {
      for (const alarmId of setApart(acts.filter(({ sequence }) => sequence <= newest))) apart.add(alarmId);
    }
  }
  kept.sort((a, b) => Number(b.incident.state === 'open') - Number(a.incident.state === 'open'));
  outstanding.sort((a, b) => a.atMs - b.atMs || a.sequence - b.sequence);
  const wanted = [...kept.flatMap(({ members }) => members.map(({ alarmId }) => alarmId)), ...alarmsOf(outstanding)];
  return { kept, lives: await readLives(records, openAlarms, wanted), apart: [...apart], outstanding, actNo };
}

/** The lives of the alarms of one incident. */
export async function livesOf(records: Records, { members }: KeptFile): Promise<KeptIncidents['lives']> {
  return readLives(
    records,
    [],
    members.map(({ alarmId }) => alarmId),
  );
}

async function readLives(
  records: Records,
  openAlarms: readonly Alarm[],
  alarmIds: readonly string[],
): Promise<Map<string, readonly AlarmTransition[]>> {
  const lives = new Map(openAlarms.map(({ alarmId, transitions }) => [alarmId, transitions]));
  const others = [...new Set(alarmIds)].filter((alarmId) => !lives.has(alarmId));
  for (const { alarmId, transitions } of await records.alarms.alarmsById(others)) lives.set(alarmId, transitions);
  return lives;
}

function setApart(acts: readonly IncidentAct[]): ReadonlySet<string> {
  const apart = new Set<string>();
  for (const act of acts) {
    if (act.kind === 'alarm-taken-out') apart.add(act.alarmId);
    if (act.kind === 'alarms-added') for (const alarmId of act.alarmIds) apart.delete(alarmId);
  }
  return apart;
}

/** Alarms that were put into an incident by these acts. */
export function alarmsOf(acts: readonly IncidentAct[]): string[] {
  return acts.flatMap((act) => (act.kind === 'opened' || act.kind === 'alarms-added' ? act.alarmIds : []));
}
