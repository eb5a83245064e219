import fc from 'fast-check';
import { createAlarmDesk, isActive, type AlarmDesk, type Condition } from '@lifeline/alarms';
import type { AlarmTransition, Asset, Evidence, Priority, Sensor } from '@lifeline/contracts';
import { createUpstreamOutages, RETURN_GRACE_MS, UPSTREAM } from '../index.js';
import { ASSETS, GRAPH } from '../testing/builders.js';

/** A real alarm desk over the test city's assets; a sensor is named `asset/type`, gas and bridges stand behind gateways. */
const START = 1_700_000_000_000;
const TYPES = ['U_10', 'U_LV', 'LOAD', 'P_MID', 'P_LOW', 'CH4_MH', 'LVL_SP', 'POND', 'STRN'];
const sensors: Sensor[] = ASSETS.flatMap((asset) => TYPES.map((type) => sensorOf(asset, type)));
const numberOf = new Map(sensors.map(({ sensorId, sensorNo }) => [sensorId, sensorNo]));
const byId = new Map(sensors.map((sensor) => [sensor.sensorId, sensor]));
const gatewayOf = (utility: string): string | null => ({ gas: 'gw-gas', bridge: 'gw-bridge' })[utility] ?? null;

function sensorOf(asset: Asset, type: string): Sensor {
  return {
    ...{ sensorId: `${asset.assetId}/${type}`, sensorNo: ASSETS.indexOf(asset) * 100 + TYPES.indexOf(type) },
    ...{ deviceId: asset.assetId, channel: type, utility: asset.utility, name: `${asset.assetId} ${type}`, unit: '1' },
    ...{ lon: 118, lat: 32, assetId: asset.assetId, type, intervalS: 60, range: null, limits: {} },
  };
}

function newDesk(): AlarmDesk {
  const byNo = new Map(sensors.map((sensor) => [sensor.sensorNo, sensor]));
  return createAlarmDesk({
    sensor: (no) => byNo.get(no),
    explanations: createUpstreamOutages({
      graph: GRAPH,
      sensorOf: (sensorId) => {
        const sensor = byId.get(sensorId);
        return sensor && { type: sensor.type, gatewayId: gatewayOf(sensor.utility) };
      },
    }),
  });
}

type Limit = Condition['limit'];
function condition(
  sensorId: string,
  change: Condition['change'],
  limit: Limit,
  atS: number,
  over: { priority?: Priority; test?: string } = {},
): Condition {
  const rule = limit === 'stale' ? 'stale' : limit === 'finding' ? 'physics' : 'limit';
  const evidence: Evidence | null =
    over.test === undefined
      ? null
      : {
          test: over.test,
          expected: null,
          residual: null,
          carriers: [],
          confidence: null,
          location: null,
          figures: [],
        };
  return {
    ...{ sensorNo: numberOf.get(sensorId)!, rule, change, limit, limitValue: 1, value: 1, atMs: START + atS * 1000 },
    ...{ priority: over.priority ?? 'yellow', reason: { en: 'x', zh: '某' }, evidence },
  };
}
const at = (s: number) => START + s * 1000;
const stateOf = (desk: AlarmDesk, sensorId: string) => desk.open().find((one) => one.sensorId === sensorId)?.state;
const lost = (desk: AlarmDesk, assetId = 'sub-1', atS = 0): AlarmTransition =>
  desk.condition(condition(`${assetId}/U_10`, 'begin', 'low-low', atS, { priority: 'orange' }))!;

