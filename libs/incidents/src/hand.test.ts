import fc from 'fast-check';
import type { AlarmTransition, IncidentAct } from '@lifeline/contracts';
import { operatorLines } from './index.js';
import type { IncidentDesk } from './desk.js';
import { newDesk, next, normal, raise, seconds } from './testing/builders.js';
import { expectWhole } from './testing/expect-whole.js';
import { log } from './testing/logs.js';

type Part = IncidentAct extends infer Act ? (Act extends IncidentAct ? Omit<Act, 'by' | 'atMs'> : never) : never;
const act = (part: Part): IncidentAct => ({ ...part, by: 'olga', atMs: seconds(5000) }) as IncidentAct;
const opened = (incidentId: string, sequence: number, ...alarmIds: string[]) =>
  act({ kind: 'opened', incidentId, sequence, headline: 'Smell of gas at the market', alarmIds });
const closed = (incidentId: string, sequence: number) =>
  act({ kind: 'closed', incidentId, sequence, cause: 'sensor', text: 'to be swapped', standing: null });

const methane = raise('mh-1', 'CH4_MH', 'high', 0);
const bridge = raise('brg-1', 'STRN', 'high', 5);

describe('an incident opened by hand', () => {
  const ID = 'incident.by-hand';
  function opening(...transitions: AlarmTransition[]): IncidentDesk {
    const desk = newDesk();
    for (const one of transitions) desk.take(one);
    return desk;
  }

  it('has the name that a person gave it, and the alarms that were put in', () => {
    const desk = opening(methane, bridge);
    const changes = desk.act(opened(ID, 1, bridge.alarmId, methane.alarmId));
    expect(changes).toMatchObject([{ event: 'opened', acts: [{ kind: 'opened', by: 'olga' }] }]);
    expect(desk.incident(ID)).toMatchObject({
      ...{ kind: 'hand', state: 'open', staysOpen: true, actSequence: 1, openedAtMs: seconds(5000) },
      ...{ headline: { en: 'Smell of gas at the market' }, counts: { members: 2, open: 2 } },
    });
    expect(desk.members(ID).map(({ rule }) => rule)).toEqual(['hand', 'hand']);
    expectWhole(desk, new Set([methane.alarmId, bridge.alarmId]));
  });

  it('stays open when its alarms are over, and is then the last line, without a standing alarm', () => {
    const lone = raise('brg-2', 'STRN', 'high', 6, { priority: 'blue' });
    const desk = opening({ ...bridge, priority: 'red' }, lone);
    desk.act(opened(ID, 1, bridge.alarmId));
    desk.take(normal({ ...bridge, priority: 'red' }));
    expect(desk.incident(ID)).toMatchObject({ state: 'open', counts: { open: 0 } });
    const lines = operatorLines(desk.incidents(), desk.alone());
    expect(lines.map(({ lineId, isQuiet }) => [lineId, isQuiet])).toEqual([
      [lone.alarmId, false],
      [ID, true],
    ]);
  });

  it('is closed by a person alone, shows what stands as lines of their own, and opens again when asked', () => {
    const desk = opening(methane, bridge);
    desk.act(opened(ID, 1, bridge.alarmId));
    expect(desk.act(closed(ID, 2))).toMatchObject([{ event: 'closed', incident: { conclusion: { cause: 'sensor' } } }]);
    expect(desk.incidents()).toEqual([]);
    expect(desk.alone().map(({ alarmId }) => alarmId)).toEqual([methane.alarmId, bridge.alarmId]);
    const [moved] = desk.take(next(bridge, { event: 'acknowledge', state: 'acknowledged' }));
    expect(moved).toMatchObject({ event: 'updated', incident: { state: 'closed', closedAtMs: seconds(5000) } });
    const reopened = act({ kind: 'reopened', incidentId: ID, sequence: 3, reason: 'it is not' });
    expect(desk.act(reopened)).toMatchObject([
      { event: 'reopened', incident: { state: 'open', conclusion: null, closedAtMs: null, staysOpen: true } },
    ]);
    expect(desk.act(reopened)).toEqual([]);
  });

  it('keeps an alarm that a person took out apart from every rule', () => {
    const [one, two, three] = [0, 3, 6].map((atS) => raise('brg-3', ['STRN', 'DEFL', 'WIND'][atS / 3]!, 'high', atS));
    const desk = opening(one!, two!);
    const [incident] = desk.incidents();
    const { incidentId } = incident!;
    desk.act(act({ kind: 'alarm-taken-out', incidentId, sequence: 1, alarmId: one!.alarmId }));
    desk.take(three!);
    expect(desk.incidentOf(one!.alarmId)).toBeNull();
    expect(desk.members(incidentId).map(({ alarmId }) => alarmId)).toEqual([two!.alarmId, three!.alarmId]);
    expect(desk.alone().map(({ alarmId }) => alarmId)).toEqual([one!.alarmId]);
  });

  it('takes in further alarms of the same asset, and waits for one that it does not know yet', () => {
    const desk = opening(bridge);
    const late = raise('low-2', 'POND', 'high', 9);
    desk.act(opened(ID, 1, bridge.alarmId, late.alarmId));
    desk.take(raise('brg-1', 'DEFL', 'high', 8));
    desk.take(late);
    expect(desk.members(ID).map(({ rule }) => rule)).toEqual(['hand', 'asset', 'hand']);
  });

  it('opens again by itself when its cause goes on', () => {
    const [first, second, third] = [0, 10, 20].map((atS) => raise('mh-1', 'CH4_MH', 'high', atS, { assetId: 'mh-1' }));
    const near = raise('reg-1', 'P_LOW', 'low', 12);
    const desk = opening(first!, near);
    const [incident] = desk.incidents();
    expect(incident!.kind).toBe('gas-leak');
    desk.act(closed(incident!.incidentId, 1));
    expect(desk.incidents()).toEqual([]);
    desk.take(second!);
    desk.take(third!);
    expect(desk.incident(incident!.incidentId)).toMatchObject({ state: 'open', conclusion: null });
  });
});

