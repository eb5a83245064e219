import type { AlarmTransition, Sensor } from '@lifeline/contracts';
import { DUPLICATE, type ReadingBlock } from '@lifeline/readings';
import { alarmOf } from '@lifeline/records';
import fc from 'fast-check';
import { LiveView, allowedSilenceMs } from './live-view.js';

const DEVICE = { name: 'Regulator', createdAtMs: 0 };

function aSensor(sensorNo: number, given: Partial<Sensor> = {}): Sensor {
  return {
    sensorId: `d/${sensorNo}`,
    sensorNo,
    deviceId: 'd',
    channel: String(sensorNo),
    utility: 'gas',
    name: 'Pressure',
    unit: 'kPa',
    lon: 113.1,
    lat: 30.7,
    assetId: null,
    type: null,
    intervalS: 60,
    range: null,
    limits: {},
    ...given,
  };
}

/** Rows: sensorNo, measuredAtMs, value, mark. */
function aBlock(arrivedAtMs: number, ...rows: readonly (readonly [number, number, number, number?])[]): ReadingBlock {
  return {
    arrivedAtMs,
    inlet: 'mqtt',
    sensorNo: Uint32Array.from(rows, (row) => row[0]),
    measuredAtMs: Float64Array.from(rows, (row) => row[1]),
    value: Float64Array.from(rows, (row) => row[2]),
    mark: Uint8Array.from(rows, (row) => row[3] ?? 0),
  };
}

function aTransition(alarmId: string, given: Partial<AlarmTransition> = {}): AlarmTransition {
  return {
    alarmId,
    sequence: 1,
    sensorId: 'd/1',
    assetId: null,
    utility: 'gas',
    rule: 'limit',
    event: 'raise',
    state: 'unacknowledged',
    priority: 'yellow',
    raisedAtMs: 1,
    atMs: 1,
    value: 1,
    unit: 'kPa',
    limit: null,
    reason: { en: '', zh: '' },
    evidence: null,
    holds: null,
    position: null,
    sensorName: 'Pressure',
    actor: null,
    note: null,
    ...given,
  };
}

