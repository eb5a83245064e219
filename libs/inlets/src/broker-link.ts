import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { MAX_PACKET_BYTES } from './packet-guard.js';

/** How a link subscribes: MQTT 5 with a share of the group, or all of it by itself over MQTT 5 or 3.1.1. */
export type LinkMode = 'shared' | 'plain' | 'plain-3.1.1';

export interface BrokerLinkOptions {
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly clientId: string;
  readonly filters: { readonly shared: string; readonly plain: string; readonly status: string | undefined };
  /** Whether it may go on without a shared subscription: one link of the group, or all would get every message. */
  readonly mayFallBack: boolean;
  /** Called after each subscription that was granted. */
  readonly onMode: (mode: LinkMode) => void;
  readonly say: (line: string) => void;
  /** Takes a message in; `done()` lets it be acknowledged, `done(error)` has it sent again. */
  readonly take: (topic: string, payload: Uint8Array, done: (error?: Error) => void) => void;
}

/** The broker keeps a session, and what it holds for it, so long after the link is lost. */
const SESSION_EXPIRY_S = 7 * 86_400;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 30_000;
/** CONNACK: "unsupported protocol version", as MQTT 5 and 3.1.1 number it. */
const WRONG_VERSION = [0x84, 0x01];
/** SUBACK: shared subscriptions, or wildcards in them, are not supported. */
const NOT_SHARED = [0x9e, 0xa2];

/**
 * One connection to a broker with a session of its own (a stable client id, kept by the broker). A message is acknowledged after
 * `done()`; after `done(error)` the link is cut, so that the broker sends it again on the next. Tries for ever, each time with a
 * longer pause (250 ms to 30 s, with jitter).
 */
export class BrokerLink {
  subscribed = false;
  /** Resolves once the first attempt was granted or failed. */
  readonly firstAttempt: Promise<void>;
  private endFirstAttempt: () => void = () => undefined;
  private client: MqttClient | undefined;
  private mode: LinkMode = 'shared';
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private lastSaid = '';

  constructor(private readonly options: BrokerLinkOptions) {
    this.firstAttempt = new Promise((resolve) => (this.endFirstAttempt = resolve));
  }

  start(): Promise<void> {
    this.open();
    return this.firstAttempt;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const { client } = this;
    this.client = undefined;
    this.subscribed = false;
    // Without force: DISCONNECT goes out behind the last PUBACK. A broker that does not answer is not waited for.
    if (client) {
      const ended = client.endAsync(false).catch(() => undefined);
      const cut = setTimeout(() => client.stream.destroy(), 1000);
      await ended;
      clearTimeout(cut);
    }
    this.endFirstAttempt();
  }

  private open(): void {
    if (this.stopped) return;
    const client = connect(this.options.url, this.clientOptions());
    this.client = client;
    let refused = false;
    let connackCame = false;
    let tcpOpen = false;
    client.stream.once('connect', () => (tcpOpen = true));
    client.handleMessage = (packet, acknowledge) => {
      if (packet.cmd !== 'publish') return acknowledge();
      const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
      this.options.take(packet.topic, payload, (error) => {
        // The connection it came on is gone: the broker sends it again.
        if (this.client !== client) return;
        if (!error) return acknowledge();
        this.say(`a message could not be kept (${error.message}): the connection is cut, to get it again`);
        client.stream.destroy();
      });
    };
    client.on('connect', (connack) => {
      connackCame = true;
      if (this.mode === 'shared' && connack.properties?.sharedSubscriptionAvailable === false) {
        return this.fallBack('plain', client);
      }
      this.subscribe(client);
    });
    client.on('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      if (this.mode !== 'plain-3.1.1' && WRONG_VERSION.includes(Number(code))) {
        refused = true;
        this.fallBack('plain-3.1.1', client);
      } else {
        this.say(`no connection to the broker: ${error.message || String(code)}`);
      }
    });
    client.once('close', () => {
      if (this.client !== client) return;
      if (this.subscribed) this.say('the connection to the broker is lost');
      this.subscribed = false;
      this.client = undefined;
      // Some brokers close on a version they do not know without a word: the other one is tried in turn.
      if (tcpOpen && !connackCame && !refused && this.options.mayFallBack && !this.stopped) {
        this.mode = this.mode === 'plain-3.1.1' ? 'shared' : 'plain-3.1.1';
      }
      this.retry();
    });
  }

  private clientOptions(): IClientOptions {
    const { username, password, clientId } = this.options;
    const shared = {
      // A session of another kind must not inherit the subscription of this one.
      clientId: this.mode === 'shared' ? clientId : `${clientId}-${this.mode}`,
      clean: false,
      keepalive: 30,
      reconnectPeriod: 0,
      connectTimeout: 10_000,
      resubscribe: false,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    };
    if (this.mode === 'plain-3.1.1') return { ...shared, protocolVersion: 4 };
    const properties = { sessionExpiryInterval: SESSION_EXPIRY_S, maximumPacketSize: MAX_PACKET_BYTES };
    return { ...shared, protocolVersion: 5, properties };
  }

  private subscribe(client: MqttClient): void {
    const { filters } = this.options;
    const topics = [this.mode === 'shared' ? filters.shared : filters.plain];
    if (filters.status !== undefined) topics.push(filters.status);
    client.subscribe(topics, { qos: 1 }, (error, _granted, suback) => {
      if (this.client !== client || this.stopped) return;
      const code = suback?.granted[0];
      const answer = typeof code === 'number' ? code : undefined;
      if (answer !== undefined && this.mode === 'shared' && NOT_SHARED.includes(answer)) {
        this.fallBack('plain', client);
      } else if (error || answer === undefined || answer >= 0x80) {
        this.say(
          `the broker refuses the subscription to ${topics[0]}: allow it for this user (${error?.message ?? answer})`,
        );
        client.stream.destroy();
      } else {
        this.granted();
      }
    });
  }

  private granted(): void {
    if (this.lastSaid) this.say('connected to the broker');
    this.lastSaid = '';
    this.failures = 0;
    this.subscribed = true;
    this.options.onMode(this.mode);
    this.endFirstAttempt();
  }

  private fallBack(mode: LinkMode, client: MqttClient): void {
    if (this.options.mayFallBack) {
      this.mode = mode;
      this.failures = 0;
      this.say(`the broker has no shared subscription: one connection takes all messages (${mode})`);
    }
    client.stream.destroy();
  }

  private retry(): void {
    if (this.stopped) return;
    const pauseMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.failures, 10));
    this.failures++;
    // A broker that fell back is asked again before the first attempt counts as over.
    if (this.failures > 1 || this.mode === 'shared') this.endFirstAttempt();
    this.timer = setTimeout(() => this.open(), pauseMs * (0.75 + Math.random() * 0.5));
  }

  /** The same trouble is said once, not at every attempt. */
  private say(line: string): void {
    if (line === this.lastSaid) return;
    this.lastSaid = line;
    this.options.say(`${this.options.clientId}: ${line}`);
  }
}
