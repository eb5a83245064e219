import { Inject, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import {
  LIVE_NAMESPACE,
  liveAuthSchema,
  subscribeSchema,
  type CallOut,
  type LiveAlarm,
  type LiveHealth,
  type LiveIncident,
  type LiveReadings,
  type LiveResync,
  type LiveSteps,
} from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import { Gauge } from 'prom-client';
import { Subject, Subscription, auditTime, exhaustMap, interval, merge } from 'rxjs';
import type { Namespace, Socket } from 'socket.io';
import { isFromOtherSite } from '../session/other-sites.js';
import { tokenOf } from '../session/session-token.js';
import { catchUp } from './alarm-catch-up.js';
import { LiveClient } from './live-client.js';
import { LiveFeed } from './live-feed.js';

/** At most four messages of readings a second and client. */
const READINGS_EVERY_MS = 250;
const HEALTH_EVERY_MS = 5_000;
/** Health on change, at most so often: a flood of alarms must not become a flood of health. */
const HEALTH_ON_CHANGE_MS = 500;
const SESSION_CHECK_EVERY_MS = 60_000;
/** Messages that wait for a client that no longer listens; then it is cut off, and catches up when it comes back. */
const MOST_WAITING = 1_000;
const LISTENERS = 'alarms';

interface ServerEvents {
  alarm: (alarm: LiveAlarm) => void;
  incident: (change: LiveIncident) => void;
  steps: (ticked: LiveSteps) => void;
  callOut: (callOut: CallOut) => void;
  readings: (readings: LiveReadings) => void;
  health: (health: LiveHealth) => void;
  resync: (resync: LiveResync) => void;
}
type NoEvents = Record<string, never>;
interface SocketData {
  token: string;
  lastSequence: number | undefined;
  /** Packets that the connection has not taken yet. */
  waiting: number;
}
type LiveSocket = Socket<NoEvents, ServerEvents, NoEvents, SocketData>;
type LiveNamespace = Namespace<NoEvents, ServerEvents, NoEvents, SocketData>;

export type SubscribeAnswer = { readonly sensors: number } | { readonly error: string };

/** The socket.io namespace /live: pushes alarms, readings and health to those who are logged in. */
@WebSocketGateway({ namespace: LIVE_NAMESPACE, maxHttpBufferSize: 256 * 1024, serveClient: false })
export class LiveGateway
  implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect, OnApplicationBootstrap, OnApplicationShutdown
{
  private readonly clients = new Map<string, { readonly client: LiveClient; readonly socket: LiveSocket }>();
  private readonly backlog = new Subject<void>();
  private readonly streams = new Subscription();
  private namespace: LiveNamespace | undefined;

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
  ) {}

  afterInit(namespace: LiveNamespace): void {
    this.namespace = namespace;
    namespace.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => next(error instanceof Error ? error : new Error('not admitted')),
      );
    });
  }

  onApplicationBootstrap(): void {
    const { feed, streams, ports } = this;
    const countClients = () => this.clients.size;
    new Gauge({
      name: 'lifeline_live_clients',
      help: 'Connected clients of /live',
      registers: [ports.metrics],
      collect() {
        this.set(countClients());
      },
    });
    streams.add(feed.transitions.subscribe((alarm) => this.broadcast(alarm)));
    // A client that was away loads the incidents anew by REST: they are worked out of the alarms that it catches up on.
    streams.add(feed.incidentChanges.subscribe((change) => this.namespace?.to(LISTENERS).emit('incident', change)));
    streams.add(feed.stepTicks.subscribe((ticked) => this.namespace?.to(LISTENERS).emit('steps', ticked)));
    streams.add(feed.callOutChanges.subscribe((callOut) => this.namespace?.to(LISTENERS).emit('callOut', callOut)));
    streams.add(
      merge(feed.changes, this.backlog)
        .pipe(auditTime(READINGS_EVERY_MS))
        .subscribe(() => this.sendChanges()),
    );
    streams.add(
      merge(interval(HEALTH_EVERY_MS), feed.transitions.pipe(auditTime(HEALTH_ON_CHANGE_MS)))
        .pipe(exhaustMap(() => this.sendHealth()))
        .subscribe(),
    );
    streams.add(
      feed.registryChanges.pipe(auditTime(READINGS_EVERY_MS)).subscribe(() => {
        for (const { client } of this.clients.values()) client.resolve();
        this.backlog.next();
      }),
    );
    streams.add(
      interval(SESSION_CHECK_EVERY_MS)
        .pipe(exhaustMap(() => this.endSessions()))
        .subscribe(),
    );
  }

  onApplicationShutdown(): void {
    this.streams.unsubscribe();
    this.namespace?.disconnectSockets(true);
  }

  async handleConnection(socket: LiveSocket): Promise<void> {
    socket.data.waiting = 0;
    socket.conn.on('packetCreate', () => socket.data.waiting++);
    socket.conn.on('flush', () => (socket.data.waiting = 0));
    const client = new LiveClient(this.feed.view, {
      sendReadings: (readings) => socket.emit('readings', readings),
      waiting: () => socket.data.waiting,
    });
    this.clients.set(socket.id, { client, socket });
    const listen = () => void (socket.connected && socket.join(LISTENERS));
    const { lastSequence } = socket.data;
    if (lastSequence === undefined) listen();
    else await this.catchUp(socket, lastSequence, listen);
    this.sendHealthTo(socket);
  }

  handleDisconnect(socket: LiveSocket): void {
    this.clients.delete(socket.id);
  }

  @SubscribeMessage('subscribe')
  subscribe(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): SubscribeAnswer {
    const asked = subscribeSchema.safeParse(body);
    const client = this.clients.get(socket.id)?.client;
    if (!asked.success || !client) {
      return { error: 'subscribe takes {bbox: [west, south, east, north]}, {sensorIds} or {assetIds}, to 1,000 names' };
    }
    const sensors = client.subscribe(asked.data);
    this.backlog.next();
    return { sensors };
  }

  /** Cuts off the clients of a session that has ended. */
  endSession(token: string): void {
    for (const { socket } of this.clients.values()) if (socket.data.token === token) socket.disconnect(true);
  }

  private async admit(socket: LiveSocket): Promise<void> {
    const { handshake } = socket;
    const auth = liveAuthSchema.safeParse(handshake.auth);
    if (!auth.success) throw new Error('auth takes {token?, lastSequence?}');
    const cookie = tokenOf(handshake.headers);
    const token = auth.data.token ?? cookie?.token;
    if (auth.data.token === undefined && cookie?.from === 'cookie' && isFromOtherSite(handshake.headers)) {
      throw new Error('a page of another origin may not connect with your session cookie');
    }
    const user = token === undefined ? undefined : await this.session(token);
    if (token === undefined || !user) throw new Error('unauthorised: log in first');
    socket.data.token = token;
    socket.data.lastSequence = auth.data.lastSequence;
  }

  private async catchUp(socket: LiveSocket, lastSequence: number, listen: () => void): Promise<void> {
    try {
      const end = await catchUp(this.ports.log, lastSequence, {
        position: () => this.feed.alarmPosition,
        isGone: () => !socket.connected,
        send: (alarm) => socket.emit('alarm', alarm),
        listen,
      });
      if (end === 'too-far') socket.emit('resync', { lastSequence: this.feed.alarmPosition });
    } catch (error) {
      this.ports.say(`gateway: a client cannot catch up on alarms: ${String(error)}`);
      socket.disconnect(true);
    }
  }

  private session(token: string) {
    return this.ports.records.people.session(token, this.ports.clock.nowMs());
  }

  private broadcast(alarm: LiveAlarm): void {
    this.namespace?.to(LISTENERS).emit('alarm', alarm);
    for (const { socket } of this.clients.values()) if (socket.data.waiting > MOST_WAITING) socket.disconnect(true);
  }

  private sendChanges(): void {
    const { view } = this.feed;
    const dirty = view.values.takeDirty();
    const nowMs = this.ports.clock.nowMs();
    const groups = view.grid.group(dirty);
    const changed = new Set(dirty);
    let isLeft = false;
    for (const { client } of this.clients.values()) {
      if (dirty.length > 0) client.note(groups, changed);
      isLeft = client.send(nowMs) || isLeft;
    }
    if (isLeft) this.backlog.next();
  }

  private async sendHealth(): Promise<void> {
    if (this.clients.size === 0) return;
    try {
      this.namespace?.emit('health', await this.feed.health());
    } catch (error) {
      this.ports.say(`gateway: health cannot be told: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private sendHealthTo(socket: LiveSocket): void {
    this.feed.health().then(
      (health) => socket.emit('health', health),
      (error: unknown) => this.ports.say(`gateway: health cannot be told: ${String(error)}`),
    );
  }

  private async endSessions(): Promise<void> {
    const tokens = new Set([...this.clients.values()].map(({ socket }) => socket.data.token));
    for (const token of tokens) {
      try {
        if (!(await this.session(token))) this.endSession(token);
      } catch (error) {
        this.ports.say(`gateway: a session cannot be checked: ${String(error)}`);
      }
    }
  }
}
