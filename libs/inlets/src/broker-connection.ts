import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import mqttPacket, { type IConnackPacket, type ISubackPacket, type Packet } from 'mqtt-packet';
import { AcksInOrder } from './acks-in-order.js';
import { MAX_PACKET_BYTES } from './packet-guard.js';

/** Why a connection ended, as far as it decides how the next one is made. */
export type ConnectionEnd =
  /** The broker does not speak this version of MQTT. */
  | 'wrong-version'
  /** It has no shared subscriptions. */
  | 'not-shared'
  /** It closed before it had answered the login: some do so on a version they do not know. */
  | 'unanswered'
  | 'lost';

export interface BrokerConnectionOptions {
  readonly url: URL;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly clientId: string;
  readonly protocolVersion: 4 | 5;
  /** The first decides; the others may be refused. */
  readonly filters: readonly string[];
  readonly take: (topic: string, payload: Uint8Array, done: (error?: Error) => void) => void;
  readonly onGranted: () => void;
  /** Called once. */
  readonly onEnd: (end: ConnectionEnd, why: string) => void;
}

/** The broker keeps a session, and what it holds for it, so long after the connection is lost. */
const SESSION_EXPIRY_S = 7 * 86_400;
const KEEPALIVE_S = 30;
const LOGIN_WITHIN_MS = 10_000;
const END_WITHIN_MS = 1000;
/** Messages that may be on their way at once: they share commits. MQTT 5 tells the broker; else reading pauses above it. */
const IN_FLIGHT = 1000;
/** CONNACK "unsupported protocol version", as MQTT 5 and 3.1.1 number it. */
const WRONG_VERSION = [0x84, 0x01];
/** SUBACK: shared subscriptions, or wildcards in them, are not supported. */
const NOT_SHARED = [0x9e, 0xa2];
const SUBSCRIBE_ID = 1;

/**
 * One connection of a subscriber, from login to end. Written on the packets of MQTT and not on a client library, since those
 * acknowledge a message before they hand on the next: here many are on their way, and their PUBACKs go out in the order the
 * messages came (MQTT 5, section 4.6), each after its `done()`. On `done(error)` the connection is cut, so that the broker sends
 * again what was not acknowledged.
 */
export class BrokerConnection {
  private readonly socket: Socket;
  private readonly acks: AcksInOrder;
  private readonly wire: { readonly protocolVersion: 4 | 5 };
  private readonly timers: ReturnType<typeof setTimeout>[] = [];
  private end: ConnectionEnd = 'lost';
  private why = 'the connection to the broker is lost';
  private answered = false;
  private reached = false;
  private ended = false;
  private pingUnanswered = false;

  constructor(private readonly options: BrokerConnectionOptions) {
    this.wire = { protocolVersion: options.protocolVersion };
    this.acks = new AcksInOrder((messageId) => this.send({ cmd: 'puback', messageId }));
    const { url } = options;
    const secure = url.protocol === 'mqtts:' || url.protocol === 'ssl:';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = Number(url.port) || (secure ? 8883 : 1883);
    this.socket = secure ? connectTls({ host, port, servername: host }) : connectTcp({ host, port });
    this.socket.setNoDelay(true);
    this.socket.once(secure ? 'secureConnect' : 'connect', () => this.login());
    this.socket.on('error', (error) => this.because(`no connection to the broker: ${describe(error)}`));
    this.socket.once('close', () => this.onClose());
    const parser = mqttPacket.parser(this.wire);
    parser.on('packet', (packet) => this.onPacket(packet));
    parser.on('error', (error: Error) => this.cut(`the broker sent what is no MQTT: ${describe(error)}`));
    this.socket.on('data', (chunk) => {
      if (!this.ended) parser.parse(chunk);
    });
    this.timers.push(setTimeout(() => this.cut('the broker does not answer the login'), LOGIN_WITHIN_MS));
  }

  /** Says goodbye behind the last PUBACK; resolves when the connection is closed. */
  async close(): Promise<void> {
    if (this.ended) return;
    const closed = new Promise<void>((resolve) => this.socket.once('close', () => resolve()));
    if (this.answered) this.send({ cmd: 'disconnect' });
    this.socket.end();
    const timer = setTimeout(() => this.socket.destroy(), this.answered ? END_WITHIN_MS : 0);
    await closed;
    clearTimeout(timer);
  }

