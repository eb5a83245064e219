import { DecodedReadings, decodeTelemetry, telemetryTopic } from '@lifeline/contracts';
import type { DeviceAuthority, Inlet, InletMessage, MessageSink } from '@lifeline/inlets';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';

/** Devices of these suites: two that stand alone, and a gateway with one device behind it. */
export const DEVICES = ['dev-1', 'dev-2', 'gw-1', 'child-1'] as const;
export const passwordOf = (deviceId: string) => `secret-of-${deviceId}`;
export const GATEWAY_OF: Readonly<Record<string, string>> = { 'child-1': 'gw-1' };

export const authority: DeviceAuthority = {
  authenticate: (deviceId, password) =>
    !(DEVICES as readonly string[]).includes(deviceId)
      ? 'unknown-device'
      : Buffer.from(password).toString() === passwordOf(deviceId)
        ? 'ok'
        : 'bad-credential',
  mayPublishFor: (clientDeviceId, deviceId) => clientDeviceId === deviceId || GATEWAY_OF[deviceId] === clientDeviceId,
};

/** One place where devices' messages come in: opened again, it is at the same address. */
export interface InletPlace {
  /** Where devices connect. */
  readonly url: string;
  open(sink: MessageSink): Promise<Inlet>;
  clean(): Promise<void>;
}

/** Takes messages in and answers as it is told; what comes is waited for, never slept for. */
export class Intake {
  readonly messages: InletMessage[] = [];
  readonly held: ((error?: Error) => void)[] = [];
  private readonly waiting: { count: number; resolve: () => void }[] = [];

  constructor(private readonly answer: 'keep' | 'hold' | ((message: InletMessage, nth: number) => Error | undefined)) {}

  readonly sink: MessageSink = (message, done) => {
    this.messages.push({ ...message, payload: Uint8Array.from(message.payload) });
    if (this.answer === 'hold') this.held.push(done);
    else if (this.answer === 'keep') setImmediate(done);
    else setImmediate(done, this.answer(message, this.messages.length));
    for (const wait of this.waiting) if (this.messages.length >= wait.count) wait.resolve();
  };

  /** Resolves when so many messages have come. */
  until(count: number): Promise<void> {
    if (this.messages.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ count, resolve }));
  }

  bodies(): string[] {
    return this.messages.map((message) => Buffer.from(message.payload).toString());
  }
}

export function connectDevice(url: string, deviceId: string, options: IClientOptions = {}): Promise<MqttClient> {
  return connectAsync(
    url,
    {
      username: deviceId,
      password: passwordOf(deviceId),
      clientId: `client-of-${deviceId}`,
      clean: false,
      reconnectPeriod: 50,
      ...options,
    },
    false,
  );
}

const topicOf = (deviceId: string) => telemetryTopic('gas', deviceId);
const body = (n: number) => JSON.stringify({ ts: 1_690_675_200_000 + n, values: { p: n } });

/**
 * What every inlet must do, with real devices.
 * @param ordered whether the messages of a device come in the order it sent them
 */
