import { createServer, type Server } from 'node:net';
import { statusTopic, systemClock, telemetryTopic } from '@lifeline/contracts';
import { externalInlet, type DeviceStatus, type ExternalInletOptions, type Inlet } from '@lifeline/inlets';
import { Aedes } from 'aedes';
import { freePort } from '../servers/process.js';
import { startMosquitto, type MosquittoUser, type RunningMosquitto } from '../servers/mosquitto.js';
import { connectDevice, describeInlet, DEVICES, GATEWAY_OF, Intake, passwordOf } from './inlet-suite.js';

const clock = systemClock;
const subscriber = {
  username: 'lifeline',
  password: 'secret-of-lifeline',
  access: ['topic read lifeline/v1/+/+/telemetry', 'topic read lifeline/v1/+/+/status'],
};
const login = { username: subscriber.username, password: subscriber.password };
const users: readonly MosquittoUser[] = [
  subscriber,
  ...DEVICES.map((username) => ({
    username,
    password: passwordOf(username),
    access: Object.keys(GATEWAY_OF)
      .filter((child) => GATEWAY_OF[child] === username)
      .map((child) => `topic write lifeline/v1/+/${child}/#`),
  })),
];

for (const connections of [1, 3]) {
  describeInlet(`Mosquitto, ${connections} of a shared subscription`, connections === 1, async () => {
    const broker = await startMosquitto(users);
    return {
      url: broker.url,
      open: async (sink) => {
        const inlet = externalInlet({ url: broker.url, connections, ...login, sink, clock });
        await inlet.start();
        return inlet;
      },
      clean: () => broker.stop(),
    };
  });
}

describe('the subscriber to an external broker', () => {
  const topic = telemetryTopic('gas', 'dev-1');
  let inlets: Inlet[];
  let brokers: RunningMosquitto[];
  let said: string[];
  let onSaid: (() => void) | undefined;

  beforeEach(() => {
    inlets = [];
    brokers = [];
    said = [];
    onSaid = undefined;
  });
  afterEach(async () => {
    await Promise.all(inlets.map((inlet) => inlet.stop()));
    await Promise.all(brokers.map((broker) => broker.stop()));
  });

  const broker = async (place?: Parameters<typeof startMosquitto>[1]) => {
    const running = await startMosquitto(users, place);
    brokers.push(running);
    return running;
  };
  const start = async (options: Pick<ExternalInletOptions, 'url' | 'sink'> & Partial<ExternalInletOptions>) => {
    const say = (line: string) => {
      said.push(line);
      onSaid?.();
    };
    const inlet = externalInlet({ connections: 2, ...login, clock, say, ...options });
    inlets.push(inlet);
    await inlet.start();
    return inlet;
  };
  const saying = (part: string) =>
    new Promise<void>((resolve) => {
      onSaid = () => said.some((line) => line.includes(part)) && resolve();
      onSaid();
    });
  const send = async (url: string, payload: string) => {
    const client = await connectDevice(url, 'dev-1');
    await client.publishAsync(topic, payload, { qos: 1 });
    await client.endAsync();
  };

  it('starts without its broker and takes messages in once it is there', async () => {
    const port = await freePort();
    const intake = new Intake('keep');
    const inlet = await start({ url: `mqtt://127.0.0.1:${port}`, sink: intake.sink });
    expect(inlet.health()).toEqual({ connected: false, connections: 0, outstanding: 0 });
    expect(said.join()).toContain('ECONNREFUSED');

    const running = await broker({ port });
    await saying('connected to the broker');
    await send(running.url, 'a');
    await intake.until(1);
    expect(intake.bodies()).toEqual(['a']);
  });

  it('goes on by itself after the broker was killed', async () => {
    const first = await broker();
    const intake = new Intake('keep');
    await start({ url: first.url, sink: intake.sink, connections: 1 });
    await send(first.url, 'a');
    await intake.until(1);

    await first.kill();
    const second = await broker({ port: first.port });
    await saying('connected to the broker');
    await send(second.url, 'b');
    await intake.until(2);
    expect(intake.bodies()).toEqual(['a', 'b']);
  });

  it('gets what came while it was away', async () => {
    const running = await broker();
    const before = await start({ url: running.url, sink: new Intake('keep').sink });
    await before.stop();
    await send(running.url, 'while away');

    const intake = new Intake('keep');
    await start({ url: running.url, sink: intake.sink });
    await intake.until(1);
    expect(intake.bodies()).toEqual(['while away']);
  });

  it('shares the messages among its connections, each message once', async () => {
    const running = await broker();
    const intake = new Intake('keep');
    const inlet = await start({ url: running.url, sink: intake.sink, connections: 4 });
    expect(inlet.health()).toEqual({ connected: true, connections: 4, outstanding: 0 });

    const client = await connectDevice(running.url, 'dev-1');
    const bodies = Array.from({ length: 200 }, (_, n) => String(n));
    await Promise.all(bodies.map((body) => client.publishAsync(topic, body, { qos: 1 })));
    await intake.until(200);
    await inlet.stop();
    await client.endAsync();
    expect(intake.bodies().sort()).toEqual(bodies.toSorted());
  });

  it('says why a broker does not let it in, and no password', async () => {
    const running = await broker();
    const inlet = await start({ url: running.url, sink: new Intake('keep').sink, password: 'wrong-one' });
    expect(inlet.health().connected).toBe(false);
    expect(said.join()).toMatch(/not authorized/i);
    expect(said.join()).not.toContain('wrong-one');
  });

  it('hears what devices say of themselves', async () => {
    const running = await broker();
    const client = await connectDevice(running.url, 'dev-1');
    await client.publishAsync(statusTopic('gas', 'dev-1'), 'online', { qos: 1, retain: true });
    await client.endAsync();
    const status = await new Promise<DeviceStatus>((resolve) => {
      void start({ url: running.url, sink: new Intake('keep').sink, onStatus: resolve });
    });
    expect(status).toMatchObject({ utility: 'gas', deviceId: 'dev-1', online: true });
  });

  describe('of a broker that speaks MQTT 3.1.1 alone', () => {
    let aedes: Aedes;
    let server: Server;
    let url: string;
    beforeEach(async () => {
      aedes = await Aedes.createBroker();
      server = createServer(aedes.handle);
      const port = await freePort();
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      url = `mqtt://127.0.0.1:${port}`;
    });
    afterEach(async () => {
      await Promise.all(inlets.map((inlet) => inlet.stop()));
      await new Promise<void>((resolve) => aedes.close(resolve));
      await new Promise((resolve) => server.close(resolve));
    });

    it('takes all messages by one connection, and gets again what could not be kept', async () => {
      const intake = new Intake((_, nth) => (nth === 1 ? new Error('disk full') : undefined));
      const inlet = await start({ url, sink: intake.sink, connections: 4 });
      expect(inlet.health()).toEqual({ connected: true, connections: 1, outstanding: 0 });

      await send(url, 'a');
      await intake.until(2);
      expect(intake.bodies()).toEqual(['a', 'a']);
    });
  });
});
