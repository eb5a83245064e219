import { connect, type MqttClient } from 'mqtt';
import { statusTopic, type Utility } from '@lifeline/contracts';

/** Messages on their way without an acknowledgement, a connection. */
const MOST_OUTSTANDING = 64;
/** Messages kept while the broker is away or slow; beyond, the oldest are dropped and counted. */
const MOST_WAITING = 2000;
const RECONNECT_MS = 1000;
const END_WITHIN_MS = 2000;

export interface ConnectionCounts {
  published: number;
  acknowledged: number;
  dropped: number;
}

interface Waiting {
  readonly topic: string;
  readonly body: string;
}

/**
 * One MQTT client of a gateway or a device: its own credential, its last will on its status topic, QoS 1, bounded
 * outstanding, bounded waiting. It connects again by itself when the broker comes back, and what was not acknowledged goes out again.
 */
export class DeviceConnection {
  readonly counts: ConnectionCounts = { published: 0, acknowledged: 0, dropped: 0 };
  /** Why the broker or the network refused last; undefined while all is well. */
  lastError: string | undefined;
  private readonly client: MqttClient;
  private readonly waiting: Waiting[] = [];
  private outstanding = 0;
  private ending = false;

  constructor(
    url: string,
    private readonly utility: Utility,
    readonly deviceId: string,
    password: string,
  ) {
    const status = statusTopic(utility, deviceId);
    this.client = connect(url, {
      clientId: deviceId,
      username: deviceId,
      password,
      clean: true,
      keepalive: 20,
      reconnectPeriod: RECONNECT_MS,
      connectTimeout: 10_000,
      will: { topic: status, payload: Buffer.from('offline'), qos: 1, retain: true },
    });
    this.client.on('connect', () => {
      this.lastError = undefined;
      this.client.publish(status, 'online', { qos: 1, retain: true }, () => undefined);
      this.drain();
    });
    this.client.on('error', (error) => {
      this.lastError = error.message;
    });
  }

  get connected(): boolean {
    return this.client.connected;
  }

  /** Messages handed over and not yet acknowledged, sent or not. */
  get unacknowledged(): number {
    return this.outstanding + this.waiting.length;
  }

  /** Whether another message would wait behind others: whoever can wait, should. */
  get busy(): boolean {
    return this.outstanding >= MOST_OUTSTANDING || !this.client.connected;
  }

  /** Sends now where there is room, else keeps the message; never blocks. */
  send(topic: string, body: string): void {
    if (this.ending) return;
    this.waiting.push({ topic, body });
    if (this.waiting.length > MOST_WAITING) {
      this.waiting.shift();
      this.counts.dropped++;
    }
    this.drain();
  }

  /** Says goodbye (status offline), waits a little for acknowledgements and ends. */
  async end(): Promise<void> {
    this.ending = true;
    if (this.client.connected) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, END_WITHIN_MS);
        this.client.publish(statusTopic(this.utility, this.deviceId), 'offline', { qos: 1, retain: true }, () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    await this.client.endAsync(true);
  }

  private drain(): void {
    while (this.client.connected && this.outstanding < MOST_OUTSTANDING) {
      const next = this.waiting.shift();
      if (!next) return;
      this.outstanding++;
      this.counts.published++;
      this.client.publish(next.topic, next.body, { qos: 1 }, (error) => {
        this.outstanding--;
        if (error) this.lastError = error.message;
        else this.counts.acknowledged++;
        this.drain();
      });
    }
  }
}
