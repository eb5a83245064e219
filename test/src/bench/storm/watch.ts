import { PRIORITIES, type AlarmTransition } from '@lifeline/contracts';
import { createIncidentDesk, operatorLines, UPSTREAM, type IncidentDesk, type OperatorLine } from '@lifeline/incidents';
import type { Cause, Night } from './night.js';
import { playDesk, type Begins, type Told } from './play-desk.js';

const EVERY_MS = 1000;
/** The aim is for the list half a minute after the leak's first alarm. */
const LEAK_GRACE_MS = 30_000;
const HELD = ['shelved', 'suppressed', 'out-of-service'];

export interface Watched {
  readonly mostLines: number;
  /** Worst place of the line with the gas leak from 30 s after its first alarm on; and from its first alarm on. */
  readonly leakRank: number;
  readonly leakRankAtOnce: number;
}

export interface StormResult {
  readonly ours: Watched;
  /** All open alarms, worst first, newest first: the list without incidents. */
  readonly flat: Watched;
  readonly raw: number;
  readonly transitions: number;
  readonly inIncidents: number;
  readonly alone: number;
  readonly suppressed: number;
  readonly begins: Begins;
  readonly incidents: number;
  /** Share of the alarms of the six causes that are in the incident that holds most of their cause. */
  readonly joinedShare: number;
  /** Share of the alarms in those incidents that come of something else. */
  readonly foreignShare: number;
  readonly lines: readonly OperatorLine[];
}

/** Plays the night through the alarm desk and the incident desk, and looks at the list each second. */
export function watchNight(night: Night): StormResult {
  const { told, begins } = playDesk(night);
  const desk = deskOf(night);
  const causeOf = (one: AlarmTransition): Cause => night.causes.get(`${one.sensorId} ${one.rule}`)!;
  const newest = new Map<string, AlarmTransition>();
  const leak = new Set<string>();
  const [ours, flat] = [new Look(), new Look()];
  let lines: OperatorLine[] = [];
  let leakFromMs = Infinity;
  for (let at = 0; at < told.length;) {
    const untilMs = (Math.floor(told[at]!.arrivesMs / EVERY_MS) + 1) * EVERY_MS;
    let end = at;
    while (end < told.length && told[end]!.arrivesMs < untilMs) end++;
    for (let i = at; i < end; i++) desk.take(told[i]!.transition);
    for (const { transition } of told.slice(at, end)) {
      const before = newest.get(transition.alarmId);
      if (!before || before.sequence < transition.sequence) newest.set(transition.alarmId, transition);
      if (causeOf(transition) !== 'leak' || !transition.sensorId.endsWith('/ch4')) continue;
      leak.add(transition.alarmId);
      leakFromMs = Math.min(leakFromMs, untilMs);
    }
    at = end;
    lines = operatorLines(desk.incidents(), desk.alone());
    const isGraceOver = untilMs >= leakFromMs + LEAK_GRACE_MS;
    ours.see(lines.length, leak.size === 0 ? null : rankIn(lines, desk, leak), isGraceOver);
    const open = [...newest.values()].filter(({ state }) => state !== 'normal' && !HELD.includes(state));
    flat.see(open.length, leak.size === 0 ? null : flatRank(open, leak), isGraceOver);
  }
  return {
    ...{ ours: ours.result(), flat: flat.result(), transitions: told.length, lines, begins },
    ...placesOf(desk, newest, causeOf),
  };
}

/** Microseconds a transition of the incident desk alone, over the whole night. */
export function timeNight(night: Night, told: readonly Told[]): number {
  const desk = deskOf(night);
  const startedMs = performance.now();
  for (const { transition } of told) desk.take(transition);
  return ((performance.now() - startedMs) * 1000) / told.length;
}

function deskOf(night: Night): IncidentDesk {
  const gateways = night.gatewayOf;
  const sensors = new Map(night.sensors.map((sensor) => [sensor.sensorId, sensor]));
  const behind = new Map<string, number>();
  for (const gatewayId of gateways.values()) if (gatewayId) behind.set(gatewayId, (behind.get(gatewayId) ?? 0) + 1);
  return createIncidentDesk({
    graph: night.graph,
    devicesBehind: (gatewayId) => behind.get(gatewayId),
    sensorOf: (sensorId) => {
      const sensor = sensors.get(sensorId);
      return sensor && { type: sensor.type, gatewayId: gateways.get(sensor.deviceId) ?? null };
    },
  });
}

