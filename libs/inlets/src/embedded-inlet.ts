import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '@lifeline/contracts';
import type { AuthenticateError, Client, PublishPacket, Subscription } from 'aedes';
import { Outstanding } from './outstanding.js';
import { DeviceConnections } from './device-connections.js';
import { guardPackets, MAX_PACKET_BYTES, type PacketGuard } from './packet-guard.js';
import type { DeviceAuthority, DeviceStatus, Inlet, InletHealth, MessageSink, Refusal } from './port.js';
import { judgePublish, maySubscribe } from './publish-verdict.js';
import { RefusalReports } from './refusal-reports.js';
import { TelemetryBroker } from './telemetry-broker.js';

export interface EmbeddedInletOptions {
  readonly host: string;
  /** 0 takes a free one; see `EmbeddedInlet.port`. */
  readonly port: number;
  readonly authority: DeviceAuthority;
  readonly sink: MessageSink;
  readonly onRefusal: (refusal: Refusal) => void;
  readonly clock: Clock;
  readonly onStatus?: (status: DeviceStatus) => void;
  /** Device connections at once; further ones are closed as they come. Default 10,000. */
  readonly maxConnections?: number;
}

export interface EmbeddedInlet extends Inlet {
  /** The port it listens on, once started. */
  readonly port: number;
}

/** MQTT broker in this process, for devices that speak MQTT 3.1 or 3.1.1. See README.md for what it promises. */
export function embeddedInlet(options: EmbeddedInletOptions): EmbeddedInlet {
  return new AedesInlet(options);
}

const STOP_WITHIN_MS = 5000;
/** Bodies handed to the sink and not yet kept: above this, sockets are not read until half of it is done. */
const MAX_OUTSTANDING_BYTES = 64 * 1024 * 1024;
/** Read from a socket at once: its messages go through the sink side by side and share one commit. */
const CHUNK_BYTES = 64 * 1024;
/** CONNACK return codes of MQTT 3.1.1, section 3.2.2.3. */
const BAD_USERNAME_OR_PASSWORD = 4;
const NOT_AUTHORISED = 5;

class AedesInlet implements EmbeddedInlet {
  readonly name = 'embedded-mqtt';
  private broker: TelemetryBroker | undefined;
  private server: Server | undefined;
  private stopping = false;
  private readonly sockets = new Set<Socket>();
  private readonly heldBack = new Set<Socket>();
  private readonly guards = new WeakMap<object, PacketGuard>();
  private readonly connections = new DeviceConnections();
  private readonly outstanding = new Outstanding();
  private readonly refusals: RefusalReports;

  constructor(private readonly options: EmbeddedInletOptions) {
    this.refusals = new RefusalReports(options.onRefusal);
  }

  get port(): number {
    const address = this.server?.address();
    return typeof address === 'object' && address !== null ? address.port : this.options.port;
  }

  async start(): Promise<void> {
    this.stopping = false;
    const broker = new TelemetryBroker({
      connectTimeout: 10_000,
      queueLimit: 1000,
      authenticate: (client, username, password, done) => this.authenticate(client, username, password, done),
      authorizePublish: (client, packet, done) => this.authorizePublish(client, packet, done),
      authorizeSubscribe: (client, subscription, done) => done(null, this.granted(client, subscription)),
    });
    await broker.listen();
    this.broker = broker;
    broker.on('clientReady', (client) => {
      const guard = this.guards.get(client.conn);
      if (guard) guard.limitBytes = MAX_PACKET_BYTES;
    });
    const server = createServer({ highWaterMark: CHUNK_BYTES, noDelay: true, keepAlive: true }, (socket) =>
      this.accept(socket),
    );
    server.maxConnections = this.options.maxConnections ?? 10_000;
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.options.port, this.options.host, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { broker, server } = this;
    if (!broker || !server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await this.outstanding.idle(STOP_WITHIN_MS);
    // The last PUBACKs are corked until the next tick.
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
    this.refusals.flush();
    this.broker = undefined;
  }

  disconnect(deviceId: string): void {
    for (const client of this.connections.revoke(deviceId)) client.close();
  }

  health(): InletHealth {
    return {
      connected: this.server?.listening ?? false,
      connections: this.broker?.connectedClients ?? 0,
      outstanding: this.outstanding.count,
    };
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => {
      this.sockets.delete(socket);
      this.heldBack.delete(socket);
      this.connections.remove(client);
    });
    const guard = guardPackets(
      socket,
      () => this.mayRead(socket),
      ({ bytes, topic }) =>
        this.refuse(client, topic, 'too-large', `a packet of ${bytes} bytes: at most ${guard.limitBytes} are taken`),
    );
    this.guards.set(socket, guard);
    const client = this.broker!.handle(socket);
  }

