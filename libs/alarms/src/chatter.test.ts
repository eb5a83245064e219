import fc from 'fast-check';
import { alarmTransitionSchema, type AlarmTransition } from '@lifeline/contracts';
import { CHATTER_CRITERIA, isActive, isConditionTrue, type AlarmDesk } from './index.js';
import { acknowledge, low, lowLow, moved, newDesk } from './testing/builders.js';

const SECOND = 1000;
const MINUTE = 60_000;
const QUIET = CHATTER_CRITERIA[0]!.quietMs;
const desk = () => newDesk({ chatter: CHATTER_CRITERIA });

/** Begins at these seconds, each over five seconds later at a value so far past the limit of 200. */
function comeAndGo(on: AlarmDesk, seconds: readonly number[], back = 3): AlarmTransition[] {
  return seconds.flatMap((s) => {
    const begun = on.condition(low('begin', s * SECOND));
    const over = on.condition(low('end', (s + 5) * SECOND, { value: 200 + back }));
    return [begun, over].filter((one) => one !== undefined);
  });
}

describe('an alarm that comes three times in a minute', () => {
  it('becomes one standing line that says how often it came', () => {
    const on = desk();
    const told = comeAndGo(on, [0.001, 20, 40]);
    expect(told.map(({ event, state }) => `${event} ${state}`)).toEqual([
      'raise unacknowledged',
      'clear returned-unacknowledged',
      'raise unacknowledged',
      'clear returned-unacknowledged',
      'raise unacknowledged',
    ]);
    expect(told.at(-1)!.chatter).toEqual({
      ...{ times: 3, sinceMs: 1, newestMs: 40 * SECOND, longestGapMs: 15 * SECOND, deepestReturn: 3, quietMs: QUIET },
    });
    expect(alarmTransitionSchema.parse(told.at(-1))).toEqual(told.at(-1));
    expect(comeAndGo(on, [50, 60, 70])).toEqual([]);
    expect(on.open()).toHaveLength(1);
    expect(on.figures).toEqual({ announced: 3, held: 0, folded: 3 });
  });

  it('is not one where the third is a minute after the first', () => {
    const on = desk();
    const told = comeAndGo(on, [0.001, 30, 60.001]);
    expect(told).toHaveLength(6);
    expect(told.some(({ chatter }) => chatter !== undefined)).toBe(false);
  });

  it('tells its number anew at most once a minute, moving nothing', () => {
    const on = desk();
    comeAndGo(on, [0.001, 10, 20]);
    const { alarmId, sequence } = on.open()[0]!;
    moved(on.act(acknowledge(alarmId, 25 * SECOND, sequence), 25 * SECOND));
    const told = comeAndGo(
      on,
      Array.from({ length: 12 }, (_, i) => 30 + 10 * i),
      7,
    );
    expect(told.map(({ event, state, chatter }) => [event, state, chatter!.times])).toEqual([
      ['chatter', 'acknowledged', 9],
      ['chatter', 'acknowledged', 15],
    ]);
    expect(told[1]!.chatter).toMatchObject({ longestGapMs: 5 * SECOND, deepestReturn: 7 });
  });

  it('is announced again where it gets worse, once', () => {
    const on = desk();
    comeAndGo(on, [0.001, 10, 20]);
    const { alarmId, sequence } = on.open()[0]!;
    moved(on.act(acknowledge(alarmId, 25 * SECOND, sequence), 25 * SECOND));
    on.condition(low('begin', 30 * SECOND));
    expect(on.condition(lowLow('worsen', 31 * SECOND))).toMatchObject({
      event: 'escalate',
      state: 'unacknowledged',
      priority: 'orange',
      chatter: { times: 4 },
    });
    on.condition(low('end', 32 * SECOND));
    on.condition(low('begin', 33 * SECOND));
    expect(on.condition(lowLow('worsen', 34 * SECOND))).toBeUndefined();
  });

  it('ends once it was quiet for its extended off-delay, at that time', () => {
    const on = desk();
    comeAndGo(on, [0.001, 10, 20]);
    expect(on.tick(25 * SECOND + QUIET - 1)).toEqual([]);
    const [over] = on.tick(25 * SECOND + QUIET + 700);
    expect(over).toMatchObject({ event: 'clear', state: 'returned-unacknowledged', atMs: 25 * SECOND + QUIET });
    expect(over!.chatter).toBeUndefined();
    expect(over!.reason.en).toBe('Quiet for 5 min, after it came 3 times in 1 min');
    expect(on.tick(2 * QUIET)).toEqual([]);
  });

  it('settles as an alarm like any other where its condition stays on', () => {
    const on = desk();
    comeAndGo(on, [0.001, 10, 20]);
    on.condition(low('begin', 30 * SECOND));
    const [settled] = on.tick(30 * SECOND + QUIET);
    expect(settled).toMatchObject({ event: 'settle', state: 'unacknowledged' });
    expect(settled!.chatter).toBeUndefined();
    expect(on.condition(low('end', 400 * SECOND))).toMatchObject({ event: 'clear' });
  });

  it('hides no condition that begins while it is still waiting for quiet and is told late', () => {
    const on = desk();
    comeAndGo(on, [0.001, 10, 20]);
    const [over] = on.tick(30 * SECOND + QUIET);
    expect(over?.event).toBe('clear');
    expect(on.condition(low('begin', 60 * SECOND))).toMatchObject({ event: 'raise', state: 'unacknowledged' });
  });

  it('is counted across the alarms it makes where each is acknowledged at once', () => {
    const on = desk();
    for (const s of [1, 11, 21]) {
      const raised = moved(on.condition(low('begin', s * SECOND)));
      moved(on.act(acknowledge(raised.alarmId, (s + 1) * SECOND), (s + 1) * SECOND));
      on.condition(low('end', (s + 5) * SECOND));
      on.forgetClosed(s * SECOND - 15 * MINUTE);
    }
    expect(on.open()).toMatchObject([{ state: 'acknowledged', chatter: { times: 3 } }]);
  });

  it('leaves none behind where its sensor is taken out', () => {
    const on = desk();
    comeAndGo(on, [0.001, 10, 20]);
    const [cleared] = on.withdraw('dev-1/pressure', 40 * SECOND);
    expect(cleared).toMatchObject({ event: 'clear' });
    expect(cleared!.chatter).toBeUndefined();
    expect(on.state().entries[0]!.chatterState).toBeUndefined();
  });
});