class Look {
  private mostLines = 0;
  private leakRank = 0;
  private leakRankAtOnce = 0;

  see(lines: number, leakRank: number | null, isGraceOver: boolean): void {
    this.mostLines = Math.max(this.mostLines, lines);
    if (leakRank === null) return;
    this.leakRankAtOnce = Math.max(this.leakRankAtOnce, leakRank);
    if (isGraceOver) this.leakRank = Math.max(this.leakRank, leakRank);
  }

  result(): Watched {
    const { mostLines, leakRank, leakRankAtOnce } = this;
    return { mostLines, leakRank, leakRankAtOnce };
  }
}

/** Place of the first line that shows the leak, from 1; one more than there are lines where a fold hides it. */
function rankIn(lines: readonly OperatorLine[], desk: IncidentDesk, leak: ReadonlySet<string>): number {
  const incidents = new Set([...leak].map((alarmId) => desk.incidentOf(alarmId)));
  const at = lines.findIndex(
    (line) =>
      (line.kind === 'alarm' && leak.has(line.alarmId)) || (line.kind === 'incident' && incidents.has(line.incidentId)),
  );
  return at < 0 ? lines.length + 1 : at + 1;
}

function flatRank(open: readonly AlarmTransition[], leak: ReadonlySet<string>): number {
  const order = open.toSorted(
    (a, b) => PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) || b.raisedAtMs - a.raisedAtMs,
  );
  return order.findIndex(({ alarmId }) => leak.has(alarmId)) + 1 || order.length + 1;
}

/**
 * Counted alarm by alarm, not by the desk's own account. What is suppressed with the name of an upstream alarm is where that alarm
 * is: in its incident, or beside it.
 */
function placesOf(
  desk: IncidentDesk,
  newest: ReadonlyMap<string, AlarmTransition>,
  causeOf: (one: AlarmTransition) => Cause,
): Pick<StormResult, 'raw' | 'inIncidents' | 'alone' | 'suppressed' | 'incidents' | 'joinedShare' | 'foreignShare'> {
  const byPlace = new Map<string, Map<Cause, number>>();
  const byCause = new Map<Cause, number>();
  let [inIncidents, alone, suppressed] = [0, 0, 0];
  const members = new Set<string>();
  for (const { incidentId } of desk.incidents())
    for (const { alarmId } of desk.members(incidentId)) members.add(alarmId);
  const placeOf = (alarmId: string): string => desk.incidentOf(alarmId) ?? `alone ${alarmId}`;
  for (const [alarmId, transition] of newest) {
    const cause = causeOf(transition);
    const incidentId = desk.incidentOf(alarmId);
    const upstream = upstreamOf(transition);
    if (HELD.includes(transition.state) && incidentId === null) {
      suppressed++;
      if (upstream === undefined) continue;
    } else if (incidentId === null) alone++;
    else if (incidentId !== undefined && members.has(alarmId)) inIncidents++;
    else continue;
    byCause.set(cause, (byCause.get(cause) ?? 0) + 1);
    const place = incidentId ?? placeOf(upstream ?? alarmId);
    const counts = byPlace.get(place) ?? new Map<Cause, number>();
    byPlace.set(place, counts.set(cause, (counts.get(cause) ?? 0) + 1));
  }
  let [known, joined, foreign, inside] = [0, 0, 0, 0];
  for (const [cause, count] of byCause) {
    if (cause === 'wide' || cause === 'stray') continue;
    const main = [...byPlace.values()].toSorted((a, b) => (b.get(cause) ?? 0) - (a.get(cause) ?? 0))[0];
    const own = main?.get(cause) ?? 0;
    const all = [...(main?.values() ?? [])].reduce((sum, one) => sum + one, 0);
    known += count;
    joined += own;
    inside += all;
    foreign += all - own;
  }
  return {
    ...{ raw: newest.size, inIncidents, alone, suppressed },
    incidents: [...byPlace.keys()].filter((place) => !place.startsWith('alone ')).length,
    joinedShare: joined / known,
    foreignShare: foreign / inside,
  };
}

/** The alarm that explains this one; undefined where none does. */
function upstreamOf({ holds }: AlarmTransition): string | undefined {
  const by = holds?.suppressedBy;
  return by?.startsWith(UPSTREAM) ? by.slice(UPSTREAM.length) : undefined;
}