describe('a substation that lost its supply', () => {
  it('explains the voltage of what it feeds, by name, and shows itself', () => {
    const desk = newDesk();
    const cause = lost(desk);
    const effect = desk.condition(condition('tx-1/U_LV', 'begin', 'low-low', 5));
    expect(cause.state).toBe('unacknowledged');
    expect(effect).toMatchObject({
      event: 'raise',
      state: 'suppressed',
      holds: { suppressedBy: UPSTREAM + cause.alarmId },
    });
    expect(effect!.holds!.explanation).toEqual({
      en: 'SUB-1 lost supply (alarm of sub-1 U_10)',
      zh: 'sub-1号失去供应（见sub-1 U_10报警）',
    });
  });

  it('explains what was measured a little before it, as soon as it is known', () => {
    const desk = newDesk();
    expect(desk.condition(condition('tx-1/U_LV', 'begin', 'low-low', 0))?.state).toBe('unacknowledged');
    lost(desk, 'sub-1', 40);
    expect(desk.reviseSuppression(at(41))).toMatchObject([
      { event: 'suppress', state: 'suppressed', sensorId: 'tx-1/U_LV', atMs: at(40) },
    ]);
  });

  it('explains neither what it does not feed nor what was wrong long before', () => {
    const desk = newDesk();
    expect(desk.condition(condition('tx-2/U_LV', 'begin', 'low', 0))?.state).toBe('unacknowledged');
    lost(desk, 'sub-1', 600);
    expect(desk.condition(condition('tx-3/U_LV', 'begin', 'low-low', 605))?.state).toBe('unacknowledged');
    expect(desk.reviseSuppression(at(606))).toEqual([]);
  });

  it('no longer does once it is fed again and had a moment to return', () => {
    const desk = newDesk();
    lost(desk);
    desk.condition(condition('tx-1/U_LV', 'begin', 'low-low', 5));
    desk.condition(condition('sub-1/U_10', 'end', 'low-low', 100));
    expect(desk.reviseSuppression(at(100) + RETURN_GRACE_MS - 1)).toEqual([]);
    expect(desk.reviseSuppression(at(100) + RETURN_GRACE_MS + 999)).toMatchObject([
      { event: 'unsuppress', state: 'unacknowledged', sensorId: 'tx-1/U_LV', atMs: at(100) + RETURN_GRACE_MS },
    ]);
  });

  it('explains through a feeder that it explains itself, whose own word then counts no more', () => {
    const desk = newDesk();
    const feeder = condition('fdr-1/LOAD', 'begin', 'finding', 0, { priority: 'orange', test: 'feeder-outage' });
    const own = desk.condition(feeder)!;
    expect(desk.condition(condition('tx-1/U_LV', 'begin', 'low-low', 1))!.holds!.suppressedBy).toBe(
      UPSTREAM + own.alarmId,
    );
    const cause = lost(desk, 'sub-1', 10);
    desk.reviseSuppression(at(11));
    desk.reviseSuppression(at(12));
    expect(desk.open().map(({ sensorId, holds }) => [sensorId, holds?.suppressedBy ?? null])).toEqual([
      ['fdr-1/LOAD', UPSTREAM + cause.alarmId],
      ['tx-1/U_LV', UPSTREAM + cause.alarmId],
      ['sub-1/U_10', null],
    ]);
  });
});

describe('a danger of its own is shown whatever failed above it', () => {
  it.each<[string, Condition]>([
    ['gas in a manhole while the gate station is down', condition('mh-1/CH4_MH', 'begin', 'high', 5)],
    ['a leak by the balance of the pipe', condition('pipe-1/P_MID', 'begin', 'finding', 5, { test: 'mass-balance' })],
    ['water in the sump of a pump without power', condition('pump/LVL_SP', 'begin', 'high', 5)],
    ['water on a road', condition('low-1/POND', 'begin', 'high', 5)],
    ['anything of priority 1', condition('tx-1/U_LV', 'begin', 'low-low', 5, { priority: 'red' })],
    ['a voltage that is too high', condition('tx-1/U_LV', 'begin', 'high', 5)],
    ['a bridge', condition('brg-1/STRN', 'begin', 'high', 5)],
  ])('%s', (_, danger) => {
    const desk = newDesk();
    lost(desk);
    desk.condition(condition('gate/P_MID', 'begin', 'low-low', 0, { priority: 'orange' }));
    expect(desk.condition(danger)?.state).toBe('unacknowledged');
    expect(desk.reviseSuppression(at(6)).filter(({ sensorId }) => numberOf.get(sensorId) === danger.sensorNo)).toEqual(
      [],
    );
  });

  it('and at once where it becomes one', () => {
    const desk = newDesk();
    lost(desk);
    expect(desk.condition(condition('tx-1/U_LV', 'begin', 'low', 5))?.state).toBe('suppressed');
    const worse = condition('tx-1/U_LV', 'worsen', 'low-low', 9, { priority: 'red' });
    expect(desk.condition(worse)).toMatchObject({ event: 'escalate', state: 'unacknowledged', holds: null });
  });
});

describe('a silent gateway', () => {
  const silent = (desk: AlarmDesk, assetId: string, atS: number, change: 'begin' | 'end' = 'begin') =>
    desk.condition(condition(`${assetId}/STRN`, change, 'stale', atS, { priority: 'blue' }));

  it('is one line: the first that fell silent explains the others, once there are three devices', () => {
    const desk = newDesk();
    for (let i = 0; i < 2; i++) silent(desk, `brg-${i}`, 10 * i);
    expect(desk.reviseSuppression(at(15))).toEqual([]);
    for (let i = 2; i < 6; i++) silent(desk, `brg-${i}`, 10 * i);
    desk.reviseSuppression(at(60));
    expect(desk.open().map(({ state }) => state)).toEqual(['unacknowledged', ...Array<string>(5).fill('suppressed')]);
    expect(desk.open()[3]!.holds!.explanation!.en).toBe('Gateway gw-bridge is silent (alarm of brg-0 STRN)');
  });

  it('hides no other alarm of a device behind it, and not a device that fell silent hours later', () => {
    const desk = newDesk();
    for (let i = 0; i < 4; i++) silent(desk, `brg-${i}`, i);
    expect(desk.condition(condition('brg-5/STRN', 'begin', 'high', 5))?.state).toBe('unacknowledged');
    expect(silent(desk, 'brg-9', 7200)?.state).toBe('unacknowledged');
  });

  it('gives its line to the next where the first is heard again, and gives all back where too few are left', () => {
    const desk = newDesk();
    for (let i = 0; i < 4; i++) silent(desk, `brg-${i}`, i);
    desk.reviseSuppression(at(10));
    silent(desk, 'brg-0', 100, 'end');
    desk.reviseSuppression(at(100) + RETURN_GRACE_MS);
    expect([0, 1, 2, 3].map((i) => stateOf(desk, `brg-${i}/STRN`))).toEqual([
      'returned-unacknowledged',
      'unacknowledged',
      'suppressed',
      'suppressed',
    ]);
    silent(desk, 'brg-1', 300, 'end');
    desk.reviseSuppression(at(300) + RETURN_GRACE_MS);
    expect([2, 3].map((i) => stateOf(desk, `brg-${i}/STRN`))).toEqual(['unacknowledged', 'unacknowledged']);
  });
});