  private mayRead(socket: Socket): boolean {
    if (this.outstanding.bytes < MAX_OUTSTANDING_BYTES) return true;
    this.heldBack.add(socket);
    return false;
  }

  private authenticate(
    client: Client,
    username: string | undefined,
    password: Buffer | undefined,
    done: (error: AuthenticateError | null, success: boolean | null) => void,
  ): void {
    if (username === undefined) {
      const detail = 'no user name: log in with the device id and the password that was issued for it';
      this.refuse(client, '', 'bad-credential', detail);
      return done(refusedLogin(NOT_AUTHORISED), false);
    }
    const answer = this.options.authority.authenticate(username, password ?? new Uint8Array());
    if (answer !== 'ok') {
      const mend = answer === 'unknown-device' ? 'register it' : 'issue a new credential and enter it in the device';
      const detail = `${JSON.stringify(username.slice(0, 64))} tried to log in: ${mend}`;
      this.refuse(client, '', answer, detail, undefined, username.slice(0, 64));
      // The same code for both: whether a device exists is nobody's business outside.
      return done(refusedLogin(BAD_USERNAME_OR_PASSWORD), false);
    }
    this.connections.add(client, username);
    // A session belongs to its device: another device with the same client id neither ends nor inherits it.
    client.id = `${username}/${client.id}`;
    done(null, true);
  }

  /** The hot path: aedes asks this before it acknowledges (QoS 1) or answers PUBREC (QoS 2). */
  private authorizePublish(client: Client | null, packet: PublishPacket, done: (error?: Error | null) => void): void {
    const deviceId = client ? this.connections.deviceOf(client) : undefined;
    if (!client || deviceId === undefined || this.stopping) {
      return done(new Error('not taken: nobody is logged in on this connection, or the inlet stops'));
    }
    const payload = packet.payload as Buffer;
    const verdict = judgePublish(deviceId, packet.topic, payload, this.options.authority);
    if (verdict.kind === 'telemetry') {
      // A last will that is telemetry comes after the end.
      if (this.connections.isRevoked(client)) return done(new Error('not taken: the password no longer holds'));
      packet.retain = false;
      this.handOn(deviceId, packet.topic, payload, done);
    } else if (verdict.kind === 'status') {
      packet.retain = true;
      const { utility, deviceId: statusOf } = verdict.topic;
      this.options.onStatus?.({
        utility,
        deviceId: statusOf,
        online: verdict.online,
        atMs: this.options.clock.nowMs(),
      });
      done();
    } else {
      this.refuse(client, packet.topic, verdict.reason, verdict.detail, payload);
      discard(packet);
      done();
    }
  }

  private handOn(deviceId: string, topic: string, payload: Buffer, done: (error?: Error | null) => void): void {
    const bytes = payload.length;
    let answered = false;
    this.outstanding.enter(bytes);
    const answer = (error?: Error) => {
      if (answered) return;
      answered = true;
      done(error ?? null);
      this.outstanding.leave(bytes);
      if (this.heldBack.size > 0 && this.outstanding.bytes < MAX_OUTSTANDING_BYTES / 2) this.readOn();
    };
    try {
      this.options.sink({ topic, payload, arrivedAtMs: this.options.clock.nowMs(), clientDeviceId: deviceId }, answer);
    } catch (error) {
      answer(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private readOn(): void {
    const held = [...this.heldBack];
    this.heldBack.clear();
    for (const socket of held) socket.emit('readable');
  }

  private granted(client: Client, subscription: Subscription): Subscription | null {
    const deviceId = this.connections.deviceOf(client);
    if (deviceId === undefined || !maySubscribe(deviceId, subscription.topic)) return null;
    this.broker?.noteSubscription(deviceId, subscription.topic);
    return subscription;
  }

  private refuse(
    client: Client,
    topic: string,
    reason: Refusal['reason'],
    detail: string,
    payload?: Uint8Array,
    deviceId = this.connections.deviceOf(client),
  ): void {
    this.refusals.add({ atMs: this.options.clock.nowMs(), deviceId, topic, reason, detail, payload });
  }
}

function refusedLogin(returnCode: number): AuthenticateError {
  return Object.assign(new Error('login refused'), { returnCode }) as AuthenticateError;
}

/**
 * A refused publish is acknowledged (its device would otherwise send it for ever, and a gateway with one wrong device would lose
 * the others) and goes to a topic that nobody may listen to.
 */
function discard(packet: PublishPacket): void {
  packet.topic = 'lifeline/refused';
  packet.payload = Buffer.alloc(0);
  packet.retain = false;
}
