import fc from 'fast-check';
import { alarmTransitionSchema, type AlarmAction, type AlarmTransition, type Priority } from '@lifeline/contracts';
import { alarmIdOf, isActive, type AlarmDesk, type Condition } from './index.js';
import { acknowledge, judge, low, lowLow, moved, newDesk, sensorOf } from './testing/builders.js';

describe('the alarm desk', () => {
  it('raises, is acknowledged and returns to normal', () => {
    const desk = newDesk();
    const raised = moved(desk.condition(low('begin', 1000)));
    expect(raised).toMatchObject({
      event: 'raise',
      state: 'unacknowledged',
      sequence: 1,
      raisedAtMs: 1000,
      atMs: 1000,
    });
    expect(raised.alarmId).toBe(alarmIdOf(sensorOf(1), 'limit', 1000));
    expect(alarmTransitionSchema.parse(raised)).toEqual(raised);
    const acknowledged = moved(desk.act(acknowledge(raised.alarmId, 5000), 5001));
    expect(acknowledged).toMatchObject({
      event: 'acknowledge',
      state: 'acknowledged',
      sequence: 2,
      actor: 'li',
      atMs: 5000,
    });
    const cleared = moved(desk.condition(low('end', 2000)));
    expect(cleared).toMatchObject({ event: 'clear', state: 'normal', sequence: 3, actor: null, raisedAtMs: 1000 });
    expect(desk.open()).toEqual([]);
  });

  it('keeps what cleared by itself until a person has seen it', () => {
    const desk = newDesk();
    const { alarmId } = moved(desk.condition(low('begin', 1000)));
    expect(moved(desk.condition(low('end', 2000))).state).toBe('returned-unacknowledged');
    expect(desk.open()).toHaveLength(1);
    expect(moved(desk.act(acknowledge(alarmId, 5000), 5000)).state).toBe('normal');
    expect(desk.open()).toEqual([]);
  });

  it('goes on with the same alarm where the condition is true again before anyone saw it', () => {
    const desk = newDesk();
    const first = moved(desk.condition(low('begin', 1000)));
    desk.condition(low('end', 2000));
    const again = moved(desk.condition(low('begin', 3000)));
    expect(again).toMatchObject({
      alarmId: first.alarmId,
      event: 'raise',
      state: 'unacknowledged',
      sequence: 3,
      raisedAtMs: 1000,
      atMs: 3000,
    });
  });

  it('gives a new alarm after the old one was closed', () => {
    const desk = newDesk();
    const first = moved(desk.condition(low('begin', 1000)));
    desk.act(acknowledge(first.alarmId, 1500), 1500);
    desk.condition(low('end', 2000));
    const second = moved(desk.condition(low('begin', 2000)));
    expect(second.alarmId).not.toBe(first.alarmId);
    expect(second.sequence).toBe(1);
    expect(desk.act(acknowledge(first.alarmId, 9000), 9000)).toEqual({ refused: 'alarm-unknown' });
  });

  it('asks for a new acknowledgement when a worse limit is crossed', () => {
    const desk = newDesk();
    const { alarmId } = moved(desk.condition(low('begin', 1000)));
    desk.act(acknowledge(alarmId, 1500), 1500);
    const worse = moved(desk.condition(lowLow('worsen', 2000)));
    expect(worse).toMatchObject({
      alarmId,
      event: 'escalate',
      state: 'unacknowledged',
      priority: 'orange',
      limit: { kind: 'low-low' },
    });
    expect(desk.condition(lowLow('worsen', 2500))).toBeUndefined();
  });

  it('refuses what cannot be acknowledged, with the reason', () => {
    const desk = newDesk();
    expect(desk.act(acknowledge('nobody', 1), 1)).toEqual({ refused: 'alarm-unknown' });
    const { alarmId } = moved(desk.condition(low('begin', 1000)));
    desk.act(acknowledge(alarmId, 1500), 1500);
    expect(desk.act(acknowledge(alarmId, 1600), 1600)).toEqual({ refused: 'already-acknowledged' });
    desk.condition(low('end', 2000));
    expect(desk.act(acknowledge(alarmId, 1700), 1700)).toEqual({ refused: 'not-open' });
  });

  it('does not let a repeated acknowledgement swallow what was raised after it', () => {
    const desk = newDesk();
    const { alarmId } = moved(desk.condition(low('begin', 1000)));
    desk.act(acknowledge(alarmId, 1500, 1), 1500);
    desk.condition(lowLow('worsen', 2000));
    expect(desk.act(acknowledge(alarmId, 1500, 1), 3000)).toEqual({ refused: 'superseded' });
    expect(desk.open()[0]?.state).toBe('unacknowledged');
  });

  it('does not acknowledge an escalation by one who saw only what was before', () => {
    const desk = newDesk();
    const { alarmId } = moved(desk.condition(low('begin', 1000)));
    const worse = moved(desk.condition(lowLow('worsen', 2000)));
    expect(desk.act(acknowledge(alarmId, 2100, 1), 2100)).toEqual({ refused: 'superseded' });
    expect(moved(desk.act(acknowledge(alarmId, 2200, worse.sequence), 2200)).state).toBe('acknowledged');
  });

  it.each(['new-normal', 'false-alarm'] as const)('takes the verdict %s once, and only on what learns', (verdict) => {
    const desk = newDesk();
    const limit = moved(desk.condition(low('begin', 1000)));
    expect(desk.act(judge(limit.alarmId, 1100, verdict), 1100)).toEqual({ refused: 'not-learned' });
    const { alarmId } = moved(desk.condition(low('begin', 1000, { rule: 'physics', limit: 'finding' })));
    expect(desk.act(judge(alarmId, 1200, verdict, 0), 1200)).toEqual({ refused: 'superseded' });
    const judged = moved(desk.act(judge(alarmId, 1300, verdict), 1300));
    const state = verdict === 'new-normal' ? 'normal' : 'acknowledged';
    expect(judged).toMatchObject({ event: verdict, state, actor: 'wei', note: 'so it is', sequence: 2, atMs: 1300 });
    expect(desk.act(judge(alarmId, 1300, verdict), 9000)).toEqual({ refused: 'repeated' });
    expect(desk.condition(low('begin', 1000, { rule: 'physics', limit: 'finding' }))).toBeUndefined();
  });

  it('closes an alarm that has returned with either verdict', () => {
    const desk = newDesk();
    const { alarmId } = moved(desk.condition(low('begin', 1000, { rule: 'group', limit: 'finding' })));
    desk.condition(low('end', 2000, { rule: 'group', limit: 'finding' }));
    expect(moved(desk.act(judge(alarmId, 2100, 'false-alarm'), 2100)).state).toBe('normal');
    expect(desk.act(judge(alarmId, 2200, 'new-normal'), 2200)).toEqual({ refused: 'not-open' });
  });

  it('passes over conditions of a sensor that the registry does not have', () => {
    expect(newDesk().condition(low('begin', 1000, { sensorNo: 99 }))).toBeUndefined();
  });

  it('clears what is active of a sensor that left the registry', () => {
    const desk = newDesk();
    desk.condition(low('begin', 1000));
    desk.condition(low('begin', 1000, { sensorNo: 2 }));
    const cleared = desk.withdraw('dev-1/pressure', 5000);
    expect(cleared).toHaveLength(1);
    expect(cleared[0]).toMatchObject({ event: 'clear', state: 'returned-unacknowledged', atMs: 5000 });
    expect(cleared[0]?.reason.zh).toContain('台账');
    expect(desk.withdraw('dev-1/pressure', 6000)).toEqual([]);
  });

  it('forgets closed alarms when told, and no open one', () => {
    const desk = newDesk();
    const { alarmId } = moved(desk.condition(low('begin', 1000)));
    desk.condition(low('end', 2000));
    desk.forgetClosed();
    expect(desk.state().entries).toHaveLength(1);
    desk.act(acknowledge(alarmId, 3000), 3000);
    desk.forgetClosed();
    expect(desk.state().entries).toEqual([]);
  });
});

