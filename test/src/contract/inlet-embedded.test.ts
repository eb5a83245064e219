import { once } from 'node:events';
import { connect as openSocket } from 'node:net';
import { statusTopic, systemClock, telemetryTopic } from '@lifeline/contracts';
import { embeddedInlet, type DeviceStatus, type EmbeddedInlet, type Refusal } from '@lifeline/inlets';
import type { MqttClient } from 'mqtt';
import { freePort } from '../servers/process.js';
import { authority, connectDevice, describeInlet, Intake } from './inlet-suite.js';

const clock = systemClock;

const closeOf = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', resolve));
const messageTo = (client: MqttClient) =>
  new Promise<{ payload: Buffer; retain: boolean }>((resolve) =>
    client.once('message', (_topic, payload, { retain }) => resolve({ payload, retain })),
  );

describeInlet('embedded broker', true, async () => {
  const port = await freePort();
  return {
    url: `mqtt://127.0.0.1:${port}`,
    open: async (sink) => {
      const inlet = embeddedInlet({ host: '127.0.0.1', port, authority, sink, onRefusal: () => undefined, clock });
      await inlet.start();
      return inlet;
    },
    clean: async () => undefined,
  };
});

describe('the embedded broker', () => {
  const gas = (deviceId: string) => telemetryTopic('gas', deviceId);
  let inlet: EmbeddedInlet;
  let intake: Intake;
  let refusals: Refusal[];
  let statuses: DeviceStatus[];
  let clients: MqttClient[];
  let url: string;

  const open = async (taking: Intake, maxConnections = 100) => {
    intake = taking;
    inlet = embeddedInlet({
      host: '127.0.0.1',
      port: 0,
      authority,
      sink: (message, done) => intake.sink(message, done),
      onRefusal: (refusal) => refusals.push(refusal),
      onStatus: (status) => statuses.push(status),
      clock,
      maxConnections,
    });
    await inlet.start();
    url = `mqtt://127.0.0.1:${inlet.port}`;
  };
  const device = async (deviceId: string, options: Parameters<typeof connectDevice>[2] = {}) => {
    const client = await connectDevice(url, deviceId, { reconnectPeriod: 0, ...options });
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const send = (client: MqttClient, topic: string, payload: string | Buffer = '{"values":{"p":1}}') =>
    client.publishAsync(topic, payload, { qos: 1 });

  beforeEach(async () => {
    refusals = [];
    statuses = [];
    clients = [];
    await open(new Intake('keep'));
  });
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.endAsync(true)));
    await inlet.stop();
  });

  it('answers PUBACK when a message is kept, and not before', async () => {
    await inlet.stop();
    await open(new Intake('hold'));
    const order: string[] = [];
    const [slow, quick] = [await device('dev-1'), await device('dev-2')];
    const slowAnswered = send(slow, gas('dev-1')).then(() => order.push('PUBACK 1'));
    await intake.until(1);
    const quickAnswered = send(quick, gas('dev-2')).then(() => order.push('PUBACK 2'));
    await intake.until(2);

    // The second is kept first: its answer goes its whole way while the first waits.
    intake.held[1]!();
    await quickAnswered;
    order.push('kept 1');
    intake.held[0]!();
    await slowAnswered;

    expect(order).toEqual(['PUBACK 2', 'kept 1', 'PUBACK 1']);
  });

  it('names the device that is logged in', async () => {
    await send(await device('gw-1'), gas('child-1'));
    expect(intake.messages[0]!.clientDeviceId).toBe('gw-1');
  });

  it.each([
    ['an unknown device', { username: 'stranger', password: 'x' }, 4, 'unknown-device', 'stranger'],
    ['a wrong password', { username: 'dev-1', password: 'wrong' }, 4, 'bad-credential', 'dev-1'],
    ['no password', { username: 'dev-1', password: undefined }, 4, 'bad-credential', 'dev-1'],
    ['no user name', { username: undefined, password: undefined }, 5, 'bad-credential', undefined],
  ])('refuses %s and reports who knocked', async (_, login, code, reason, deviceId) => {
    await expect(connectDevice(url, 'dev-1', { reconnectPeriod: 0, ...login })).rejects.toMatchObject({ code });
    expect(refusals).toEqual([expect.objectContaining({ reason, deviceId, count: 1 })]);
    expect(JSON.stringify(refusals)).not.toContain('wrong');
  });

  it('ends every connection of a device whose password no longer holds, tells its last will, and leaves the others', async () => {
    const will = { topic: statusTopic('gas', 'dev-1'), payload: Buffer.from('offline'), qos: 1, retain: true } as const;
    const gone = [await device('dev-1', { will }), await device('dev-1', { clientId: 'second' })];
    const [other, closed] = [await device('dev-2'), Promise.all(gone.map(closeOf))];

    inlet.disconnect('dev-1');
    inlet.disconnect('nobody');
    await closed;

    await send(other, gas('dev-2'));
    expect(intake.messages.map((message) => message.clientDeviceId)).toEqual(['dev-2']);
    expect(statuses).toEqual([expect.objectContaining({ deviceId: 'dev-1', online: false })]);
    expect(inlet.health().connections).toBe(1);
    await send(await device('dev-1'), gas('dev-1'));
  });

  it('takes no telemetry as the last will of a connection that it ended', async () => {
    const will = { topic: gas('dev-1'), payload: Buffer.from('{"values":{"p":9}}'), qos: 1, retain: false } as const;
    const client = await device('dev-1', { will });
    const closed = closeOf(client);

    inlet.disconnect('dev-1');
    await closed;

    await send(await device('dev-1'), gas('dev-1'));
    expect(intake.bodies()).toEqual(['{"values":{"p":1}}']);
  });

  it('tells the knocks of one second together and loses none', async () => {
    for (let i = 0; i < 5; i++) {
      await expect(connectDevice(url, 'stranger', { reconnectPeriod: 0 })).rejects.toThrow();
    }
    await inlet.stop();
    expect(refusals.length).toBeLessThan(5);
    expect(refusals.reduce((sum, refusal) => sum + refusal.count, 0)).toBe(5);
  });

  it('acknowledges and reports what a device may not publish, and gives it to nobody', async () => {
    const [victim, client] = [await device('dev-1'), await device('dev-2')];
    const heard: string[] = [];
    victim.on('message', (_topic, payload) => heard.push(payload.toString()));
    await victim.subscribeAsync('lifeline/v1/gas/dev-1/#', { qos: 1 });

    await send(client, gas('dev-1'), 'not mine');
    await send(client, statusTopic('gas', 'dev-1'), 'offline');
    await send(client, 'lifeline/v1/heat/dev-2/telemetry');
    await send(client, '$SYS/broker');
    await send(client, statusTopic('gas', 'dev-2'), 'perhaps');
    const own = messageTo(victim);
    await send(victim, gas('dev-1'), 'mine');
    await own;

    expect(heard).toEqual(['mine']);
    expect(intake.bodies()).toEqual(['mine']);
    expect(statuses).toEqual([]);
    expect(refusals.map(({ deviceId, topic, reason }) => [deviceId, topic, reason])).toEqual([
      ['dev-2', gas('dev-1'), 'not-authorised'],
      ['dev-2', statusTopic('gas', 'dev-1'), 'not-authorised'],
      ['dev-2', 'lifeline/v1/heat/dev-2/telemetry', 'wrong-topic'],
      ['dev-2', '$SYS/broker', 'wrong-topic'],
      ['dev-2', statusTopic('gas', 'dev-2'), 'wrong-shape'],
    ]);
    expect(Buffer.from(refusals[0]!.payload!).toString()).toBe('not mine');
  });

  it('keeps a device connected when another one takes the same client id', async () => {
    const first = await device('dev-1', { clientId: 'same' });
    const second = await device('dev-2', { clientId: 'same' });
    await send(second, gas('dev-2'));
    await send(first, gas('dev-1'));
    expect(intake.messages).toHaveLength(2);
  });

  it('ends the older connection of the same device and client id', async () => {
    const first = await device('dev-1', { clientId: 'same' });
    const closed = closeOf(first);
    const second = await device('dev-1', { clientId: 'same' });
    await closed;
    await send(second, gas('dev-1'));
    expect(intake.messages).toHaveLength(1);
  });

  it('retains what a device says of itself, and publishes its last will', async () => {
    const topic = statusTopic('gas', 'dev-1');
    const will = { topic, payload: Buffer.from('offline'), qos: 1, retain: true } as const;
    const client = await device('dev-1', { will });
    await send(client, topic, 'online');
    client.stream.destroy();
    const again = await device('dev-1', { clientId: 'another' });
    const heard = messageTo(again);
    await again.subscribeAsync('lifeline/v1/+/dev-1/status', { qos: 1 });

    const { payload, retain } = await heard;
    expect([payload.toString(), retain]).toEqual(['offline', true]);
    expect(statuses.map(({ deviceId, online }) => [deviceId, online])).toEqual([
      ['dev-1', true],
      ['dev-1', false],
    ]);
  });

  it('ignores a last will for another device, and reports it', async () => {
    const will = { topic: statusTopic('gas', 'dev-2'), payload: Buffer.from('offline'), qos: 1, retain: true } as const;
    const client = await device('dev-1', { will, clientId: 'with-will' });
    client.stream.destroy();
    // Ends when the broker has seen the connection go: the same client id comes in again after it.
    await device('dev-1', { clientId: 'with-will' });
    expect(statuses).toEqual([]);
    expect(refusals.map((refusal) => refusal.reason)).toEqual(['not-authorised']);
  });

  it('cuts a connection that sends a packet beyond 2 MiB, before it has come whole, and reports it', async () => {
    const [big, other] = [await device('dev-1'), await device('dev-2')];
    const closed = closeOf(big);
    big.publish(gas('dev-1'), Buffer.alloc(3 * 1024 * 1024), { qos: 1 });
    await closed;
    await send(other, gas('dev-2'));

    expect(intake.messages.map((message) => message.topic)).toEqual([gas('dev-2')]);
    expect(refusals).toEqual([
      expect.objectContaining({ deviceId: 'dev-1', topic: gas('dev-1'), reason: 'too-large' }),
    ]);
  });

  it('cuts a connection that claims a huge packet before it logs in', async () => {
    const socket = openSocket(inlet.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
    await closed;
    expect(refusals.map((refusal) => refusal.reason)).toEqual(['too-large']);
  });

  it.each([
    ['bytes that are no MQTT', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a PUBLISH before the login', Buffer.from([0x30, 0x03, 0x00, 0x01, 0x61])],
    ['a length of five bytes', Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0x01])],
  ])('outlives %s', async (_, bytes) => {
    const socket = openSocket(inlet.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    socket.write(bytes);
    await closed;
    await send(await device('dev-1'), gas('dev-1'));
    expect(intake.messages).toHaveLength(1);
  });

  it('takes no more connections than it may', async () => {
    await inlet.stop();
    await open(new Intake('keep'), 1);
    await device('dev-1');
    await expect(connectDevice(url, 'dev-2', { reconnectPeriod: 0 })).rejects.toThrow();
    expect(inlet.health().connections).toBe(1);
  });

  it('counts its device connections', async () => {
    await device('dev-1');
    await device('dev-2');
    expect(inlet.health()).toEqual({ connected: true, connections: 2, outstanding: 0 });
  });

  it('says with CONNACK that it does not speak MQTT 5', async () => {
    await expect(connectDevice(url, 'dev-1', { reconnectPeriod: 0, protocolVersion: 5 })).rejects.toMatchObject({
      code: 1,
    });
  });

  it('fails to start on a port that is taken', async () => {
    const second = embeddedInlet({
      host: '127.0.0.1',
      port: inlet.port,
      authority,
      sink: intake.sink,
      onRefusal: () => undefined,
      clock,
    });
    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await second.stop();
  });
});