describe('whatever fails in whatever order', () => {
  const pool: readonly (readonly [string, Limit, string?])[] = [
    ['sub-1/U_10', 'low-low'],
    ['fdr-1/LOAD', 'finding', 'feeder-outage'],
    ['fdr-2/LOAD', 'finding', 'feeder-outage'],
    ['tx-1/U_LV', 'low-low'],
    ['tx-2/U_LV', 'low'],
    ['pump/LVL_SP', 'high'],
    ['gate/P_MID', 'low-low'],
    ['reg-1/P_LOW', 'low'],
    ['mh-1/CH4_MH', 'high'],
    ...[0, 1, 2, 3].map((i) => [`brg-${i}/STRN`, 'stale'] as const),
  ];
  const step = fc.record({
    of: fc.constantFrom(...pool),
    what: fc.constantFrom('begin' as const, 'begin' as const, 'end' as const, 'revise' as const),
    lateS: fc.constantFrom(0, 0, 0, 20, 200),
  });
  interface Step {
    readonly of: (typeof pool)[number];
    readonly what: 'begin' | 'end' | 'revise' | 'nothing';
    readonly lateS: number;
  }
  /** The engine tells the begins and ends of one condition in the order of their times, however late. */
  const inOrderOfEach = (steps: readonly Step[]): Step[] => {
    const newestS = new Map<string, number>();
    return steps.map((one, i) => {
      const toldS = 30 * i;
      const measuredS = Math.max(toldS - one.lateS, (newestS.get(one.of[0]) ?? -Infinity) + 1);
      newestS.set(one.of[0], measuredS);
      return { ...one, lateS: toldS - measuredS };
    });
  };
  const play = (desk: AlarmDesk, steps: readonly Step[], from = 0): AlarmTransition[] =>
    steps.flatMap(({ of: [sensorId, limit, test], what, lateS }, i) => {
      const atS = 1000 + 30 * (from + i);
      if (what === 'nothing') return [];
      if (what === 'revise') return desk.reviseSuppression(at(atS));
      return desk.condition(condition(sensorId, what, limit, atS - lateS, test === undefined ? {} : { test })) ?? [];
    });
  const settle = (desk: AlarmDesk): void => {
    for (let round = 0; round < 4; round++) desk.reviseSuppression(at(1_000_000 + round));
  };

  it('what is suppressed names an alarm that is active and not suppressed itself, and no danger is suppressed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const desk = newDesk();
        play(desk, steps);
        settle(desk);
        for (const { sensorId, holds } of desk.open()) {
          if (!holds) continue;
          const cause = desk.alarm(holds.suppressedBy!.slice(UPSTREAM.length))!;
          expect([cause.state === 'suppressed', isActive(cause)]).toEqual([false, true]);
          expect(['pump/LVL_SP', 'mh-1/CH4_MH']).not.toContain(sensorId);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a desk rebuilt from a checkpoint and the log says nothing twice and ends in the same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.nat(), fc.nat(), (given, a, b) => {
        const steps = inOrderOfEach(given);
        const crash = a % (steps.length + 1);
        const saved = b % (crash + 1);
        const [desk, plain] = [newDesk(), newDesk()];
        play(plain, steps);
        play(desk, steps.slice(0, saved));
        const state = JSON.parse(JSON.stringify(desk.state())) as ReturnType<AlarmDesk['state']>;
        const log = play(desk, steps.slice(saved, crash), saved);
        const after = newDesk();
        after.restore(state);
        for (const transition of log) after.fold(transition);
        // What was read since the checkpoint is read again; the time is another by then.
        const again = steps
          .slice(saved, crash)
          .map((one) => (one.what === 'revise' ? { ...one, what: 'nothing' as const } : one));
        expect(play(after, again, saved)).toEqual([]);
        expect(after.open()).toEqual(desk.open());
        play(after, steps.slice(crash), crash);
        for (const one of [after, plain]) settle(one);
        expect(after.open()).toEqual(plain.open());
      }),
      { numRuns: 300 },
    );
  });
});
