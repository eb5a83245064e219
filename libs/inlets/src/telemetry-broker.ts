import { Aedes, type Client, type PublishPacket } from 'aedes';

type Callback = (error?: Error) => void;

/**
 * aedes without the way that telemetry need not go: retained store, queues of sleeping sessions and the emitter cost more than all
 * the rest of a message, for subscribers that are not there. Only a device that listens to its own telemetry is given it.
 */
export class TelemetryBroker extends Aedes {
  private readonly listening = new Set<string>();

  /** From now on what is published for this device is passed on. */
  noteSubscription(deviceId: string, filter: string): void {
    if (/(^|\/)(#|\+|telemetry)$/.test(filter)) this.listening.add(deviceId);
  }

  /** aedes calls it with the client between; see its lib/handlers/publish.js. */
  override publish(packet: PublishPacket, client: Client | null | Callback, callback?: Callback): void {
    if (
      typeof client === 'object' &&
      callback &&
      packet.topic.endsWith('/telemetry') &&
      !this.isListened(packet.topic)
    ) {
      // After a QoS 0 message there is no turn of the event loop yet: without one, a fast sink would nest chunk in chunk.
      if (packet.qos === 0) setImmediate(callback);
      else callback();
      return;
    }
    const forward = super.publish as (
      packet: PublishPacket,
      client: Client | null | Callback,
      callback?: Callback,
    ) => void;
    forward.call(this, packet, client, callback);
  }

  private isListened(topic: string): boolean {
    if (this.listening.size === 0) return false;
    const from = topic.indexOf('/', 'lifeline/v1/'.length) + 1;
    return this.listening.has(topic.slice(from, topic.indexOf('/', from)));
  }
}
