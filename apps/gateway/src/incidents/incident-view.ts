import type {
  Alarm,
  AlarmTransition,
  Incident,
  IncidentAct,
  IncidentMember,
  IncidentWithMembers,
  LiveIncident,
} from '@lifeline/contracts';
import { createIncidentDesk, createSupplyGraph, type IncidentDesk, type KeptIncident } from '@lifeline/incidents';
import type { RegistryCopy } from '@lifeline/records';
import { alarmsOf, type KeptIncidents } from './kept-incidents.js';

/** What of the registry's copy the correlation asks. */
export type IncidentRegistry = Pick<RegistryCopy, 'assets' | 'channels' | 'device' | 'sensors'>;

/** Transitions between two clean-ups of what is over. */
const FORGET_EVERY = 5_000;

/** Acts that wait for an alarm which has not come: another gateway was ahead. */
const MOST_WAITING = 1_000;

/**
 * The incidents of the open alarms, worked out from the stream of transitions, of what people did to them, and at a start of what
 * was kept: every gateway works out the same.
 */
export class IncidentView {
  private desk: IncidentDesk;
  private taken = 0;
  private waiting: IncidentAct[] = [];
  /** Devices with a sensor, by the gateway they stand behind; counted when it is asked for. */
  private behind: ReadonlyMap<string, number> | undefined;

  constructor(private readonly registry: IncidentRegistry) {
    this.desk = this.newDesk();
  }

  /** Takes in what was kept, and then what stood open at the start in the order in which it happened; gives what that moved. */
  load(alarms: readonly Alarm[], { kept, lives, apart, outstanding }: KeptIncidents, nowMs: number): LiveIncident[] {
    const changes = [...this.desk.adopt(kept, lives, apart, nowMs)];
    const late = alarmsOf(outstanding).flatMap((alarmId) => lives.get(alarmId) ?? []);
    const steps = [...alarms.flatMap(({ transitions }) => transitions), ...late];
    steps.sort((a, b) => a.atMs - b.atMs || a.sequence - b.sequence);
    for (const step of steps) changes.push(...this.desk.take(step));
    for (const act of outstanding) changes.push(...this.act(act));
    return changes;
  }

  take(transition: AlarmTransition): readonly LiveIncident[] {
    const changes = this.desk.take(transition);
    if (this.waiting.length > 0) changes.push(...this.actOnWaiting());
    if (++this.taken % FORGET_EVERY === 0) this.desk.forgetClosed();
    return changes;
  }

  /** Does what a person did, once: at once, or when the alarms that it opens an incident of have come. */
  act(act: IncidentAct): LiveIncident[] {
    const isNew = (this.desk.incident(act.incidentId)?.actSequence ?? 0) < act.sequence;
    const changes = this.desk.act(act);
    if (changes.length === 0 && isNew) this.waiting = [...this.waiting, act].slice(-MOST_WAITING);
    return changes;
  }

  /** Takes in an incident that was kept and is not known any more, for a person who works on it. */
  adopt(kept: KeptIncident, lives: KeptIncidents['lives'], nowMs: number): LiveIncident[] {
    return this.desk.adopt([kept], lives, [], nowMs);
  }

  /** Assets came, went or are otherwise than before: what feeds what is worked out anew. */
  assetsChanged(): void {
    const state = this.desk.state();
    this.desk = this.newDesk();
    this.desk.restore(state);
  }

  /** Sensors came, went or moved to another gateway. */
  sensorsChanged(): void {
    this.behind = undefined;
  }

  open(): IncidentWithMembers[] {
    return this.desk.incidents().map((incident) => ({ ...incident, members: this.desk.members(incident.incidentId) }));
  }

  incident(incidentId: string): Incident | undefined {
    return this.desk.incident(incidentId);
  }

  members(incidentId: string): IncidentMember[] {
    return this.desk.members(incidentId);
  }

  /** The open incident that an alarm is in. */
  openOf(alarmId: string): Incident | undefined {
    const incident = this.desk.incident(this.desk.incidentOf(alarmId) ?? '');
    return incident?.state === 'open' ? incident : undefined;
  }

  knowsAlarm(alarmId: string): boolean {
    return this.desk.knows(alarmId);
  }

  private actOnWaiting(): LiveIncident[] {
    const waiting = this.waiting;
    this.waiting = [];
    return waiting.flatMap((act) => this.act(act));
  }

  private newDesk(): IncidentDesk {
    const { registry } = this;
    return createIncidentDesk({
      graph: createSupplyGraph(registry.assets()),
      devicesBehind: (gatewayId) => (this.behind ??= devicesBehind(registry)).get(gatewayId),
      sensorOf: (sensorId) => {
        const slash = sensorId.lastIndexOf('/');
        const deviceId = sensorId.slice(0, slash);
        const sensor = registry.channels(deviceId)?.get(sensorId.slice(slash + 1));
        return sensor && { type: sensor.type, gatewayId: registry.device(deviceId)?.gatewayId ?? null };
      },
    });
  }
}

function devicesBehind(registry: IncidentRegistry): ReadonlyMap<string, number> {
  const devices = new Set<string>();
  for (const { deviceId } of registry.sensors()) devices.add(deviceId);
  const behind = new Map<string, number>();
  for (const deviceId of devices) {
    const gatewayId = registry.device(deviceId)?.gatewayId;
    if (gatewayId != null) behind.set(gatewayId, (behind.get(gatewayId) ?? 0) + 1);
  }
  return behind;
}
