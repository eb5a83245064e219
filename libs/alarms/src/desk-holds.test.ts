import fc from 'fast-check';
import { alarmTransitionSchema, LONGEST_SHELF_MS, type AlarmAction, type AlarmTransition } from '@lifeline/contracts';
import type { AlarmBehaviour, AlarmDesk } from './index.js';
import { acknowledge, explainedBy, low, moved, newDesk } from './testing/builders.js';

type HoldKind = Exclude<AlarmAction['kind'], 'acknowledge' | 'feedback'>;

/** What person Li asks, who has seen everything up to `seenSequence`. */
function ask(
  kind: HoldKind,
  alarmId: string,
  atMs: number,
  seenSequence: number,
  untilMs = atMs + 60_000,
): AlarmAction {
  const common = { actionId: `${kind}${atMs}`, alarmId, actor: 'li', note: 'pump on test', atMs, seenSequence };
  if (kind === 'shelve') return { ...common, kind, untilMs };
  if (kind === 'remove-from-service') return { ...common, kind, permit: 'P-12' };
  return { ...common, kind };
}

const raised = (desk: AlarmDesk, over = {}) => moved(desk.condition(low('begin', 1000, over)));
const plain: AlarmBehaviour = { latches: false, reAlarmMs: null, mayBeShelved: true };

describe('shelving an alarm', () => {
  it('is signed, holds it back, and ends by itself at its time, announced anew while the condition is true', () => {
    const desk = newDesk();
    const { alarmId } = raised(desk);
    const shelved = moved(desk.act(ask('shelve', alarmId, 2000, 1, 50_000), 2000));
    expect(shelved).toMatchObject({
      event: 'shelve',
      state: 'shelved',
      actor: 'li',
      note: 'pump on test',
      holds: { active: true, shelvedUntilMs: 50_000 },
    });
    expect(alarmTransitionSchema.parse(shelved)).toEqual(shelved);
    expect(desk.tick(49_999)).toEqual([]);
    expect(desk.tick(55_000)).toMatchObject([
      { event: 'unshelve', state: 'unacknowledged', atMs: 50_000, actor: null },
    ]);
    expect(desk.tick(55_000)).toEqual([]);
  });

  it('is undone by a person', () => {
    const desk = newDesk();
    const { alarmId } = raised(desk);
    const shelved = moved(desk.act(ask('shelve', alarmId, 2000, 1), 2000));
    desk.condition(low('end', 2500));
    const back = moved(desk.act(ask('unshelve', alarmId, 3000, shelved.sequence + 1), 3000));
    expect(back).toMatchObject({ event: 'unshelve', state: 'normal', holds: null });
  });

  it('is refused where it is too long, over already, for level 1 of gas, or where too many are shelved', () => {
    const desk = newDesk({ mostShelved: 1 });
    const first = raised(desk);
    const second = raised(desk, { sensorNo: 2 });
    const red = raised(desk, { sensorNo: 3, priority: 'red' });
    const refusal = (alarm: AlarmTransition, untilMs: number) =>
      desk.act(ask('shelve', alarm.alarmId, 2000, 1, untilMs), 2000);
    expect(refusal(first, 2001 + LONGEST_SHELF_MS)).toEqual({ refused: 'shelf-too-long' });
    expect(refusal(first, 2000)).toEqual({ refused: 'shelf-too-long' });
    expect(refusal(red, 9000)).toEqual({ refused: 'never-shelved' });
    moved(refusal(first, 9000));
    expect(refusal(second, 9000)).toEqual({ refused: 'too-many-shelved' });
  });

  it('is refused to one who did not see the newest raise or hold', () => {
    const desk = newDesk();
    const { alarmId } = raised(desk);
    desk.condition(low('worsen', 1500, { priority: 'orange' }));
    expect(desk.act(ask('shelve', alarmId, 2000, 1), 2000)).toEqual({ refused: 'superseded' });
    const shelve = ask('shelve', alarmId, 2000, 2);
    const shelved = moved(desk.act(shelve, 2000));
    moved(desk.act(ask('unshelve', alarmId, 3000, shelved.sequence), 3000));
    // The log is read again after a crash: the old wish must not shelve it a second time.
    expect(desk.act(shelve, 4000)).toEqual({ refused: 'superseded' });
  });
});