describe('the live view', () => {
  it('holds the newest measured value whatever the order of arrival', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 50 }), (times) => {
        const view = new LiveView();
        view.putSensor(aSensor(3), DEVICE);
        times.forEach((atMs, i) => view.feed(aBlock(10_000 + i, [3, atMs, atMs * 2])));
        const newest = Math.max(...times);
        expect(view.liveValue(3)).toEqual(['d/3', newest, newest * 2, 'good']);
      }),
    );
  });

  it('lets no clock that is ahead hide what comes after', () => {
    const view = new LiveView();
    view.putSensor(aSensor(3), DEVICE);
    view.feed(aBlock(1_000, [3, 99_000_000, 1, 4]));
    expect(view.liveValue(3)).toEqual(['d/3', 99_000_000, 1, 'bad']);
    view.feed(aBlock(2_000, [3, 1_990, 2]));
    expect(view.liveValue(3)).toEqual(['d/3', 1_990, 2, 'good']);
  });

  it('leaves repeats out, shows what is no number as none, and knows sensors of any number', () => {
    const view = new LiveView();
    view.putSensor(aSensor(50_000), DEVICE);
    view.feed(aBlock(1_000, [50_000, 900, 7, DUPLICATE]));
    expect(view.liveValue(50_000)).toBeUndefined();
    view.feed(aBlock(1_000, [50_000, 900, NaN, 7]));
    expect(view.liveValue(50_000)).toEqual(['d/50000', 900, null, 'bad']);
    expect(view.liveSensor(50_000, 1_000)?.last).toMatchObject({ value: null, reason: 'not-a-number' });
    expect(view.liveSensor(1, 0)).toBeUndefined();
  });

  it('names each sensor that changed once, until it is taken', () => {
    const view = new LiveView();
    view.feed(aBlock(1_000, [1, 1, 1], [2, 1, 1], [1, 2, 2]));
    view.feed(aBlock(1_001, [1, 3, 3], [1, 2, 2]));
    expect([...view.values.takeDirty()].sort()).toEqual([1, 2]);
    expect([...view.values.takeDirty()]).toEqual([]);
    view.feed(aBlock(1_002, [2, 5, 5]));
    expect([...view.values.takeDirty()]).toEqual([2]);
  });

  it('calls a sensor stale once it is silent for longer than allowed, counted from its registration where it never spoke', () => {
    const view = new LiveView();
    view.putSensor(aSensor(1, { limits: { staleAfterS: 10 } }), { name: 'D', createdAtMs: 5_000 });
    expect(view.liveSensor(1, 15_000)).toMatchObject({ last: null, stale: false });
    expect(view.liveSensor(1, 15_001)).toMatchObject({ last: null, stale: true });
    view.feed(aBlock(20_000, [1, 20_000, 1]));
    expect(view.liveSensor(1, 30_000)?.stale).toBe(false);
    expect(view.liveSensor(1, 30_001)?.stale).toBe(true);
    expect(allowedSilenceMs({ intervalS: 5, limits: {} })).toBe(60_000);
    expect(allowedSilenceMs({ intervalS: 600, limits: {} })).toBe(1_800_000);
  });

  it('counts who reports, what waits for people and what is worst, by utility', () => {
    const view = new LiveView();
    for (const no of [1, 2]) view.putSensor(aSensor(no), DEVICE);
    view.putSensor(aSensor(3, { utility: 'power' }), DEVICE);
    view.feed(aBlock(100_000, [1, 100_000, 1]));
    view.alarms.apply(aTransition('a'));
    view.alarms.apply(aTransition('b', { priority: 'red', state: 'acknowledged' }));
    const health = view.health(101_000, 5);
    expect(health).toMatchObject({ sensors: 3, reporting: 1, lastArrivalMs: 100_000, waiting: 5 });
    expect(health.byUtility['gas']).toEqual({ sensors: 2, reporting: 1, unacknowledged: 1, worst: 'red' });
    expect(health.byUtility['power']).toEqual({ sensors: 1, reporting: 0, unacknowledged: 0, worst: null });
  });

  it('takes the rate of readings over ten seconds', () => {
    const view = new LiveView();
    view.feed(aBlock(100_500, [1, 1, 1], [2, 1, 1], [2, 1, 1, DUPLICATE]));
    view.feed(aBlock(105_500, [1, 2, 1]));
    expect(view.health(106_000, 0).readingsPerSecond).toBe(0.3);
    expect(view.health(111_000, 0).readingsPerSecond).toBe(0.1);
    expect(view.health(200_000, 0).readingsPerSecond).toBe(0);
  });

  it('forgets a removed sensor, and knows a moved or renamed one by its new facts alone', () => {
    const view = new LiveView();
    view.putSensor(aSensor(1, { assetId: 'A' }), DEVICE);
    view.putSensor(aSensor(1, { assetId: 'B', lon: 10, lat: 10 }), DEVICE);
    expect([...view.sensorNosOfAsset('A')]).toEqual([]);
    expect([...view.sensorNosOfAsset('B')]).toEqual([1]);
    view.removeSensor(1);
    expect(view.sensorNo('d/1')).toBeUndefined();
    expect([...view.sensorNosOfAsset('B')]).toEqual([]);
    expect(view.health(0, 0).sensors).toBe(0);
  });
});

describe('open alarms', () => {
  const view = () => new LiveView().alarms;

  it('gives a sensor the state that most needs a person and its worst priority', () => {
    const alarms = view();
    alarms.apply(aTransition('a', { state: 'acknowledged', priority: 'red' }));
    alarms.apply(aTransition('b', { priority: 'blue' }));
    expect(alarms.ofSensor('d/1')).toEqual({ state: 'unacknowledged', priority: 'red', alarmIds: ['a', 'b'] });
    expect(alarms.ofSensor('d/2')).toEqual({ state: 'normal', priority: null, alarmIds: [] });
  });

  it('takes a transition once, holds its whole life, and lets a closed alarm go from its sensor', () => {
    const alarms = view();
    const raise = aTransition('a');
    expect(alarms.apply(raise)).toBe(true);
    expect(alarms.apply(raise)).toBe(false);
    alarms.apply(aTransition('a', { sequence: 2, event: 'acknowledge', state: 'acknowledged', actor: 'olga' }));
    alarms.apply(aTransition('a', { sequence: 3, event: 'clear', state: 'normal', atMs: 9 }));
    expect(alarms.ofSensor('d/1').alarmIds).toEqual([]);
    expect([...alarms.all()]).toEqual([]);
    expect(alarms.alarm('a')).toMatchObject({ state: 'normal', acknowledgedBy: 'olga', clearedAtMs: 9 });
    expect(alarms.alarm('a')?.transitions).toHaveLength(3);
  });

  it('prefers the stream over an older state of the records', () => {
    const alarms = view();
    alarms.apply(aTransition('a'));
    alarms.apply(aTransition('a', { sequence: 2, event: 'escalate', priority: 'red' }));
    alarms.load(alarmOf([aTransition('a')]));
    expect(alarms.alarm('a')?.priority).toBe('red');
  });
});
