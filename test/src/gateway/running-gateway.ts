import { rmSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { behaviourBy, createAlarmDesk } from '@lifeline/alarms';
import { readConfiguration } from '@lifeline/configuration';
import { API_ROOT, type AlarmAction, type AlarmTransition, type Role } from '@lifeline/contracts';
import { GatewayModule, LiveFeed, configureGateway, type GatewayOptions } from '@lifeline/gateway';
import { openPorts, type OpenPorts } from '@lifeline/ports';
import { CONSUMERS } from '@lifeline/reading-log';
import { encodeBlock } from '@lifeline/readings';
import { eventually } from '../product/api.js';
import { Registry } from 'prom-client';
import { temporaryFolder } from '../servers/process.js';

export const PASSWORD = 'a-long-enough-password';
export const ROLES_HELD: Readonly<Record<string, Role>> = { olga: 'operator', emil: 'engineer', ada: 'administrator' };

const CITY: GatewayOptions['city'] = {
  name: { en: 'Testville', zh: '试城' },
  timeZone: 'Asia/Shanghai',
  centre: [113.1, 30.7],
  zoom: 12,
};

type Prepare = (ports: OpenPorts) => Promise<Partial<OpenPorts> | void>;
type Settings = Readonly<Record<string, string>>;
interface Place {
  readonly options: Partial<GatewayOptions>;
  readonly settings: Settings;
  readonly folder: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** A gateway over real stores in a folder of its own, with an account of every role. */
export class RunningGateway {
  private constructor(
    readonly ports: OpenPorts,
    readonly app: NestExpressApplication,
    readonly url: string,
    private readonly place: Place,
  ) {}

  /**
   * @param prepare writes what is there before the gateway starts; it may give other ports in place of some
   * @param settings of the environment, beside the folder
   */
  static start(
    options: Partial<GatewayOptions> = {},
    prepare: Prepare = () => Promise.resolve(),
    settings: Settings = {},
  ): Promise<RunningGateway> {
    return RunningGateway.open({ options, settings, folder: temporaryFolder('gateway'), port: 0 }, prepare);
  }

  private static async open(place: Place, prepare: Prepare): Promise<RunningGateway> {
    const { options, settings, folder } = place;
    const configuration = readConfiguration({ ...settings, LIFELINE_DATA_DIR: folder });
    const opened = await openPorts(configuration, { say: (line) => process.stderr.write(`${line}\n`) });
    for (const [username, role] of Object.entries(ROLES_HELD)) {
      await opened.records.people.ensureUser(username, PASSWORD, role, opened.clock.nowMs());
    }
    const ports: OpenPorts = { ...opened, ...(await prepare(opened)) };
    const app = await serve(ports, { city: CITY, ...options }, place.port);
    return new RunningGateway(ports, app, await app.getUrl(), place);
  }

  /** Ends this one and starts another on the same data and the same port. */
  async restart(): Promise<RunningGateway> {
    await this.app.close();
    await this.ports.close();
    return RunningGateway.open({ ...this.place, port: Number(new URL(this.url).port) }, () => Promise.resolve());
  }

  /** Another gateway beside this one, over the same stores. It is to be ended before this one. */
  async another(): Promise<{ readonly url: string; stop(): Promise<void> }> {
    const ports: OpenPorts = { ...this.ports, metrics: new Registry(), log: readBeside(this.ports.log) };
    const app = await serve(ports, { city: CITY, ...this.place.options }, 0);
    return { url: await app.getUrl(), stop: () => app.close() };
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.ports.close();
    rmSync(this.place.folder, { recursive: true, force: true });
  }

  async login(username: string): Promise<string> {
    const answer = await this.send('POST', '/session', { body: { username, password: PASSWORD } });
    if (answer.status !== 201) throw new Error(`login of ${username}: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { token: string }).token;
  }

  /** A call under /api/v1. */
  send(
    method: string,
    path: string,
    given: { token?: string | undefined; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const { token, body, headers } = given;
    return fetch(`${this.url}${API_ROOT}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  appendReadings(sensorNo: number, readings: readonly (readonly [number, number])[]): Promise<void> {
    return appendReadings(this.ports, sensorNo, readings);
  }

  /** Waits until the live view and the records have so many transitions of the stream. */
  async heardAll(transitions: number): Promise<void> {
    const feed = this.app.get(LiveFeed);
    await eventually(
      async () => Math.min(feed.alarmPosition, (await this.ports.records.cursor(CONSUMERS.alarmProjector))[0] ?? 0),
      (position) => position >= transitions,
      120_000,
    );
  }

  appendTransitions(...transitions: readonly AlarmTransition[]): Promise<void> {
    return appendTransitions(this.ports, transitions);
  }
}

/** The same log for another reader: in one process a consumer of one name reads once. */
function readBeside(log: OpenPorts['log']): OpenPorts['log'] {
  return new Proxy(log, {
    get(target, key) {
      if (key === 'consume') {
        const consume: typeof log.consume = (what, take) =>
          target.consume({ ...what, consumer: `${what.consumer}-beside` }, take);
        return consume;
      }
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

async function serve(ports: OpenPorts, options: GatewayOptions, port: number): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(GatewayModule.for(ports, options), {
    bodyParser: false,
    logger: ['error', 'fatal'],
    // A page that is still open holds its connections.
    forceCloseConnections: true,
  });
  configureGateway(app, ports, options);
  await app.listen(port, '127.0.0.1');
  return app;
}

/** Appends readings of one sensor as ingest does: [measuredAtMs, value]. */
export function appendReadings(
  ports: OpenPorts,
  sensorNo: number,
  readings: readonly (readonly [number, number])[],
): Promise<void> {
  const payload = encodeBlock({
    arrivedAtMs: ports.clock.nowMs(),
    inlet: 'mqtt',
    sensorNo: Uint32Array.from(readings, () => sensorNo),
    measuredAtMs: Float64Array.from(readings, ([atMs]) => atMs),
    value: Float64Array.from(readings, ([, value]) => value),
    mark: new Uint8Array(readings.length),
  });
  return ports.log.append([{ stream: 'readings', key: String(sensorNo), payload }]);
}

export function appendTransitions(ports: OpenPorts, transitions: readonly AlarmTransition[]): Promise<void> {
  return ports.log.append(
    transitions.map((transition) => ({
      stream: 'alarms' as const,
      key: transition.alarmId,
      payload: Buffer.from(JSON.stringify(transition), 'utf8'),
    })),
  );
}

/**
 * The detector's part in an acknowledgement, by the real desk: actions in, transitions out, and into the records. Gives the way to stop.
 */
export function runDesk(ports: OpenPorts): () => Promise<void> {
  const desk = createAlarmDesk({
    sensor: (sensorNo) => ports.registry.sensor(sensorNo),
    behaviour: (alarm) => behaviourBy(ports.definitions.of(alarm), alarm),
  });
  const read = <Item>(payload: Uint8Array) => JSON.parse(Buffer.from(payload).toString('utf8')) as Item;
  const alarms = ports.log.consume({ stream: 'alarms', consumer: CONSUMERS.alarmProjector }, async ({ records }) => {
    const transitions = records.map(({ payload, sequence }) => ({
      transition: read<AlarmTransition>(payload),
      streamSequence: sequence,
    }));
    for (const { transition } of transitions) desk.fold(transition);
    const sequence = records.at(-1)!.sequence;
    await ports.records.alarms.project(transitions, { consumer: CONSUMERS.alarmProjector, partition: 0, sequence });
  });
  const actions = ports.log.consume({ stream: 'actions', consumer: 'desk' }, async ({ records }) => {
    for (const { payload } of records) {
      const answer = desk.act(read<AlarmAction>(payload), ports.clock.nowMs());
      if (!('refused' in answer)) await appendTransitions(ports, [answer]);
    }
  });
  return async () => {
    await alarms.stop();
    await actions.stop();
  };
}
