import {
  liveAlarmSchema,
  liveHealthSchema,
  liveReadingsSchema,
  type Device,
  type LiveSensor,
} from '@lifeline/contracts';
import { CONSUMERS } from '@lifeline/reading-log';
import { decodeBlock } from '@lifeline/readings';
import { aDevice, aSensor, aTransition } from '../contract/records-builders.js';
import { eventually } from '../product/api.js';
import { LiveSocket } from './live-socket.js';
import { RunningGateway, appendReadings, appendTransitions } from './running-gateway.js';

describe('the live namespace', () => {
  let gateway: RunningGateway;
  let token: string;
  let near: number;
  let far: number;
  const open: LiveSocket[] = [];

  const connect = async (auth: object = { token }, headers: Record<string, string> = {}) => {
    const live = await LiveSocket.connect(gateway.url, auth, headers);
    open.push(live);
    return live;
  };

  beforeAll(async () => {
    const sensors = [aSensor('near', { lon: 113.1, lat: 30.7 }), aSensor('far', { lon: 114.1, lat: 31.7 })];
    let device: Device | undefined;
    gateway = await RunningGateway.start({}, async (ports) => {
      device = await ports.records.registry.createDevice(aDevice('live-1', { sensors }), ports.clock.nowMs());
      await ports.registry.reload();
    });
    token = await gateway.login('olga');
    [near, far] = ['near', 'far'].map((channel) => device!.sensors.find((s) => s.channel === channel)!.sensorNo) as [
      number,
      number,
    ];
  });
  afterEach(() => {
    for (const live of open.splice(0)) live.close();
  });
  afterAll(() => gateway.stop());

  it('admits those who are logged in, by token or by the cookie of our own page', async () => {
    await expect(connect({})).rejects.toThrow(/unauthorised/);
    await expect(connect({ token: 'x'.repeat(43) })).rejects.toThrow(/unauthorised/);
    await expect(connect({ lastSequence: -1 })).rejects.toThrow(/auth takes/);
    const cookie = `lifeline_session=${token}`;
    await expect(connect({}, { cookie, origin: 'https://elsewhere.example' })).rejects.toThrow(/another origin/);
    expect((await connect({}, { cookie, origin: gateway.url })).socket.connected).toBe(true);
  });

  it('tells the newest values in the box, at once and as they change, and none outside', async () => {
    await gateway.appendReadings(near, [[1_000, 1]]);
    const live = await connect();
    expect(await live.subscribe({ bbox: [113, 30.6, 113.2, 30.8] })).toEqual({ sensors: 1 });
    await live.until(() => live.newest('live-1/near')?.[2] === 1);
    await gateway.appendReadings(far, [[2_000, 7]]);
    await gateway.appendReadings(near, [
      [2_000, 2],
      [3_000, 3],
      [2_500, 2.5],
    ]);
    await live.until(() => live.newest('live-1/near')?.[2] === 3);
    expect(live.newest('live-1/near')).toEqual(['live-1/near', 3_000, 3, 'good']);
    expect(live.newest('live-1/far')).toBeUndefined();
    for (const message of live.heard.readings) liveReadingsSchema.parse(message);
  });

  it('lists an open alarm while the records are behind, so that a page opened now has it', async () => {
    const live = await connect();
    const alarm = aTransition('ahead-of-records', { sensorId: 'live-1/near' });
    await gateway.appendTransitions(alarm);
    await live.until(() => live.heard.alarm.some(({ alarmId }) => alarmId === alarm.alarmId));
    const listed = async (query: string): Promise<string[]> => {
      const answer = await gateway.send('GET', `/alarms?${query}`, { token });
      return ((await answer.json()) as { items: { alarmId: string }[] }).items.map(({ alarmId }) => alarmId);
    };
    expect(await gateway.ports.records.alarms.open()).toEqual([]);
    expect(await listed('state=open')).toEqual([alarm.alarmId]);
    expect(await listed('state=acknowledged')).toEqual([]);
    expect(await listed('sensorId=live-1/far')).toEqual([]);
    expect(await listed(`to=${alarm.raisedAtMs}`)).toEqual([]);
    // Told by the records, it comes once.
    const { sequence } = (await gateway.ports.log.read('alarms', [0], 10)).at(-1)!;
    const cursor = { consumer: CONSUMERS.alarmProjector, partition: 0, sequence };
    await gateway.ports.records.alarms.project([{ transition: alarm, streamSequence: sequence }], cursor);
    expect(await listed('state=open')).toEqual([alarm.alarmId]);
  });

  it('tells the values of named sensors, also of one that is registered later, and of what is asked last', async () => {
    const live = await connect();
    expect(await live.subscribe({ sensorIds: ['live-1/far', 'later-1/p'] })).toEqual({ sensors: 1 });
    const device = await gateway.ports.records.registry.createDevice(aDevice('later-1'), gateway.ports.clock.nowMs());
    await gateway.ports.registry.refresh(['later-1']);
    await gateway.appendReadings(device.sensors[0]!.sensorNo, [[5_000, 5]]);
    await live.until(() => live.newest('later-1/p')?.[2] === 5);
    expect(await live.subscribe({ sensorIds: ['live-1/near'] })).toEqual({ sensors: 1 });
    expect(await live.subscribe({ bbox: [3, 2, 1, 0] })).toHaveProperty('error');
    expect(await live.subscribe({ sensorIds: Array.from({ length: 1001 }, String) })).toHaveProperty('error');
    expect(await live.subscribe(undefined)).toHaveProperty('error');
  });

  it('tells every transition to everybody, and a client that comes back what it missed, in order and once', async () => {
    const [one, two] = [await connect(), await connect()];
    const raise = aTransition('miss-1', { sensorId: 'live-1/near' });
    await gateway.appendTransitions(raise);
    await Promise.all([one.until(() => one.heard.alarm.length === 1), two.until(() => two.heard.alarm.length === 1)]);
    const first = liveAlarmSchema.parse(one.heard.alarm[0]);
    expect(first).toEqual({ ...raise, streamSequence: first.streamSequence });
    one.close();
    const missed = ['miss-2', 'miss-3', 'miss-4'].map((id) => aTransition(id, { sensorId: `${id}/p` }));
    await gateway.appendTransitions(...missed);
    await two.until(() => two.heard.alarm.length === 4);
    const back = await connect({ token, lastSequence: first.streamSequence });
    await gateway.appendTransitions(aTransition('miss-5', { sensorId: 'miss-5/p' }));
    await back.until(() => back.heard.alarm.length >= 4);
    await two.until(() => two.heard.alarm.length === 5);
    expect(back.heard.alarm.map((alarm) => alarm.alarmId)).toEqual(['miss-2', 'miss-3', 'miss-4', 'miss-5']);
    expect(back.heard.resync).toEqual([]);
  });

  it('tells a client whose position it does not know to load anew', async () => {
    const live = await connect({ token, lastSequence: 1_000_000 });
    await live.until(() => live.heard.resync.length === 1);
    const { lastSequence } = live.heard.resync[0]!;
    await gateway.appendTransitions(aTransition('resync-1', { sensorId: 'resync-1/p' }));
    await live.until(() => live.heard.alarm.length === 1);
    expect(live.heard.alarm[0]!.streamSequence).toBe(lastSequence + 1);
  });

  it('tells its health on connecting and when an alarm changes it', async () => {
    const live = await connect();
    await live.until(() => live.heard.health.length >= 1);
    const before = liveHealthSchema.parse(live.heard.health[0]);
    await gateway.appendTransitions(aTransition('health-1', { sensorId: 'health-1/p', priority: 'red' }));
    const unacknowledged = before.byUtility['gas']!.unacknowledged + 1;
    await live.until(() => live.heard.health.at(-1)?.byUtility['gas']?.unacknowledged === unacknowledged);
    expect(live.heard.health.at(-1)!.byUtility['gas']).toMatchObject({ worst: 'red' });
    expect(before.sensors).toBeGreaterThanOrEqual(2);
  });

  it('cuts off the clients of a session that is logged out, and no others', async () => {
    const own = await gateway.login('olga');
    const [mine, other] = [await connect({ token: own }), await connect()];
    expect((await gateway.send('DELETE', '/session', { token: own })).status).toBe(204);
    await mine.until(() => !mine.socket.connected);
    expect(other.socket.connected).toBe(true);
  });
});