/** Picks what a person may do by numbers, of what is there when it is done. */
const deed = fc.record({
  what: fc.constantFrom('open', 'add', 'take-out', 'note', 'close', 'reopen'),
  ...{ which: fc.nat(1000), whom: fc.nat(1000), after: fc.nat(60) },
});

interface Deed {
  readonly what: string;
  readonly which: number;
  readonly whom: number;
  /** Transition after which it is done. */
  readonly after: number;
}

/** What people decided of alarms: in which incident, or null: apart. */
class People {
  readonly decided = new Map<string, string | null>();
  readonly mustBeOpen = new Set<string>();
  private sequences = new Map<string, number>();

  constructor(private readonly desk: IncidentDesk) {}

  do({ what, which, whom }: Deed): void {
    const { desk } = this;
    const { subjects, incidents } = desk.state();
    const subject = subjects[which % Math.max(1, subjects.length)];
    if (!subject) return;
    const { alarmId } = subject;
    const pick = <Item>(items: readonly Item[]): Item | undefined => items[whom % Math.max(1, items.length)];
    const open = incidents.filter(({ state }) => state === 'open');
    if (what === 'open') {
      const incidentId = `incident.hand-${this.sequences.size}`;
      this.mustBeOpen.add(incidentId);
      this.decided.set(alarmId, incidentId);
      desk.act(opened(incidentId, this.next(incidentId), alarmId));
      return;
    }
    const core = pick(what === 'reopen' ? incidents.filter(({ state }) => state === 'closed') : open);
    if (!core) return;
    const { incidentId } = core;
    const sequence = this.next(incidentId);
    if (what === 'add') {
      this.decided.set(alarmId, incidentId);
      desk.act(act({ kind: 'alarms-added', incidentId, sequence, alarmIds: [alarmId] }));
    } else if (what === 'take-out') {
      const out = pick(desk.members(incidentId))?.alarmId ?? alarmId;
      if (desk.incidentOf(out) === incidentId) this.decided.set(out, null);
      desk.act(act({ kind: 'alarm-taken-out', incidentId, sequence, alarmId: out }));
    } else if (what === 'note') desk.act(act({ kind: 'note', incidentId, sequence, text: 'seen' }));
    else if (what === 'close') {
      this.mustBeOpen.delete(incidentId);
      desk.act(closed(incidentId, sequence));
    } else {
      this.mustBeOpen.add(incidentId);
      desk.act(act({ kind: 'reopened', incidentId, sequence, reason: 'again' }));
    }
  }