  private login(): void {
    this.reached = true;
    const { clientId, username, password, protocolVersion } = this.options;
    const properties = {
      sessionExpiryInterval: SESSION_EXPIRY_S,
      receiveMaximum: IN_FLIGHT,
      maximumPacketSize: MAX_PACKET_BYTES,
    };
    this.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion,
      clean: false,
      clientId,
      keepalive: KEEPALIVE_S,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password: Buffer.from(password) }),
      ...(protocolVersion === 5 ? { properties } : {}),
    });
  }

  private onPacket(packet: Packet): void {
    if (this.ended) return;
    switch (packet.cmd) {
      case 'publish':
        return this.onPublish(packet.topic, packet.payload, packet.qos, packet.messageId);
      case 'connack':
        return this.onConnack(packet);
      case 'suback':
        return this.onSuback(packet);
      case 'pingresp':
        this.pingUnanswered = false;
        return;
      case 'disconnect':
        return this.cut(`the broker ends the connection (reason ${packet.reasonCode ?? 'not given'})`);
      default:
        return;
    }
  }

  private onConnack(packet: IConnackPacket): void {
    this.answered = true;
    clearTimeout(this.timers.pop());
    const code = packet.reasonCode ?? packet.returnCode ?? 0;
    if (WRONG_VERSION.includes(code)) return this.cut('the broker speaks another version of MQTT', 'wrong-version');
    if (code !== 0) return this.cut(`the broker refuses the login (${CONNACK_CODES[code] ?? 'code'} ${code})`);
    const [first] = this.options.filters;
    if (first?.startsWith('$share/') && packet.properties?.sharedSubscriptionAvailable === false) {
      return this.cut('the broker has no shared subscription', 'not-shared');
    }
    this.send({
      cmd: 'subscribe',
      messageId: SUBSCRIBE_ID,
      subscriptions: this.options.filters.map((topic) => ({ topic, qos: 1 as const })),
    });
    this.timers.push(setInterval(() => this.ping(), (KEEPALIVE_S * 1000) / 2));
  }

  private onSuback(packet: ISubackPacket): void {
    const code = Number(packet.granted[0]);
    if (NOT_SHARED.includes(code)) return this.cut('the broker has no shared subscription', 'not-shared');
    if (code >= 0x80) {
      const [filter] = this.options.filters;
      return this.cut(`the broker refuses the subscription to ${filter} (code ${code}): allow it for this user`);
    }
    this.options.onGranted();
  }

  /** The hot path. */
  private onPublish(topic: string, payload: string | Buffer, qos: number, messageId: number | undefined): void {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    if (qos === 0 || messageId === undefined)
      return this.options.take(topic, bytes, (error) => error && this.cutOver(error));
    if (qos === 2) return this.cut('the broker sends QoS 2, where QoS 1 was asked for');
    const ack = this.acks.await(messageId);
    if (this.acks.waiting > IN_FLIGHT) this.socket.pause();
    this.options.take(topic, bytes, (error) => {
      if (this.ended) return;
      if (error) return this.cutOver(error);
      this.acks.release(ack);
      if (this.socket.isPaused() && this.acks.waiting < IN_FLIGHT / 2) this.socket.resume();
    });
  }

  private ping(): void {
    if (this.pingUnanswered) return this.cut('the broker answers no more');
    this.pingUnanswered = !this.socket.isPaused();
    this.send({ cmd: 'pingreq' });
  }

  private send(packet: Packet): void {
    if (!this.ended && this.socket.writable) mqttPacket.writeToStream(packet, this.socket, this.wire);
  }

  private cutOver(error: Error): void {
    this.cut(`a message could not be kept (${error.message}): the connection is cut, to get it again`);
  }

  private cut(why: string, end: ConnectionEnd = 'lost'): void {
    this.because(why);
    this.end = end;
    this.ended = true;
    this.socket.destroy();
  }

  private because(why: string): void {
    if (!this.ended) this.why = why;
  }

  private onClose(): void {
    this.ended = true;
    for (const timer of this.timers) clearTimeout(timer);
    const silent = this.end === 'lost' && this.reached && !this.answered;
    this.options.onEnd(silent ? 'unanswered' : this.end, this.why);
  }
}

/** The refusals an operator can mend, as MQTT 3.1.1 and 5 number them. */
const CONNACK_CODES: Readonly<Record<number, string>> = {
  2: 'client id rejected,',
  3: 'server unavailable,',
  4: 'bad user name or password,',
  5: 'not authorized,',
  0x85: 'client id rejected,',
  0x86: 'bad user name or password,',
  0x87: 'not authorized,',
  0x88: 'server unavailable,',
  0x89: 'server busy,',
  0x97: 'quota exceeded,',
};

function describe(error: Error): string {
  return error.message || ('code' in error ? String(error.code) : error.name);
}
