import { parseDeviceTopic, STATUS_FILTER, TELEMETRY_FILTER, type Clock } from '@lifeline/contracts';
import { BrokerLink, type LinkMode } from './broker-link.js';
import { Outstanding } from './outstanding.js';
import type { DeviceStatus, Inlet, InletHealth, MessageSink } from './port.js';
import { readStatus } from './publish-verdict.js';

export interface ExternalInletOptions {
  /** `mqtt://`, `mqtts://`, `tcp://` or `ssl://`; a user name and password in it count where none are given here. */
  readonly url: string;
  /**
   * Connections of the shared subscription. One keeps the order of each device; the broker has some messages on their way on each
   * (Mosquitto 20 by default, `max_inflight_messages`), so that more of them share a commit.
   */
  readonly connections: number;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly sink: MessageSink;
  readonly clock: Clock;
  readonly onStatus?: (status: DeviceStatus) => void;
  /** One line for the operator of the machine, when the broker is lost, found, or lets us not in. */
  readonly say?: (line: string) => void;
  /** Names the sessions at the broker; differs where several clusters share one broker. Default `lifeline-ingest`. */
  readonly clientIdPrefix?: string;
}

/** Subscribes to a broker that stands by itself (Mosquitto, EMQX, NATS). See README.md for what it promises. */
export function externalInlet(options: ExternalInletOptions): Inlet {
  return new SubscribingInlet(options);
}

const STOP_WITHIN_MS = 5000;
const SHARED_FILTER = `$share/lifeline/${TELEMETRY_FILTER}`;

class SubscribingInlet implements Inlet {
  readonly name = 'external-mqtt';
  private readonly outstanding = new Outstanding();
  private links: BrokerLink[] = [];
  private stopping = false;

  constructor(private readonly options: ExternalInletOptions) {}

  /** Resolves when the first attempt is over, whether the broker was there or not: it is tried for ever. */
  async start(): Promise<void> {
    this.stopping = false;
    const first = this.link(0, (mode) => this.onMode(mode));
    this.links = [first];
    await first.start();
    await Promise.all(this.links.map((link) => link.firstAttempt));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.links.length === 0) return;
    await this.outstanding.idle(STOP_WITHIN_MS);
    await Promise.all(this.links.map((link) => link.stop()));
    this.links = [];
  }

  health(): InletHealth {
    const connections = this.links.filter((link) => link.subscribed).length;
    return { connected: connections > 0, connections, outstanding: this.outstanding.count };
  }

  disconnect(): void {
    // Devices are logged in at the broker.
  }

  /** The first link finds out what the broker can do; only a shared subscription may have more than one. */
  private onMode(mode: LinkMode): void {
    if (mode !== 'shared' || this.links.length > 1) return;
    for (let index = 1; index < this.options.connections; index++) {
      const link = this.link(index, () => undefined);
      this.links.push(link);
      void link.start();
    }
  }

  private link(index: number, onMode: (mode: LinkMode) => void): BrokerLink {
    const { options } = this;
    return new BrokerLink({
      url: options.url,
      username: options.username,
      password: options.password,
      clientId: `${options.clientIdPrefix ?? 'lifeline-ingest'}-${index}`,
      filters: {
        shared: SHARED_FILTER,
        plain: TELEMETRY_FILTER,
        // One link is enough for what devices say of themselves.
        status: index === 0 && options.onStatus ? STATUS_FILTER : undefined,
      },
      mayFallBack: index === 0,
      onMode,
      say: options.say ?? (() => undefined),
      take: (topic, payload, done) => this.take(topic, payload, done),
    });
  }

  private take(topic: string, payload: Uint8Array, done: (error?: Error) => void): void {
    if (this.stopping) return; // Not acknowledged: the broker keeps it for the next start.
    if (this.options.onStatus && topic.endsWith('/status')) {
      this.takeStatus(topic, payload);
      return done();
    }
    const bytes = payload.length;
    let answered = false;
    this.outstanding.enter(bytes);
    const answer = (error?: Error) => {
      if (answered) return;
      answered = true;
      done(error);
      this.outstanding.leave(bytes);
    };
    try {
      this.options.sink({ topic, payload, arrivedAtMs: this.options.clock.nowMs() }, answer);
    } catch (error) {
      answer(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private takeStatus(topic: string, payload: Uint8Array): void {
    const parsed = parseDeviceTopic(topic);
    const online = readStatus(payload);
    if (!parsed || online === undefined) return;
    const { utility, deviceId } = parsed;
    this.options.onStatus?.({ utility, deviceId, online, atMs: this.options.clock.nowMs() });
  }
}
