import fc from 'fast-check';
import { PRIORITIES, type AlarmTransition } from '@lifeline/contracts';
import { operatorLines } from './index.js';
import type { IncidentDesk } from './desk.js';
import { ASSETS, newDesk, next, outage, raise, seconds } from './testing/builders.js';

const TYPES = {
  gas: ['CH4_MH', 'P_LOW'],
  power: ['U_10', 'U_LV', 'T_OIL'],
  drainage: ['POND', 'LVL_SP', 'RAIN1H'],
  bridge: ['WIND', 'STRN'],
} as const;
const asset = fc.constantFrom(...ASSETS);
const begun = fc
  .tuple(asset, fc.nat(2), fc.constantFrom('low', 'low-low', 'high', 'stale', 'rate'), fc.nat(1500), fc.nat(3))
  .map(([of, type, limit, atS, rank]) => {
    const types = TYPES[of.utility];
    if (of.kind === 'feeder' && rank < 2) return outage(of.assetId, atS);
    return raise(of.assetId, types[type % types.length]!, limit as 'low', atS, { priority: PRIORITIES[rank]! });
  });
const STEPS: readonly Partial<AlarmTransition>[] = [
  { event: 'escalate', state: 'unacknowledged', priority: 'red' },
  { event: 'acknowledge', state: 'acknowledged' },
  { event: 'clear', state: 'returned-unacknowledged' },
  { event: 'acknowledge', state: 'normal' },
  {
    event: 'shelve',
    state: 'shelved',
    holds: { active: true, shelvedUntilMs: seconds(9000), suppressedBy: null, permit: null },
  },
  { event: 'unshelve', state: 'unacknowledged', holds: null },
];
/** Lives of alarms, in any order, with repeats: late ones and gaps are among them. */
const log = fc
  .array(fc.tuple(begun, fc.array(fc.constantFrom(...STEPS), { maxLength: 4 })), { minLength: 1, maxLength: 60 })
  .map((lives) =>
    lives.flatMap(([first, steps]) => {
      const life = [first];
      for (const step of steps) life.push(next(life[life.length - 1]!, { holds: null, ...step }));
      return life;
    }),
  )
  .chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.array(fc.nat(all.length - 1), { maxLength: all.length }),
      fc.shuffledSubarray(all, { minLength: Math.ceil(all.length / 2) }),
    ),
  )
  .map(([all, repeats, shuffled]) => [...shuffled, ...repeats.map((i) => all[i]!)]);

function expectWhole(desk: IncidentDesk, ids: ReadonlySet<string>): void {
  const account = desk.account();
  expect(account).toMatchObject({ raw: ids.size, lost: 0 });
  const members = [...desk.state().incidents].flatMap(({ incidentId }) => desk.members(incidentId));
  expect(new Set(members.map(({ alarmId }) => alarmId)).size).toBe(members.length);
  expect(members.length).toBe(account.inIncidents);
  for (const { alarmId, why, to } of members) {
    expect(why.en.length > 5 && why.zh.length > 3 && to !== alarmId).toBe(true);
    expect(desk.incidentOf(alarmId)).not.toBeNull();
  }
  for (const { headline, counts } of desk.incidents()) {
    expect(headline.en.length > 3 && headline.zh.length > 1).toBe(true);
    expect(counts.members).toBeGreaterThan(1);
  }
}

describe('the incident desk, whatever comes', () => {
  it('loses no alarm, has each in one place, and says why in both languages', () => {
    fc.assert(
      fc.property(log, (transitions) => {
        const desk = newDesk();
        const ids = new Set<string>();
        for (const transition of transitions) {
          desk.take(transition);
          ids.add(transition.alarmId);
        }
        expectWhole(desk, ids);
        const before = desk.state();
        for (const transition of transitions) desk.take(transition);
        expect(desk.state()).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it('goes on from its state as if it had not stopped', () => {
    fc.assert(
      fc.property(log, fc.nat(100), (transitions, percent) => {
        const at = Math.floor((transitions.length * percent) / 100);
        const [whole, before, after] = [newDesk(), newDesk(), newDesk()];
        for (const one of transitions.slice(0, at)) before.take(one);
        after.restore(before.state());
        for (const one of transitions) whole.take(one);
        for (const one of transitions.slice(at)) after.take(one);
        expect(after.incidents()).toEqual(whole.incidents());
        expect(after.state()).toEqual(whole.state());
        expect(after.account()).toEqual(whole.account());
      }),
      { numRuns: 200 },
    );
  });

  it('never shows more than thirty lines, nor hides a red one or gas of another lifeline', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 4, max: 30 }), (transitions, mostLines) => {
        const desk = newDesk();
        for (const transition of transitions) desk.take(transition);
        const lines = operatorLines(desk.incidents(), desk.alone(), { mostLines });
        expect(lines.length).toBeLessThanOrEqual(mostLines);
        const shown = desk.incidents().filter(({ counts }) => counts.announced > 0).length + desk.alone().length;
        const count = lines.reduce((sum, line) => sum + (line.kind === 'fold' ? line.lines.length : 1), 0);
        expect(count).toBe(shown);
        for (const subject of desk.state().subjects) {
          if (subject.priority !== 'red' || subject.incidentId === null) continue;
          expect(desk.incident(subject.incidentId)!.utility).toBe(subject.utility);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the account when what is over is forgotten on the way', () => {
    fc.assert(
      fc.property(log, (transitions) => {
        const desk = newDesk();
        const ids = new Set<string>();
        for (const transition of transitions) {
          if (ids.has(transition.alarmId) && desk.incidentOf(transition.alarmId) === undefined) continue;
          desk.take(transition);
          ids.add(transition.alarmId);
          desk.forgetClosed();
        }
        expect(desk.account()).toMatchObject({ raw: ids.size, lost: 0 });
      }),
    );
  });
});