  private next(incidentId: string): number {
    const sequence = (this.sequences.get(incidentId) ?? 0) + 1;
    this.sequences.set(incidentId, sequence);
    return sequence;
  }
}

function live(transitions: readonly AlarmTransition[], deeds: readonly Deed[]) {
  const desk = newDesk();
  const people = new People(desk);
  const ids = new Set<string>();
  transitions.forEach((transition, at) => {
    desk.take(transition);
    ids.add(transition.alarmId);
    for (const one of deeds) if (one.after === at) people.do(one);
  });
  return { desk, people, ids };
}

describe('incidents, whatever people do to them', () => {
  it('lose no alarm, and keep each where a person put it', () => {
    fc.assert(
      fc.property(log, fc.array(deed, { maxLength: 12 }), (transitions, deeds) => {
        const { desk, people, ids } = live(transitions, deeds);
        expectWhole(desk, ids);
        for (const [alarmId, incidentId] of people.decided) expect(desk.incidentOf(alarmId)).toBe(incidentId);
        const open = new Set(desk.incidents().map(({ incidentId }) => incidentId));
        for (const incidentId of people.mustBeOpen) expect(open).toContain(incidentId);
        // Whatever is announced is in an open incident or a line of its own: nothing is hidden by closing.
        const alone = new Set(desk.alone().map(({ alarmId }) => alarmId));
        for (const { alarmId, state, incidentId } of desk.state().subjects)
          if (state === 'unacknowledged')
            expect(alone.has(alarmId) !== (incidentId !== null && open.has(incidentId))).toBe(true);
        const before = desk.state();
        for (const transition of transitions) desk.take(transition);
        expect(desk.state()).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it('go on from the state of the desk, and from what was kept of them, under their names', () => {
    fc.assert(
      fc.property(log, fc.array(deed, { maxLength: 12 }), (transitions, deeds) => {
        const { desk, people } = live(transitions, deeds);
        const again = newDesk();
        again.restore(desk.state());
        expect(again.state()).toEqual(desk.state());
        expect(again.account()).toEqual(desk.account());
        expect(again.incidents()).toEqual(desk.incidents());

        const lives = new Map<string, AlarmTransition[]>();
        for (const one of transitions) {
          const life = lives.get(one.alarmId) ?? [];
          if ((life.at(-1)?.sequence ?? 0) < one.sequence) lives.set(one.alarmId, [...life, one]);
        }
        const started = newDesk();
        const kept = desk.incidents().map((incident) => ({ incident, members: desk.members(incident.incidentId) }));
        const apart = [...people.decided].flatMap(([alarmId, incidentId]) => (incidentId === null ? [alarmId] : []));
        started.adopt(kept, lives, apart, seconds(6000));
        for (const { incident, members } of kept) {
          expect(started.incident(incident.incidentId)).toEqual({
            ...incident,
            sequence: expect.any(Number) as number,
          });
          expect(started.members(incident.incidentId)).toEqual(members);
        }
        for (const one of transitions) started.take(one);
        for (const [alarmId, incidentId] of people.decided)
          if (incidentId === null || people.mustBeOpen.has(incidentId))
            expect(started.incidentOf(alarmId)).toBe(incidentId);
        expect(started.account()).toMatchObject({ lost: 0 });
      }),
      { numRuns: 200 },
    );
  });
});