it('an alarm that repeats five times in a quarter of an hour is held so too, and longer', () => {
  const on = desk();
  const told = comeAndGo(on, [1, 200, 400, 600, 800]);
  expect(told.at(-1)).toMatchObject({ event: 'raise', chatter: { times: 5, sinceMs: 1000, quietMs: 15 * MINUTE } });
});

describe('whatever comes, repeats or comes late', () => {
  const step = fc.record({
    what: fc.constantFrom('begin' as const, 'end' as const, 'worsen' as const, 'tick' as const),
    afterMs: fc.constantFrom(1000, 7000, 20_000, 70_000, 400_000),
  });
  const play = (on: AlarmDesk, steps: readonly { what: string; atMs: number }[]): AlarmTransition[] =>
    steps.flatMap(({ what, atMs }) => {
      if (what === 'tick') return on.tick(atMs);
      const condition = what === 'worsen' ? lowLow('worsen', atMs) : low(what === 'begin' ? 'begin' : 'end', atMs);
      return on.condition(condition) ?? [];
    });
  const timed = fc.array(step, { maxLength: 40 }).map((steps) => {
    let atMs = 1000;
    return steps.map(({ what, afterMs }) => ({ what, atMs: (atMs += afterMs) }));
  });

  it('each begin is announced or folded, and the line stands while the condition is true', () => {
    fc.assert(
      fc.property(timed, (steps) => {
        const on = desk();
        let [begins, active] = [0, false];
        for (const one of steps) {
          play(on, [one]);
          if (one.what === 'begin' || one.what === 'worsen') {
            // A worsening without a begin is a begin as well.
            if (!active) begins++;
            active = true;
          }
          if (one.what === 'end') active = false;
          const [entry] = on.state().entries;
          if (active) expect(entry !== undefined && isActive(entry.current)).toBe(true);
          if (entry && isActive(entry.current)) expect(isConditionTrue(entry)).toBe(active);
        }
        const { announced, held, folded } = on.figures;
        expect(announced + held + folded).toBe(begins);
        play(on, [
          { what: 'end', atMs: 1e9 },
          { what: 'tick', atMs: 2e9 },
        ]);
        expect(on.open().every((one) => !isActive(one) && one.chatter === undefined)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('after a crash the checkpoint, the log and the same input again say nothing twice and end in the same', () => {
    fc.assert(
      fc.property(timed, fc.nat(), fc.nat(), (steps, a, b) => {
        const crash = a % (steps.length + 1);
        const saved = b % (crash + 1);
        const [on, plain] = [desk(), desk()];
        play(plain, steps);
        play(on, steps.slice(0, saved));
        const state = JSON.parse(JSON.stringify(on.state())) as ReturnType<AlarmDesk['state']>;
        const log = play(on, steps.slice(saved, crash));
        const after = desk();
        after.restore(state);
        for (const transition of [...log, ...log]) after.fold(transition);
        // What was read since the checkpoint is read again; a tick comes with the time there is now.
        const again = steps.slice(saved, crash).filter(({ what }) => what !== 'tick');
        expect(play(after, again)).toEqual([]);
        play(after, steps.slice(crash));
        expect(after.open()).toEqual(plain.open());
      }),
      { numRuns: 500 },
    );
  });
});