/** What an engine and people may do, one step each; times grow by the position in the list. */
const step = fc.record({
  sensorNo: fc.integer({ min: 0, max: 1 }),
  what: fc.constantFrom('begin', 'worsen', 'end', 'acknowledge'),
  priority: fc.constantFrom<Priority>('red', 'orange', 'yellow'),
  outer: fc.boolean(),
});
type Step = { sensorNo: number; what: string; priority: Priority; outer: boolean };

function take(desk: AlarmDesk, { sensorNo, what, priority, outer }: Step, atMs: number): AlarmTransition | undefined {
  if (what === 'acknowledge') {
    const open = desk.open().find((alarm) => alarm.sensorId === sensorOf(sensorNo).sensorId);
    const answer = desk.act(acknowledge(open?.alarmId ?? 'none', atMs, open?.sequence ?? 0), atMs);
    return 'refused' in answer ? undefined : answer;
  }
  return desk.condition(
    low(what as Condition['change'], atMs, { sensorNo, priority, limit: outer ? 'high-high' : 'high' }),
  );
}

describe('whatever happens, the alarm desk', () => {
  it('follows ISA-18.2 as a plain model of one alarm does', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const desk = newDesk();
        const model = [0, 1].map(() => ({ active: false, seen: true, sequence: 0 }));
        steps.forEach((given, i) => {
          const expected = model[given.sensorNo]!;
          const transition = take(desk, given, 1000 + i);
          if (transition) {
            // A closed alarm that comes again starts at one.
            expected.sequence = expected.active || !expected.seen ? expected.sequence + 1 : 1;
            expect(transition.sequence).toBe(expected.sequence);
          }
          if (transition && given.what === 'acknowledge') expected.seen = true;
          if (given.what === 'end') expected.active = false;
          if ((given.what === 'begin' || given.what === 'worsen') && transition) {
            expected.active = true;
            expected.seen = false;
          }
          const open = desk.open().find((alarm) => alarm.sensorId === sensorOf(given.sensorNo).sensorId);
          expect(open !== undefined && isActive(open)).toBe(expected.active);
          expect(open === undefined || open.state === 'acknowledged').toBe(expected.seen);
        });
      }),
    );
  });

  it('says nothing twice: after a crash the log and the same input again change nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(), fc.nat(), (steps, checkpointAt, crashAt) => {
        const crash = steps.length ? crashAt % (steps.length + 1) : 0;
        const checkpoint = crash ? checkpointAt % (crash + 1) : 0;
        const desk = newDesk();
        let saved = desk.state();
        const log: AlarmTransition[] = [];
        const actions = new Map<number, AlarmAction>();
        steps.slice(0, crash).forEach((given, i) => {
          if (i === checkpoint) {
            saved = desk.state();
            log.length = 0;
          }
          if (given.what === 'acknowledge') {
            const open = desk.open().find((alarm) => alarm.sensorId === sensorOf(given.sensorNo).sensorId);
            actions.set(i, acknowledge(open?.alarmId ?? 'none', 1000 + i, open?.sequence ?? 0));
          }
          const transition = take(desk, given, 1000 + i);
          if (transition) log.push(transition);
        });
        if (checkpoint >= crash) {
          saved = desk.state();
          log.length = 0;
        }
        const after = newDesk();
        after.restore(JSON.parse(JSON.stringify(saved)));
        for (const transition of log) after.fold(transition);
        for (const transition of log) after.fold(transition);
        expect(after.open()).toEqual(desk.open());
        for (let i = checkpoint; i < crash; i++) {
          const given = steps[i]!;
          const action = actions.get(i);
          const repeated = action ? after.act(action, 99_999) : take(after, given, 1000 + i);
          expect(repeated === undefined || 'refused' in repeated).toBe(true);
        }
        expect(after.open()).toEqual(desk.open());
      }),
      { numRuns: 500 },
    );
  });
});
