import { connect } from 'mqtt';
import { telemetryTopic, type Reject, type ReadingsAnswer } from '@lifeline/contracts';
import { Api, connectDevice, eventually } from './api.js';
import { startLifeline, type LifelineProcess } from './lifeline-process.js';

/** Bad input is ordinary: each kind is refused or kept as a reject with its reason, counted and shown; nothing falls over. */

describe('bad input', () => {
  let lifeline: LifelineProcess;
  let api: Api;

  const device = (deviceId: string) => ({
    deviceId,
    utility: 'gas',
    name: deviceId,
    sensors: [{ channel: 'pressure', unit: 'kPa', name: 'Pressure', lon: 118.31, lat: 32.3, intervalS: 60 }],
  });

  beforeAll(async () => {
    lifeline = await startLifeline();
    api = await Api.login(lifeline);
    await api.post('/devices', device('bad-1'));
    await api.post('/devices', device('other-1'));
  });
  afterAll(async () => {
    await lifeline?.stop();
  });

  const rejects = (reason: string) =>
    eventually(
      () => api.get<{ items: Reject[] }>(`/rejects?reason=${reason}`),
      ({ items }) => items.length > 0,
    );

  const year = 365 * 86_400_000;
  const bodies: readonly [reason: string, body: string | Buffer][] = [
    ['malformed-json', '{"values": {"pressure": 1'],
    ['not-a-number', '{"values": {"pressure": NaN}}'],
    ['wrong-type', '{"values": {"pressure": "12"}}'],
    ['wrong-shape', '{"hello": "world"}'],
    ['unknown-channel', '{"values": {"nobody": 1}}'],
    ['timestamp-out-of-range', JSON.stringify({ ts: 1000, values: { pressure: 1 } })],
    ['timestamp-out-of-range', JSON.stringify({ ts: 130 * year, values: { pressure: 1 } })],
    ['bad-timestamp', '{"ts": "yesterday", "values": {"pressure": 1}}'],
    ['invalid-utf8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['too-large', Buffer.alloc(1024 * 1024, 0x20)],
  ];

  it.each(bodies)('%s is kept as a reject with its reason', async (reason, body) => {
    const client = await connectDevice(api, lifeline, 'bad-1');
    client.on('error', () => undefined);
    client.publish(telemetryTopic('gas', 'bad-1'), body, { qos: 1 });
    const { items } = await rejects(reason);
    expect(items[0]).toMatchObject({ reason, detail: expect.stringMatching(/\w{3,}/) });
    client.end(true);
  });

  it("another device's topic is refused", async () => {
    const client = await connectDevice(api, lifeline, 'bad-1');
    client.on('error', () => undefined);
    client.publish(telemetryTopic('gas', 'other-1'), '{"values": {"pressure": 666}}', { qos: 1 });
    const { items } = await rejects('not-authorised');
    expect(items[0]?.detail).toContain('other-1');
    const answer = await api.get<ReadingsAnswer>('/sensors/other-1/pressure/readings');
    expect(answer).toMatchObject({ readings: [] });
    client.end(true);
  });

  it('a topic that is none of ours is refused', async () => {
    const client = await connectDevice(api, lifeline, 'bad-1');
    client.on('error', () => undefined);
    client.publish('lifeline/v2/gas/bad-1/telemetry', '{"values": {"pressure": 1}}', { qos: 1 });
    await rejects('wrong-topic');
    client.end(true);
  });

  it('an unknown device that knocks is shown to the engineers', async () => {
    const client = connect(`mqtt://127.0.0.1:${lifeline.mqttPort}`, {
      username: 'nobody-7',
      password: 'x',
      clientId: 'nobody-7',
      reconnectPeriod: 0,
    });
    await new Promise<void>((resolve) => client.once('error', () => resolve()));
    client.end(true);
    const { items } = await eventually(
      () => api.get<{ items: { deviceId: string }[] }>('/knocks'),
      (answer) => answer.items.some((knock) => knock.deviceId === 'nobody-7'),
    );
    expect(items.find((knock) => knock.deviceId === 'nobody-7')).toMatchObject({ reason: 'unknown-device' });
  });

  it('is counted in the metrics, and good readings still come through', async () => {
    const client = await connectDevice(api, lifeline, 'bad-1');
    await client.publishAsync(telemetryTopic('gas', 'bad-1'), '{"values": {"pressure": 312.5}}', { qos: 1 });
    await eventually(
      () => api.get<{ last: { value: number } | null }>('/sensors/bad-1/pressure'),
      (sensor) => sensor.last?.value === 312.5,
    );
    const metrics = await (await fetch(`${lifeline.url}/metrics`)).text();
    for (const reason of new Set(bodies.map(([name]) => name))) {
      expect(metrics).toMatch(new RegExp(`lifeline_readings_rejected_total\\{[^}]*reason="${reason}"[^}]*\\} [1-9]`));
    }
    const { items } = await api.get<{
      items: { received: number; stored: number; rejected: number; duplicate: number; waiting: number }[];
    }>('/account');
    for (const row of items) expect(row.received).toBe(row.stored + row.rejected + row.duplicate + row.waiting);
    client.end(true);
  });

  it('to the REST interface is answered by a problem document', async () => {
    const answers = await Promise.all([
      api.send('POST', '/devices', '{broken'),
      api.send('POST', '/devices', { deviceId: 'no spaces allowed', utility: 'steam', name: '' }),
      api.send('POST', '/devices', device('bad-1')),
      api.send('GET', '/sensors/bad-1/pressure/readings?points=0'),
      api.send('GET', '/nothing-here'),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([400, 400, 409, 400, 404]);
    for (const answer of answers) {
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ title: expect.any(String), status: answer.status });
    }
  });

  it('blank questions to the REST interface ask for nothing in particular', async () => {
    const { items } = await api.get<{ items: unknown[] }>('/sensors?bbox=&utility=&q=&limit=');
    expect(items).toHaveLength(2);
  });
});