describe('an alarm out of service', () => {
  it('is so under a permit until it is returned', () => {
    const desk = newDesk();
    const { alarmId } = raised(desk);
    const out = moved(desk.act(ask('remove-from-service', alarmId, 2000, 1), 2000));
    expect(out).toMatchObject({ state: 'out-of-service', holds: { permit: 'P-12' } });
    expect(desk.act(acknowledge(alarmId, 2500), 2500)).toEqual({ refused: 'not-in-this-state' });
    expect(desk.act(ask('unshelve', alarmId, 2600, 2), 2600)).toEqual({ refused: 'not-in-this-state' });
    const back = moved(desk.act(ask('return-to-service', alarmId, 3000, out.sequence), 3000));
    expect(back.state).toBe('unacknowledged');
  });

  it('is closed when its sensor leaves the registry', () => {
    const desk = newDesk();
    const { alarmId, sensorId } = raised(desk);
    moved(desk.act(ask('remove-from-service', alarmId, 2000, 1), 2000));
    expect(desk.withdraw(sensorId, 3000)).toMatchObject([{ event: 'clear', state: 'normal', holds: null }]);
  });
});

describe('an alarm that latches', () => {
  it('stands after its condition ended, until it is acknowledged and reset', () => {
    const desk = newDesk({ behaviour: () => ({ ...plain, latches: true }) });
    const { alarmId } = raised(desk);
    expect(desk.condition(low('end', 2000))?.state).toBe('latched-unacknowledged');
    expect(desk.act(ask('reset', alarmId, 2500, 2), 2500)).toEqual({ refused: 'not-in-this-state' });
    expect(moved(desk.act(acknowledge(alarmId, 3000), 3000)).state).toBe('latched-acknowledged');
    expect(moved(desk.act(ask('reset', alarmId, 4000, 3), 4000)).state).toBe('normal');
  });

  it('goes on as the same alarm where the condition is true again', () => {
    const desk = newDesk({ behaviour: () => ({ ...plain, latches: true }) });
    const { alarmId } = raised(desk);
    desk.condition(low('end', 2000));
    expect(desk.condition(low('begin', 3000))).toMatchObject({ alarmId, event: 'raise', state: 'unacknowledged' });
  });
});

describe('an acknowledgement', () => {
  it('grows old where the alarm is one that asks anew', () => {
    const desk = newDesk({ behaviour: () => ({ ...plain, reAlarmMs: 600_000 }) });
    const { alarmId } = raised(desk);
    moved(desk.act(acknowledge(alarmId, 5000), 5000));
    expect(desk.tick(604_999)).toEqual([]);
    const [again] = desk.tick(700_000);
    expect(again).toMatchObject({ event: 're-alarm', state: 'unacknowledged', atMs: 605_000 });
    expect(desk.tick(9_000_000)).toEqual([]);
    expect(desk.act(acknowledge(alarmId, 710_000, 2), 710_000)).toEqual({ refused: 'superseded' });
    expect(moved(desk.act(acknowledge(alarmId, 710_000, again!.sequence), 710_000)).state).toBe('acknowledged');
  });
});

