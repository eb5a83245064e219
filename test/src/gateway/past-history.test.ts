import { routes, type AlarmTransition } from '@lifeline/contracts';
import { CONSUMERS } from '@lifeline/reading-log';
import fc from 'fast-check';
import { aDevice, aSensor, aTransition } from '../contract/records-builders.js';
import { RunningGateway } from './running-gateway.js';

/** The city as it was: at any moment what the gateway gives is what the log comes to, folded up to then. */

const MINUTE_MS = 60_000;
const CHANNELS = ['p', 'q', 't', 'u'];

describe('the past', () => {
  let gateway: RunningGateway;
  let token: string;
  const nowMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const startMs = nowMs - 3 * 86_400_000;
  /** What happened, in the order in which it was written. */
  const readings: { channel: string; atMs: number; value: number }[] = [];
  const transitions: AlarmTransition[] = [];

  beforeAll(async () => {
    gateway = await RunningGateway.start({}, async (ports) => {
      const sensors = CHANNELS.map((channel) => aSensor(channel));
      await ports.records.registry.putDevices([aDevice('gas-1', { sensors })], startMs);
      await ports.registry.reload();
    });
    token = await gateway.login('olga');
    // Each sensor at its own pace, one of them falling silent early; some readings come late, and some come again.
    const paceMs: Record<string, number> = { p: 7_000, q: 61_000, t: 3_600_000, u: 5_000 };
    for (const channel of CHANNELS) {
      const end = channel === 'u' ? startMs + 40 * MINUTE_MS : startMs + 3 * 3_600_000;
      for (let atMs = startMs; atMs < end; atMs += paceMs[channel]!)
        readings.push({ channel, atMs, value: Math.sin(atMs / 1e5) });
    }
    readings.push(
      ...readings.filter((_, i) => i % 50 === 0).map((reading) => ({ ...reading, value: reading.value + 1 })),
    );
    let sequence = 0;
    for (const channel of CHANNELS) {
      const own = readings.filter((reading) => reading.channel === channel);
      const sensorNo = gateway.ports.registry.channels('gas-1')!.get(channel)!.sensorNo;
      await gateway.ports.history.write({
        partition: 0,
        sequence: ++sequence,
        blocks: [
          {
            arrivedAtMs: nowMs,
            inlet: 'test',
            sensorNo: Uint32Array.from(own, () => sensorNo),
            measuredAtMs: Float64Array.from(own, (reading) => reading.atMs),
            value: Float64Array.from(own, (reading) => reading.value),
            mark: new Uint8Array(own.length),
          },
        ],
      });
    }
    for (let i = 0; i < 30; i++) {
      const raisedAtMs = startMs + i * 5 * MINUTE_MS;
      const raise = aTransition(`gas-1.p.limit.${i}`, { raisedAtMs, atMs: raisedAtMs, sensorId: 'gas-1/p' });
      const step = (sequence: number, after: number, over: Partial<AlarmTransition>): AlarmTransition => ({
        ...{ ...raise, sequence, atMs: raisedAtMs + after * MINUTE_MS },
        ...over,
      });
      transitions.push(raise);
      if (i % 3 !== 0) transitions.push(step(2, 2, { event: 'acknowledge', state: 'acknowledged', actor: 'olga' }));
      if (i % 3 === 1) transitions.push(step(3, 11, { event: 'clear', state: 'normal' }));
      // Told late: measured before the step that was told before it.
      if (i % 3 === 2) transitions.push(step(3, 1, { event: 'escalate', state: 'unacknowledged', priority: 'red' }));
    }
    await gateway.ports.records.alarms.project(
      transitions.map((transition, i) => ({ transition, streamSequence: i + 1 })),
      { consumer: CONSUMERS.alarmProjector, partition: 0, sequence: transitions.length },
    );
  });
  afterAll(() => gateway.stop());

  const ask = async (path: string): Promise<unknown> => {
    const answer = await gateway.send('GET', path, { token });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const valuesAt = async (query: string, limit = 3) => {
    const values = new Map<string, readonly [number, number | null]>();
    let after: number | undefined;
    do {
      const page = routes.getPastValues.answer.parse(
        await ask(`/past/values?${query}&limit=${limit}${after === undefined ? '' : `&after=${after}`}`),
      );
      for (const [sensorId, atMs, value] of page.values) values.set(sensorId, [atMs, value]);
      after = page.next;
    } while (after !== undefined);
    return values;
  };
  const alarmsAt = async (atMs: number) =>
    routes.getPastAlarms.answer.parse(await ask(`/past/alarms?at=${atMs}`)).items;
  const movedIn = async (since: number, at: number) =>
    routes.getPastTransitions.answer.parse(await ask(`/past/transitions?since=${since}&at=${at}`));

  function foldValues(fromMs: number, atMs: number): Map<string, readonly [number, number]> {
    const newest = new Map<string, readonly [number, number]>();
    for (const reading of readings) {
      const known = newest.get(`gas-1/${reading.channel}`);
      if (reading.atMs > atMs || reading.atMs <= fromMs || (known && known[0] > reading.atMs)) continue;
      newest.set(`gas-1/${reading.channel}`, [reading.atMs, reading.value]);
    }
    return newest;
  }
  function foldAlarms(atMs: number): Map<string, AlarmTransition> {
    const newest = new Map<string, AlarmTransition>();
    for (const transition of transitions) {
      const known = newest.get(transition.alarmId);
      if (transition.atMs <= atMs && !(known && known.sequence > transition.sequence))
        newest.set(transition.alarmId, transition);
    }
    for (const [alarmId, { state }] of newest) if (state === 'normal') newest.delete(alarmId);
    return newest;
  }
  const moment = fc.integer({ min: -MINUTE_MS, max: 4 * 3_600_000 }).map((ms) => startMs + ms);
  const statesOf = (alarms: Iterable<AlarmTransition>) =>
    Object.fromEntries(
      [...alarms].map(({ alarmId, sequence, state, priority }) => [alarmId, [sequence, state, priority]]),
    );

  it('gives the values and alarms of any moment as the log folded until then', async () => {
    await fc.assert(
      fc.asyncProperty(moment, async (atMs) => {
        expect(await valuesAt(`at=${atMs}`)).toEqual(foldValues(0, atMs));
        expect(statesOf(await alarmsAt(atMs))).toEqual(statesOf(foldAlarms(atMs).values()));
      }),
      { numRuns: 25 },
    );
  });

  it('plays forward to what it gives of the later moment', async () => {
    await fc.assert(
      fc.asyncProperty(moment, fc.integer({ min: 1, max: 40 * MINUTE_MS }), async (fromMs, ms) => {
        const atMs = fromMs + ms;
        const played = new Map([
          ...(await valuesAt(`at=${fromMs}`)),
          ...(await valuesAt(`at=${atMs}&since=${fromMs}`)),
        ]);
        expect(played).toEqual(await valuesAt(`at=${atMs}`));
        const alarms = new Map<string, AlarmTransition>();
        const { items, untilMs } = await movedIn(fromMs, atMs);
        expect(untilMs).toBe(atMs);
        for (const transition of [...(await alarmsAt(fromMs)), ...items]) {
          const known = alarms.get(transition.alarmId);
          if (!known || known.sequence < transition.sequence) alarms.set(transition.alarmId, transition);
        }
        const open = [...alarms.values()].filter(({ state }) => state !== 'normal');
        expect(statesOf(open)).toEqual(statesOf(await alarmsAt(atMs)));
      }),
      { numRuns: 25 },
    );
  });

  it('tells each alarm of a moment with its life up to then and no further', async () => {
    const raised = transitions[1]!;
    const before = (await alarmsAt(raised.atMs + 2 * MINUTE_MS - 1)).find(({ alarmId }) => alarmId === raised.alarmId);
    expect(before).toMatchObject({ acknowledgedBy: null, clearedAtMs: null, transitions: [{ sequence: 1 }] });
    const after = (await alarmsAt(raised.atMs + 2 * MINUTE_MS)).find(({ alarmId }) => alarmId === raised.alarmId);
    expect(after).toMatchObject({ acknowledgedBy: 'olga', acknowledgedAtMs: raised.atMs + 2 * MINUTE_MS });
  });

  it('says how far its answer goes where there is too much for one', async () => {
    const atMs = nowMs - 3_600_000;
    const flood = Array.from({ length: 5_003 }, (_, i) =>
      aTransition(`flood.${i}`, { raisedAtMs: atMs + Math.floor(i / 2), atMs: atMs + Math.floor(i / 2) }),
    );
    await gateway.ports.records.alarms.project(
      flood.map((transition, i) => ({ transition, streamSequence: 1_000 + i })),
      { consumer: CONSUMERS.alarmProjector, partition: 0, sequence: 10_000 },
    );
    const first = await movedIn(atMs - 1, nowMs);
    expect(first.items.length).toBe(5_000);
    const rest = await movedIn(first.untilMs, nowMs);
    expect(rest.untilMs).toBe(nowMs);
    const ids = [...first.items, ...rest.items].map(({ alarmId }) => alarmId);
    expect(new Set(ids).size).toBe(flood.length);
    expect(ids.length).toBe(flood.length);
  });

  it('refuses a span that runs backwards, and a time that is none', async () => {
    for (const path of ['/past/values?at=5&since=6', '/past/transitions?at=5&since=5', '/past/alarms?at=noon'])
      expect((await gateway.send('GET', path, { token })).status).toBe(400);
  });
});