export function describeInlet(name: string, ordered: boolean, createPlace: () => Promise<InletPlace>): void {
  describe(`inlet: ${name}`, () => {
    let place: InletPlace;
    let inlets: Inlet[];
    let clients: MqttClient[];

    beforeEach(async () => {
      place = await createPlace();
      inlets = [];
      clients = [];
    });
    afterEach(async () => {
      await Promise.all(clients.map((client) => client.endAsync(true)));
      await Promise.all(inlets.map((inlet) => inlet.stop()));
      await place.clean();
    });

    const open = async (intake: Intake) => {
      const inlet = await place.open(intake.sink);
      inlets.push(inlet);
      return inlet;
    };
    const device = async (deviceId: string) => {
      const client = await connectDevice(place.url, deviceId);
      client.on('error', () => undefined);
      clients.push(client);
      return client;
    };

    it('hands on JSON and CBOR byte by byte, with the topic', async () => {
      const intake = new Intake('keep');
      await open(intake);
      const client = await device('dev-1');
      const cbor = Buffer.from([0x81, 0xa2, 0x00, 0x61, 0x70, 0x02, 0xf9, 0x3e, 0x00]);

      await client.publishAsync(topicOf('dev-1'), body(1), { qos: 1 });
      await client.publishAsync(topicOf('dev-1'), cbor, { qos: 1 });
      await intake.until(2);

      const sorted = intake.messages.toSorted((a, b) => b.payload.length - a.payload.length);
      expect(sorted.map((message) => message.topic)).toEqual([topicOf('dev-1'), topicOf('dev-1')]);
      expect(Buffer.from(sorted[0]!.payload).toString()).toBe(body(1));
      expect(Buffer.from(sorted[1]!.payload)).toEqual(cbor);
    });

    it('takes QoS 0 and QoS 2 as well', async () => {
      const intake = new Intake('keep');
      await open(intake);
      const client = await device('dev-1');

      await client.publishAsync(topicOf('dev-1'), body(0), { qos: 0 });
      await client.publishAsync(topicOf('dev-1'), body(2), { qos: 2 });
      await intake.until(2);

      expect(intake.bodies().sort()).toEqual([body(0), body(2)]);
    });

    it(`hands on 1,000 messages of each of two devices${ordered ? ', each in the order it sent them' : ''}`, async () => {
      const intake = new Intake('keep');
      await open(intake);
      const senders = [await device('dev-1'), await device('dev-2')];
      const numbers = Array.from({ length: 1000 }, (_, n) => n);

      await Promise.all(
        senders.flatMap((client, i) =>
          numbers.map((n) => client.publishAsync(topicOf(`dev-${i + 1}`), body(n), { qos: 1 })),
        ),
      );
      await intake.until(2000);

      for (const deviceId of ['dev-1', 'dev-2']) {
        const came = intake.messages
          .filter((message) => message.topic === topicOf(deviceId))
          .map((message) => Buffer.from(message.payload).toString());
        expect(ordered ? came : came.toSorted()).toEqual(ordered ? numbers.map(body) : numbers.map(body).toSorted());
      }
    });

    it('gets a message again that could not be kept', async () => {
      const intake = new Intake((_, nth) => (nth === 1 ? new Error('disk full') : undefined));
      await open(intake);
      const client = await device('dev-1');

      await client.publishAsync(topicOf('dev-1'), body(1), { qos: 1 });
      await intake.until(2);

      expect(intake.bodies()).toEqual([body(1), body(1)]);
    });

    it('gets a message again over which the sink threw', async () => {
      const intake = new Intake('keep');
      let calls = 0;
      inlets.push(
        await place.open((message, done) => {
          if (++calls === 1) throw new Error('a fault');
          intake.sink(message, done);
        }),
      );
      const client = await device('dev-1');

      await client.publishAsync(topicOf('dev-1'), body(1), { qos: 1 });
      await intake.until(1);

      expect([calls, ...intake.bodies()]).toEqual([2, body(1)]);
    });

    it('never acknowledges what was not answered: after a stop it comes to the next', async () => {
      const holding = new Intake('hold');
      const inlet = await open(holding);
      const client = await device('dev-1');
      const published = client.publishAsync(topicOf('dev-1'), body(1), { qos: 1 });
      await holding.until(1);

      await inlet.stop();
      const keeping = new Intake('keep');
      await open(keeping);
      await keeping.until(1);
      await published;

      expect(keeping.bodies()).toEqual([body(1)]);
    });

    it('waits at a stop for what is under way, and does not get it again', async () => {
      const holding = new Intake('hold');
      const inlet = await open(holding);
      const client = await device('dev-1');
      const published = client.publishAsync(topicOf('dev-1'), body(1), { qos: 1 });
      await holding.until(1);
      expect(inlet.health().outstanding).toBe(1);

      const order: string[] = [];
      const stopped = inlet.stop().then(() => order.push('stopped'));
      setImmediate(() => {
        order.push('kept');
        holding.held[0]!();
      });
      await stopped;
      await published;
      expect(order).toEqual(['kept', 'stopped']);
      expect(inlet.health()).toMatchObject({ connected: false, outstanding: 0 });

      const keeping = new Intake('keep');
      await open(keeping);
      await client.publishAsync(topicOf('dev-1'), body(2), { qos: 1 });
      await keeping.until(1);
      expect(keeping.bodies()).toEqual([body(2)]);
    });

    it('lets a gateway publish for its own devices, and nobody for another device or on another topic', async () => {
      const intake = new Intake('keep');
      await open(intake);
      const gateway = await device('gw-1');
      const other = await device('dev-2');

      // Refused and acknowledged, so that the others behind a gateway go on.
      await other.publishAsync(topicOf('dev-1'), body(1), { qos: 1 });
      await gateway.publishAsync(topicOf('dev-1'), body(2), { qos: 1 });
      await gateway.publishAsync('lifeline/v1/gas/gw-1/telemetry/more', body(4), { qos: 1 });
      await gateway.publishAsync(topicOf('child-1'), body(5), { qos: 1 });
      await other.publishAsync(topicOf('dev-2'), body(6), { qos: 1 });
      await intake.until(2);

      expect(intake.bodies().sort()).toEqual([body(5), body(6)]);
    });

    it('hands on a body of 1 MiB and one that is not UTF-8, to be rejected with their reasons', async () => {
      const intake = new Intake('keep');
      await open(intake);
      const client = await device('dev-1');

      await client.publishAsync(topicOf('dev-1'), Buffer.alloc(1024 * 1024, 0x7b), { qos: 1 });
      await client.publishAsync(topicOf('dev-1'), Buffer.from([0x7b, 0xff, 0x7d]), { qos: 1 });
      await client.publishAsync(topicOf('dev-1'), Buffer.alloc(0), { qos: 1 });
      await client.publishAsync(topicOf('dev-1'), body(3), { qos: 1 });
      await intake.until(4);

      const into = new DecodedReadings();
      const reasons = intake.messages.map(({ payload }) => decodeTelemetry(payload, 0, into)?.[0]?.reason ?? 'read');
      expect(reasons.sort()).toEqual(['invalid-utf8', 'read', 'too-large', 'wrong-shape']);
    });

    it('says how it is', async () => {
      const intake = new Intake('keep');
      const inlet = await open(intake);
      await device('dev-1');
      expect(inlet.health()).toMatchObject({ connected: true, outstanding: 0 });
      expect(inlet.health().connections).toBeGreaterThan(0);
    });

    it('does not let a device listen to the telemetry of others', async () => {
      const intake = new Intake('keep');
      await open(intake);
      const spy = await device('dev-2');
      const client = await device('dev-1');
      const heard: string[] = [];
      spy.on('message', (topic) => heard.push(topic));

      for (const filter of [topicOf('dev-1'), 'lifeline/v1/#', '#', 'lifeline/v1/+/+/telemetry']) {
        await spy.subscribeAsync(filter, { qos: 1 }).catch(() => undefined);
      }
      await spy.subscribeAsync('lifeline/v1/gas/dev-2/#', { qos: 1 });
      await client.publishAsync(topicOf('dev-1'), body(1), { qos: 1 });
      // What came before this to the spy's own topic has been heard by then.
      const own = new Promise<void>((resolve) => spy.on('message', (topic) => topic === topicOf('dev-2') && resolve()));
      await spy.publishAsync(topicOf('dev-2'), body(2), { qos: 1 });
      await own;

      expect(new Set(heard)).toEqual(new Set([topicOf('dev-2')]));
    });
  });
}
