import {
  LIVE_NAMESPACE,
  type CallOut,
  type LiveAlarm,
  type LiveHealth,
  type LiveIncident,
  type LiveReadings,
  type LiveResync,
  type LiveSteps,
} from '@lifeline/contracts';
import { io, type Socket } from 'socket.io-client';

interface Events {
  alarm: LiveAlarm;
  incident: LiveIncident;
  readings: LiveReadings;
  health: LiveHealth;
  resync: LiveResync;
  steps: LiveSteps;
  callOut: CallOut;
}

/** A client of /live that keeps all it was told, in order. */
export class LiveSocket {
  readonly heard: { [Name in keyof Events]: Events[Name][] } = {
    alarm: [],
    incident: [],
    readings: [],
    health: [],
    resync: [],
    steps: [],
    callOut: [],
  };
  private readonly wakes = new Set<() => void>();

  private constructor(readonly socket: Socket) {
    const keep =
      <Body>(bodies: Body[]) =>
      (body: Body) => {
        bodies.push(body);
        this.wake();
      };
    socket.on('alarm', keep(this.heard.alarm));
    socket.on('incident', keep(this.heard.incident));
    socket.on('readings', keep(this.heard.readings));
    socket.on('health', keep(this.heard.health));
    socket.on('resync', keep(this.heard.resync));
    socket.on('steps', keep(this.heard.steps));
    socket.on('callOut', keep(this.heard.callOut));
    socket.on('disconnect', () => this.wake());
  }

  /** Connects, or fails with the server's reason. */
  static async connect(url: string, auth: object, headers: Record<string, string> = {}): Promise<LiveSocket> {
    const socket = io(`${url}${LIVE_NAMESPACE}`, {
      auth,
      forceNew: true,
      reconnection: false,
      transports: ['websocket'],
      extraHeaders: headers,
    });
    const live = new LiveSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('connect_error', (error) => {
        socket.close();
        reject(error);
      });
    });
    return live;
  }

  /** Resolves once what was heard satisfies; fails after ten seconds with what was heard. */
  async until(satisfies: () => boolean): Promise<void> {
    const deadline = AbortSignal.timeout(10_000);
    while (!satisfies()) {
      if (deadline.aborted) throw new Error(`not heard in time; heard: ${JSON.stringify(this.heard).slice(0, 2000)}`);
      await new Promise<void>((resolve) => {
        this.wakes.add(resolve);
        deadline.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  /** The newest value told of a sensor. */
  newest(sensorId: string): readonly [string, number, number | null, string] | undefined {
    return this.heard.readings
      .flatMap((message) => message.values)
      .filter(([id]) => id === sensorId)
      .at(-1);
  }

  subscribe(body: unknown): Promise<{ sensors: number } | { error: string }> {
    return new Promise((resolve) => this.socket.emit('subscribe', body, resolve));
  }

  close(): void {
    this.socket.close();
  }

  private wake(): void {
    for (const wake of this.wakes) wake();
    this.wakes.clear();
  }
}
