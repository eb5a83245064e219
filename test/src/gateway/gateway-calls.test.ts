import {
  alarmSchema,
  cityAnswerSchema,
  deviceSchema,
  openApiDocument,
  problemSchema,
  readingsAnswerSchema,
  routes,
  type Alarm,
  type Device,
  type LiveSensor,
  type Problem,
} from '@lifeline/contracts';
import { decodeBlock } from '@lifeline/readings';
import { aDevice, aReject, aSensor, aTransition, anAsset } from '../contract/records-builders.js';
import { eventually } from '../product/api.js';
import { PASSWORD, RunningGateway, appendTransitions, runDesk } from './running-gateway.js';

const HOUR_MS = 3_600_000;

describe('the calls of the gateway', () => {
  let gateway: RunningGateway;
  let stopDesk: () => Promise<void>;
  let operator: string;
  let engineer: string;
  let administrator: string;

  beforeAll(async () => {
    gateway = await RunningGateway.start({}, async (ports) => {
      await ports.records.registry.putAssets([anAsset('R-07')]);
      await ports.registry.reload();
    });
    stopDesk = runDesk(gateway.ports);
    [operator, engineer, administrator] = [
      await gateway.login('olga'),
      await gateway.login('emil'),
      await gateway.login('ada'),
    ];
  });
  afterAll(async () => {
    await stopDesk();
    await gateway.stop();
  });

  const problem = async (answer: Response, status: number): Promise<Problem> => {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    return problemSchema.parse(await answer.json());
  };
  const get = async <Answer>(path: string, token = operator): Promise<Answer> => {
    const answer = await gateway.send('GET', path, { token });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };

  it('leads a device from its registration over changes to its end', async () => {
    const created = await gateway.send('POST', '/devices', { token: engineer, body: aDevice('g-1') });
    expect(created.status).toBe(201);
    const device = deviceSchema.parse(await created.json());
    expect(device.sensors.map((sensor) => sensor.sensorId)).toEqual(['g-1/p']);

    await problem(await gateway.send('POST', '/devices', { token: engineer, body: aDevice('g-1') }), 409);
    expect(deviceSchema.parse(await get('/devices/g-1'))).toEqual(device);
    expect(await get<LiveSensor>('/sensors/g-1/p')).toMatchObject({
      last: null,
      stale: false,
      deviceName: 'Device g-1',
    });

    const body = { name: 'Renamed', sensors: [aSensor('p', { name: 'New name' }), aSensor('t', { unit: '°C' })] };
    const changed = await gateway.send('PATCH', '/devices/g-1', { token: engineer, body });
    expect(deviceSchema.parse(await changed.json()).sensors).toHaveLength(2);
    expect(await get<LiveSensor>('/sensors/g-1/p')).toMatchObject({ name: 'New name', deviceName: 'Renamed' });

    const credential = await gateway.send('POST', '/devices/g-1/credential', { token: engineer });
    expect(credential.status).toBe(201);
    expect(routes.issueCredential.answer.parse(await credential.json()).username).toBe('g-1');

    expect((await gateway.send('DELETE', '/devices/g-1', { token: engineer })).status).toBe(204);
    await problem(await gateway.send('GET', '/devices/g-1', { token: operator }), 404);
    await problem(await gateway.send('GET', '/sensors/g-1/p', { token: operator }), 404);
    await problem(await gateway.send('DELETE', '/devices/g-1', { token: engineer }), 404);
  });

  it('names each wrong field of a body, a query and a reference', async () => {
    const wrong = { ...aDevice('g 2'), extra: 1, sensors: [aSensor('p', { lat: 91 })] };
    const fields = await problem(await gateway.send('POST', '/devices', { token: engineer, body: wrong }), 400);
    expect(fields.errors?.map((error) => error.path).sort()).toEqual(['deviceId', 'extra', 'sensors.0.lat']);
    const query = await problem(await gateway.send('GET', '/sensors?limit=1001&bbox=1,2,3', { token: operator }), 400);
    expect(query.errors?.map((error) => error.path).sort()).toEqual(['query.bbox', 'query.limit']);
    const unknown = aDevice('g-2', { sensors: [aSensor('p', { assetId: 'nowhere' })] });
    const asset = await problem(await gateway.send('POST', '/devices', { token: engineer, body: unknown }), 400);
    expect(asset.errors?.[0]?.path).toBe('sensors.0.assetId');
    const after = await problem(await gateway.send('GET', '/devices?after=nonsense', { token: operator }), 400);
    expect(after.errors?.[0]?.path).toBe('query.after');
  });

  it('answers what it cannot read with a problem, and never with a stack', async () => {
    const headers = { 'content-type': 'application/json' };
    await problem(await gateway.send('POST', '/session', { body: '{"username":' }), 400);
    await problem(await gateway.send('POST', '/session', { body: '[1]' }), 400);
    await problem(
      await gateway.send('POST', '/session', { body: 'a=b', headers: { 'content-type': 'text/plain' } }),
      415,
    );
    await problem(await gateway.send('POST', '/session', { body: `"${'x'.repeat(2_000_000)}"`, headers }), 413);
    await problem(await gateway.send('GET', '/nothing/here', { token: operator }), 404);
    await problem(await gateway.send('PUT', '/session', { token: operator }), 404);
    await problem(await gateway.send('GET', '/devices/%E0%A4%A', { token: operator }), 400);
    const text = await (await gateway.send('POST', '/session', { body: '{"username":' })).text();
    expect(text).not.toMatch(/node_modules|\.js:\d/);
  });

  it('imports sensors from CSV, all or nothing, and knows them at once', async () => {
    const header = 'deviceId,utility,channel,name,unit,lon,lat\n';
    const send = (csv: string, query = '') =>
      gateway.send('POST', `/sensors/import${query}`, {
        token: engineer,
        body: csv,
        headers: { 'content-type': 'text/csv' },
      });
    const row = 'csv-1,gas,p,Pressure,kPa,113.1,30.7\n';
    const bad = await send(`${header}${row}csv-2,gas,p,Pressure,kPa,200,30.7\n`);
    const report = routes.importSensors.answer.parse(await bad.json());
    expect(report.errors).toEqual([expect.objectContaining({ row: 2, column: 'lon' })]);
    await problem(await gateway.send('GET', '/devices/csv-1', { token: operator }), 404);
    expect(await (await send(header + row, '?dryRun=true')).json()).toMatchObject({ created: 1, errors: [] });
    await problem(await gateway.send('GET', '/devices/csv-1', { token: operator }), 404);
    expect(await (await send(header + row)).json()).toMatchObject({ rows: 1, created: 1, errors: [] });
    expect(await (await send(header + row)).json()).toMatchObject({ unchanged: 1, created: 0, changed: 0 });
    expect(await get<LiveSensor>('/sensors/csv-1/p')).toMatchObject({ unit: 'kPa' });
    const json = { token: engineer, body: { rows: [] } };
    await problem(await gateway.send('POST', '/sensors/import', json), 415);
  });

  it('lists sensors by box, utility, words and asset, in pages', async () => {
    const sensors = [
      aSensor('a', { lon: 110.005, lat: 20, assetId: 'R-07' }),
      aSensor('b', { lon: 110.1, lat: 20.1, name: 'Bell Tower' }),
      aSensor('c', { lon: 110.5, lat: 20.5 }),
    ];
    await gateway.send('POST', '/devices', { token: engineer, body: aDevice('list-1', { sensors }) });
    const ids = async (query: string) =>
      (await get<{ items: LiveSensor[]; next?: string }>(`/sensors?${query}`)).items.map((sensor) => sensor.sensorId);
    expect(await ids('bbox=110,19.9,110.2,20.2')).toEqual(['list-1/a', 'list-1/b']);
    expect(await ids('q=bell%20tower')).toEqual(['list-1/b']);
    expect(await ids('assetId=R-07')).toEqual(['list-1/a']);
    expect(await ids('bbox=110,19.9,110.2,20.2&utility=power')).toEqual([]);
    const first = await get<{ items: LiveSensor[]; next?: string }>('/sensors?q=list-1&limit=2');
    expect(first).toMatchObject({ next: 'list-1/b' });
    const second = await get<{ items: LiveSensor[]; next?: string }>(`/sensors?q=list-1&limit=2&after=${first.next}`);
    expect(second.items.map((sensor) => sensor.sensorId)).toEqual(['list-1/c']);
    expect(second.next).toBeUndefined();
    routes.listSensors.answer.parse(second);
  });

  it('lists the sensors that report, and those that never did or fell silent, in pages', async () => {
    const body = aDevice('says-1', { sensors: ['a', 'b', 'c', 'd'].map((channel) => aSensor(channel)) });
    const created = (await (await gateway.send('POST', '/devices', { token: engineer, body })).json()) as Device;
    const nowMs = gateway.ports.clock.nowMs();
    for (const sensor of created.sensors.slice(1, 3)) await gateway.appendReadings(sensor.sensorNo, [[nowMs, 1]]);
    const list = async (query: string) => {
      const { items, next } = await get<{ items: LiveSensor[]; next?: string }>(`/sensors?q=says-1&${query}`);
      return { channels: items.map((sensor) => sensor.channel), next };
    };
    await eventually(
      () => list('reporting=true'),
      ({ channels }) => channels.join() === 'b,c',
    );

    expect(await list('reporting=false&limit=1')).toEqual({ channels: ['a'], next: 'says-1/a' });
    expect(await list('reporting=false&limit=1&after=says-1/a')).toEqual({ channels: ['d'], next: undefined });
    expect((await list('limit=10')).channels).toEqual(['a', 'b', 'c', 'd']);
    await problem(await gateway.send('GET', '/sensors?reporting=maybe', { token: operator }), 400);
  });

  it('shows what comes after a record of the log that cannot be read', async () => {
    const broken = new TextEncoder().encode('{"half of');
    await gateway.ports.log.append([{ stream: 'readings', key: 'k', payload: broken }]);
    const created = await gateway.send('POST', '/devices', { token: engineer, body: aDevice('after-1') });
    const { sensorNo } = ((await created.json()) as Device).sensors[0]!;
    await gateway.appendReadings(sensorNo, [[gateway.ports.clock.nowMs(), 42]]);
    await eventually(
      () => get<LiveSensor>('/sensors/after-1/p'),
      (sensor) => sensor.last?.value === 42,
    );
    expect(await gateway.ports.metrics.metrics()).toContain(
      'lifeline_undecodable_records_total{stream="readings",consumer="live-view"} 1',
    );
  });

  it('gives the newest value from the log and the history of a sensor, raw or in buckets', async () => {
    const created = await gateway.send('POST', '/devices', { token: engineer, body: aDevice('hist-1') });
    const { sensorNo } = ((await created.json()) as Device).sensors[0]!;
    const nowMs = gateway.ports.clock.nowMs();
    const readings = Array.from({ length: 50 }, (_, i) => [nowMs - HOUR_MS + i * 1000, i] as const);
    await gateway.appendReadings(sensorNo, readings);
    const live = await eventually(
      () => get<LiveSensor>('/sensors/hist-1/p'),
      (sensor) => sensor.last?.value === 49,
    );
    expect(live.last).toEqual({ measuredAtMs: readings[49]![0], value: 49, quality: 'good', reason: 'none' });

    const [record] = (await gateway.ports.log.read('readings', [0], 1_000)).slice(-1);
    const blocks = [decodeBlock(record!.payload)];
    await gateway.ports.history.write({ blocks, partition: 0, sequence: record!.sequence });
    const raw = readingsAnswerSchema.parse(await get('/sensors/hist-1/p/readings'));
    expect(raw).toMatchObject({ unit: 'kPa' });
    expect('readings' in raw && raw.readings).toEqual(readings.map(([atMs, value]) => [atMs, value, 'good']));
    const from = new Date(readings[10]![0]).toISOString();
    const part = await get<{ readings: unknown[] }>(`/sensors/hist-1/p/readings?from=${from}&to=${readings[20]![0]}`);
    expect(part.readings).toHaveLength(10);
    const few = readingsAnswerSchema.parse(await get('/sensors/hist-1/p/readings?points=5'));
    expect('buckets' in few && few.buckets.reduce((sum, bucket) => sum + bucket[4], 0)).toBe(50);
    const inverted = `/sensors/hist-1/p/readings?from=${nowMs}&to=${nowMs - 1}`;
    await problem(await gateway.send('GET', inverted, { token: operator }), 400);
    await problem(await gateway.send('GET', '/sensors/hist-1/none/readings', { token: operator }), 404);
  });

  it('acknowledges an alarm through the desk, once', async () => {
    const raisedAtMs = gateway.ports.clock.nowMs() - 1000;
    await gateway.appendTransitions(
      aTransition('ack-1.p.limit.1', { raisedAtMs, atMs: raisedAtMs, sensorId: 'ack-1/p' }),
    );
    await eventually(
      () => gateway.send('GET', '/alarms/ack-1.p.limit.1', { token: operator }),
      (answer) => answer.status === 200,
    );
    const path = '/alarms/ack-1.p.limit.1/acknowledge';
    const answers = await Promise.all([
      gateway.send('POST', path, { token: operator, body: { note: 'on my way' } }),
      gateway.send('POST', path, { token: engineer, body: {} }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const won = alarmSchema.parse(await answers.find((answer) => answer.status === 200)!.json());
    expect(won).toMatchObject({ state: 'acknowledged', sequence: 2 });
    expect(won.transitions.map((step) => step.event)).toEqual(['raise', 'acknowledge']);
    const listed = await get<{ items: Alarm[] }>(`/alarms?state=acknowledged&sensorId=ack-1/p`);
    expect(listed.items).toEqual([won]);
    expect((await get<{ items: Alarm[] }>('/alarms?state=unacknowledged&sensorId=ack-1/p')).items).toEqual([]);
    await problem(await gateway.send('POST', path, { token: operator, body: {} }), 409);
    await problem(await gateway.send('POST', '/alarms/none/acknowledge', { token: operator }), 404);
    await problem(await gateway.send('GET', '/alarms?state=loud', { token: operator }), 400);
    const rate = await get<object>(`/alarm-rate?from=${raisedAtMs - 1000}&to=${raisedAtMs + 1000}&slots=2`);
    routes.alarmRate.answer.parse(rate);
    expect(JSON.stringify(rate)).toContain('"orange":1');
  });

  it('takes a verdict on an alarm through the desk, with who said it, and none on what goes by a limit', async () => {
    const raisedAtMs = gateway.ports.clock.nowMs() - 1000;
    const times = { raisedAtMs, atMs: raisedAtMs, sensorId: 'judge-1/p' };
    for (const rule of ['physics', 'group', 'limit'] as const)
      await gateway.appendTransitions(aTransition(`judge-1.p.${rule}.1`, { ...times, rule }));
    const path = (rule: string) => `/alarms/judge-1.p.${rule}.1/feedback`;
    await eventually(
      () => gateway.send('GET', '/alarms/judge-1.p.limit.1', { token: operator }),
      (answer) => answer.status === 200,
    );

    const newNormal = { verdict: 'new-normal', note: 'the pump was changed' };
    const said = await gateway.send('POST', path('physics'), { token: engineer, body: newNormal });
    expect(said.status).toBe(200);
    const closed = alarmSchema.parse(await said.json());
    const who = (await get<{ user: { username: string } }>('/session', engineer)).user.username;
    expect(closed).toMatchObject({ state: 'normal', acknowledgedBy: who, sequence: 2 });
    expect(closed.transitions[1]).toMatchObject({ event: 'new-normal', actor: who, note: 'the pump was changed' });
    await problem(await gateway.send('POST', path('physics'), { token: engineer, body: newNormal }), 409);

    const wrong = await gateway.send('POST', path('group'), { token: operator, body: { verdict: 'false-alarm' } });
    expect(alarmSchema.parse(await wrong.json())).toMatchObject({ state: 'acknowledged', clearedAtMs: null });
    await problem(await gateway.send('POST', path('limit'), { token: operator, body: newNormal }), 409);
    await problem(await gateway.send('POST', path('group'), { token: operator, body: { verdict: 'maybe' } }), 400);
    await problem(await gateway.send('POST', '/alarms/none/feedback', { token: operator, body: newNormal }), 404);
  });

  it('acknowledges and issues a credential for programs that send no body, an empty one, or say it is JSON', async () => {
    await problem(await gateway.send('GET', '/there/is/none', { token: operator }), 404);
    const json = { 'content-type': 'application/json' };
    const ways = [{}, { body: {} }, { headers: json }, { body: '', headers: { ...json, accept: '*/*' } }];
    await gateway.send('POST', '/devices', { token: engineer, body: aDevice('bare-1') });
    for (const [i, way] of ways.entries()) {
      const alarmId = `bare-1.p.limit.${i}`;
      const raisedAtMs = gateway.ports.clock.nowMs() - 1000;
      await gateway.appendTransitions(aTransition(alarmId, { raisedAtMs, atMs: raisedAtMs, sensorId: 'bare-1/p' }));
      await eventually(
        () => gateway.send('GET', `/alarms/${alarmId}`, { token: operator }),
        (answer) => answer.status === 200,
      );

      const answer = await gateway.send('POST', `/alarms/${alarmId}/acknowledge`, { token: operator, ...way });
      expect([i, answer.status]).toEqual([i, 200]);
      const credential = await gateway.send('POST', '/devices/bare-1/credential', { token: engineer, ...way });
      expect([i, credential.status]).toEqual([i, 201]);
    }
    const { paths } = openApiDocument() as unknown as {
      paths: Record<string, { post: { requestBody?: { required: boolean } } }>;
    };
    expect(paths['/api/v1/alarms/{alarmId}/acknowledge']!.post.requestBody!.required).toBe(false);
    expect(paths['/api/v1/devices']!.post.requestBody!.required).toBe(true);
    const counted = await gateway.ports.metrics.metrics();
    expect(counted).toMatch(/lifeline_rest_seconds_count\{call="acknowledgeAlarm",status="200"\} [1-9]/);
    expect(counted).toMatch(/lifeline_rest_seconds_count\{call="none",status="404"\} [1-9]/);
  });

  it('tells of rejects, knocks and the account', async () => {
    const nowMs = gateway.ports.clock.nowMs();
    const { rejects, account } = gateway.ports.records;
    await rejects.project([aReject({ arrivedAtMs: nowMs })], { consumer: 'test-rejects', partition: 0, sequence: 1 });
    const minuteMs = Math.floor(nowMs / 60_000) * 60_000;
    const counts = { minuteMs, inlet: 'mqtt', received: 5, stored: 2, rejected: 1, duplicate: 1 };
    await account.add([counts], { consumer: 'test-account', partition: 0, sequence: 1 });
    const listed = routes.listRejects.answer.parse(await get('/rejects?deviceId=stranger&reason=unknown-device'));
    expect(listed.items).toHaveLength(1);
    expect(routes.listKnocks.answer.parse(await get('/knocks')).items[0]).toMatchObject({ deviceId: 'stranger' });
    const answer = routes.getAccount.answer.parse(await get(`/account?from=${minuteMs}&to=${minuteMs + 60_000}`));
    expect(answer.items).toEqual([{ ...counts, waiting: 1 }]);
    await problem(await gateway.send('GET', '/account?from=0', { token: operator }), 400);
  });

  it('keeps the accounts of people', async () => {
    const body = { username: 'nora', password: PASSWORD, role: 'operator' };
    const made = await gateway.send('POST', '/users', { token: administrator, body });
    expect([made.status, await made.json()]).toEqual([201, { username: 'nora', role: 'operator' }]);
    await problem(await gateway.send('POST', '/users', { token: administrator, body }), 409);
    const { items } = routes.listUsers.answer.parse(await get('/users', administrator));
    expect(items.map((user) => user.username)).toEqual(['ada', 'emil', 'nora', 'olga']);
  });

  it('tells everybody the city, and those who are logged in its assets', async () => {
    const city = cityAnswerSchema.parse(await (await gateway.send('GET', '/city')).json());
    expect(city).toMatchObject({ name: { en: 'Testville' }, basemap: { kind: 'built-in', url: null } });
    expect(routes.listAssets.answer.parse(await get('/assets')).items).toEqual([anAsset('R-07')]);
    expect(await get('/assets/R-07')).toEqual(anAsset('R-07'));
    await problem(await gateway.send('GET', '/assets/none', { token: operator }), 404);
  });
});

describe('an acknowledgement while the detector is away', () => {
  it('is kept and answered with 503, and applied when the detector comes back', async () => {
    const gateway = await RunningGateway.start({}, (ports) => appendTransitions(ports, [aTransition('away')]));
    try {
      const token = await gateway.login('olga');
      await eventually(
        () => gateway.send('GET', '/alarms/away', { token }),
        (answer) => answer.status === 200,
      );
      const answer = await gateway.send('POST', '/alarms/away/acknowledge', { token, body: {} });
      expect(answer.status).toBe(503);
      const stopDesk = runDesk(gateway.ports);
      await eventually(
        async () => (await (await gateway.send('GET', '/alarms/away', { token })).json()) as Alarm,
        (alarm) => alarm.acknowledgedBy === 'olga',
      );
      await stopDesk();
    } finally {
      await gateway.stop();
    }
  });
});