describe('suppression by design', () => {
  it('keeps what it explains from being announced, and announces what is left when it ends', () => {
    let outage: string | undefined = 'substation-7';
    const desk = newDesk({
      explanations: explainedBy(({ sensorId }) => (sensorId.startsWith('dev-1/') ? outage : undefined)),
    });
    expect(raised(desk)).toMatchObject({
      event: 'raise',
      state: 'suppressed',
      holds: { suppressedBy: outage, explanation: { en: outage } },
    });
    expect(raised(desk, { sensorNo: 2 }).state).toBe('unacknowledged');
    expect(desk.reviseSuppression(1500)).toEqual([]);
    outage = undefined;
    expect(desk.reviseSuppression(2000)).toMatchObject([
      { event: 'unsuppress', state: 'unacknowledged', atMs: 2000, holds: null },
    ]);
    outage = 'substation-7';
    expect(desk.reviseSuppression(3000)).toMatchObject([{ event: 'suppress', state: 'suppressed' }]);
    desk.condition(low('end', 3500));
    outage = undefined;
    expect(desk.reviseSuppression(4000)).toMatchObject([{ event: 'unsuppress', state: 'normal' }]);
  });

  it('ends with the step that makes the alarm worse than what explains it may hide', () => {
    const desk = newDesk({ explanations: explainedBy(({ priority }) => (priority === 'red' ? undefined : 'works')) });
    expect(raised(desk).state).toBe('suppressed');
    expect(desk.condition(low('worsen', 2000, { priority: 'red', limit: 'low-low' }))).toMatchObject({
      event: 'escalate',
      state: 'unacknowledged',
      holds: null,
    });
    expect(desk.figures).toEqual({ announced: 0, held: 1, folded: 0 });
  });

  it('keeps the explanation an alarm has while it holds, though another would do', () => {
    let names = ['a'];
    const explanations = explainedBy(() => names);
    const desk = newDesk({ explanations });
    expect(raised(desk).holds?.suppressedBy).toBe('a');
    names = ['b', 'a'];
    expect(desk.reviseSuppression(2000)).toEqual([]);
    names = ['b'];
    expect(desk.reviseSuppression(3000)).toMatchObject([{ event: 'suppress', holds: { suppressedBy: 'b' } }]);
  });
});

describe('whatever people ask and whenever the desk is rebuilt', () => {
  const kinds: readonly HoldKind[] = ['shelve', 'unshelve', 'remove-from-service', 'return-to-service', 'reset'];
  const step = fc.oneof(
    fc.constantFrom('begin' as const, 'worsen' as const, 'end' as const, 'tick' as const, 'acknowledge' as const),
    fc.constantFrom(...kinds),
  );

  it('what was in the log is not said twice', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, latches) => {
        const ports = { behaviour: () => ({ latches, reAlarmMs: 3, mayBeShelved: true }) };
        const desk = newDesk(ports);
        const log: AlarmTransition[] = [];
        const inputs: ((desk: AlarmDesk) => AlarmTransition[])[] = [];
        steps.forEach((kind, i) => {
          const atMs = 1000 + i;
          const newest = log.at(-1);
          const input = inputOf(kind, newest?.alarmId ?? 'none', newest?.sequence ?? 0, atMs);
          inputs.push(input);
          log.push(...input(desk));
        });
        const after = newDesk(ports);
        for (const transition of log) after.fold(transition);
        expect(after.open()).toEqual(desk.open());
        const again = inputs.flatMap((input) => input(after));
        expect(again).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  function inputOf(kind: string, alarmId: string, seen: number, atMs: number): (desk: AlarmDesk) => AlarmTransition[] {
    const one = (answer: AlarmTransition | { refused: string } | undefined) =>
      answer && !('refused' in answer) ? [answer] : [];
    if (kind === 'tick') return (desk) => desk.tick(atMs);
    if (kind === 'acknowledge') return (desk) => one(desk.act(acknowledge(alarmId, atMs, seen), atMs));
    const hold = kinds.find((known) => known === kind);
    if (hold) return (desk) => one(desk.act(ask(hold, alarmId, atMs, seen, atMs + 4), atMs));
    const change = kind === 'begin' ? 'begin' : kind === 'worsen' ? 'worsen' : 'end';
    return (desk) => one(desk.condition(low(change, atMs, kind === 'worsen' ? { priority: 'orange' } : {})));
  }
});
