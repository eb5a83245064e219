import type { Alarm, AlarmTransition, IncidentWithMembers, LiveIncident } from '@lifeline/contracts';
import { createIncidentDesk, createSupplyGraph, type IncidentDesk } from '@lifeline/incidents';
import type { RegistryCopy } from '@lifeline/records';

/** What of the registry's copy the correlation asks. */
export type IncidentRegistry = Pick<RegistryCopy, 'assets' | 'channels' | 'device' | 'sensors'>;

/** Transitions between two clean-ups of what is over. */
const FORGET_EVERY = 5_000;

/**
 * The incidents of the open alarms, worked out from the stream of transitions: every gateway works out the same. After a start it
 * knows what is open, and of incidents that were there before no more than their alarms that are.
 */
export class IncidentView {
  private desk: IncidentDesk;
  private taken = 0;
  /** Devices with a sensor, by the gateway they stand behind; counted when it is asked for. */
  private behind: ReadonlyMap<string, number> | undefined;

  constructor(private readonly registry: IncidentRegistry) {
    this.desk = this.newDesk();
  }

  /** Takes in what stood open at the start, in the order in which it happened. */
  load(alarms: readonly Alarm[]): void {
    const steps = alarms.flatMap(({ transitions }) => transitions);
    steps.sort((a, b) => a.atMs - b.atMs || a.sequence - b.sequence);
    for (const step of steps) this.desk.take(step);
  }

  take(transition: AlarmTransition): readonly LiveIncident[] {
    const changes = this.desk.take(transition);
    if (++this.taken % FORGET_EVERY === 0) this.desk.forgetClosed();
    return changes;
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

  knows(incidentId: string): boolean {
    return this.desk.incident(incidentId) !== undefined;
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