describe('the live view after a start', () => {
  it('holds what the history has, and what came to the log after it; open alarms too', async () => {
    const sensors = [aSensor('a'), aSensor('b'), aSensor('c')];
    const gateway = await RunningGateway.start({}, async (ports) => {
      const device = await ports.records.registry.createDevice(aDevice('cold-1', { sensors }), ports.clock.nowMs());
      await ports.registry.reload();
      const [a, b] = device.sensors.map((sensor) => sensor.sensorNo) as [number, number];
      await appendReadings(ports, a, [[1_000, 1]]);
      await appendReadings(ports, b, [[1_000, 2]]);
      const [first] = await ports.log.read('readings', [0], 1);
      await ports.history.write({ blocks: [decodeBlock(first!.payload)], partition: 0, sequence: 1 });
      const raise = aTransition('cold-1.a', { sensorId: 'cold-1/a' });
      const other = aTransition('cold-1.b', { sensorId: 'cold-1/b', priority: 'red' });
      await appendTransitions(ports, [raise, other]);
      const cursor = { consumer: CONSUMERS.alarmProjector, partition: 0, sequence: 1 };
      await ports.records.alarms.project([{ transition: raise, streamSequence: 1 }], cursor);
    });
    try {
      const token = await gateway.login('olga');
      const known = await eventually(
        async () => {
          const answer = await gateway.send('GET', '/sensors?q=cold-1', { token });
          return ((await answer.json()) as { items: LiveSensor[] }).items;
        },
        (items) => items[1]?.last != null && items[1].alarm.state !== 'normal',
      );
      expect(known.map((sensor) => sensor.last?.value ?? null)).toEqual([1, 2, null]);
      expect(known.map((sensor) => sensor.alarm.priority)).toEqual(['orange', 'red', null]);
      const live = await LiveSocket.connect(gateway.url, { token });
      await live.until(() => live.heard.health.length > 0);
      // One of the two readings is not in the history yet.
      expect(live.heard.health[0]).toMatchObject({ sensors: 3, waiting: 1 });
      live.close();
    } finally {
      await gateway.stop();
    }
  });
});
