import fc from 'fast-check';
import { ALARM_STATES, type AlarmEvent, type AlarmState } from '@lifeline/contracts';
import { isActive, isHeld, nextLife, type Life, type LifeEvent } from './index.js';

const in_ = (state: AlarmState): Life => ({ state, holds: null });
const shelf: LifeEvent = { event: 'shelve', untilMs: 9000 };
const plant: LifeEvent = { event: 'suppress', by: 'substation-7' };
const permit: LifeEvent = { event: 'remove-from-service', permit: 'P-12' };
const move = (state: AlarmState, ...events: LifeEvent[]) =>
  events.reduce<Life | undefined>((life, event) => life && nextLife(life, event), in_(state))?.state;
const plain = (event: Exclude<AlarmEvent, 'shelve' | 'suppress' | 'remove-from-service'>): LifeEvent => ({ event });

/** The rows of the domain defaults, 8.1, letter by letter. docs/alarm-life-cycle.md names each. */
describe('the alarm life cycle', () => {
  it.each<[string, AlarmState, LifeEvent, AlarmState]>([
    ['A, condition true: B', 'normal', plain('raise'), 'unacknowledged'],
    ['B, acknowledged: C', 'unacknowledged', plain('acknowledge'), 'acknowledged'],
    ['B, condition ends: D', 'unacknowledged', plain('clear'), 'returned-unacknowledged'],
    ['C, condition ends: A', 'acknowledged', plain('clear'), 'normal'],
    ['C, re-alarm time passed: B', 'acknowledged', plain('re-alarm'), 'unacknowledged'],
    ['C, worse limit crossed: B', 'acknowledged', plain('escalate'), 'unacknowledged'],
    ['D, acknowledged: A', 'returned-unacknowledged', plain('acknowledge'), 'normal'],
    ['D, condition true again: B', 'returned-unacknowledged', plain('raise'), 'unacknowledged'],
    ['E, acknowledged: F', 'latched-unacknowledged', plain('acknowledge'), 'latched-acknowledged'],
    ['E, condition true again: B', 'latched-unacknowledged', plain('raise'), 'unacknowledged'],
    ['F, reset: A', 'latched-acknowledged', plain('reset'), 'normal'],
    ['F, condition true again: B', 'latched-acknowledged', plain('raise'), 'unacknowledged'],
  ])('%s', (_row, from, event, to) => {
    expect(nextLife(in_(from), event)).toEqual(in_(to));
  });

  it('latches where the alarm is one that latches: B to E, C to F when the condition ends', () => {
    expect(nextLife(in_('unacknowledged'), plain('clear'), true)).toEqual(in_('latched-unacknowledged'));
    expect(nextLife(in_('acknowledged'), plain('clear'), true)).toEqual(in_('latched-acknowledged'));
  });

  const announced = ALARM_STATES.filter((state) => !isHeld(state));

  it.each(announced)('%s can be shelved, suppressed by design and taken out of service', (from) => {
    expect(move(from, shelf)).toBe('shelved');
    expect(move(from, plant)).toBe('suppressed');
    expect(move(from, permit)).toBe('out-of-service');
  });

  it.each<[string, LifeEvent, LifeEvent]>([
    ['G, unshelved or time over', shelf, plain('unshelve')],
    ['H, design logic false again', plant, plain('unsuppress')],
    ['I, permit closed', permit, plain('return-to-service')],
  ])('%s: B where the condition is true, else A', (_row, on, off) => {
    expect(move('acknowledged', on, off)).toBe('unacknowledged');
    expect(move('acknowledged', on, plain('clear'), off)).toBe('normal');
    expect(move('normal', on, off)).toBe('normal');
    expect(move('normal', on, plain('raise'), off)).toBe('unacknowledged');
  });

  it('follows the condition in G, H and I without announcing it', () => {
    for (const on of [shelf, plant, permit]) {
      const held = nextLife(in_('normal'), on)!;
      const raised = nextLife(held, plain('raise'))!;
      expect([raised.state, isActive(raised)]).toEqual([held.state, true]);
      expect(nextLife(raised, plain('raise'))).toBeUndefined();
      expect(nextLife(raised, plain('acknowledge'))).toBeUndefined();
      expect(isActive(nextLife(raised, plain('clear'))!)).toBe(false);
    }
  });

  it('shows the strongest hold, and what is left when it is taken away', () => {
    expect(move('unacknowledged', shelf, plant)).toBe('suppressed');
    expect(move('unacknowledged', shelf, plant, permit)).toBe('out-of-service');
    expect(move('unacknowledged', shelf, plant, permit, plain('return-to-service'))).toBe('suppressed');
    expect(move('unacknowledged', shelf, plant, plain('unsuppress'))).toBe('shelved');
    expect(move('unacknowledged', plant, shelf)).toBeUndefined();
  });
});

/** The same life told in another way: what a plain person would keep on paper. */
class PaperAlarm {
  active = false;
  seen = true;
  latched = false;
  held = { shelf: null as number | null, plant: null as string | null, permit: null as string | null };

  constructor(private readonly latches: boolean) {}

  get isHeld(): boolean {
    return this.held.shelf !== null || this.held.plant !== null || this.held.permit !== null;
  }

  get state(): AlarmState {
    if (this.held.permit !== null) return 'out-of-service';
    if (this.held.plant !== null) return 'suppressed';
    if (this.held.shelf !== null) return 'shelved';
    if (this.active) return this.seen ? 'acknowledged' : 'unacknowledged';
    if (this.latched) return this.seen ? 'latched-acknowledged' : 'latched-unacknowledged';
    return this.seen ? 'normal' : 'returned-unacknowledged';
  }

  take(given: LifeEvent): void {
    const before = this.isHeld;
    switch (given.event) {
      case 'raise':
        if (!this.active) [this.active, this.seen, this.latched] = [true, before, false];
        break;
      case 'escalate':
        if (this.active && !before) this.seen = false;
        break;
      case 're-alarm':
        if (this.active && !before) this.seen = false;
        break;
      case 'clear':
        if (this.active) [this.active, this.latched] = [false, this.latches && !before];
        break;
      case 'acknowledge':
      case 'false-alarm':
        if (!before) this.seen = true;
        break;
      case 'new-normal':
        if (before) this.active = false;
        else [this.active, this.seen, this.latched] = [false, true, false];
        break;
      case 'reset':
        if (!before && this.seen) this.latched = false;
        break;
      case 'shelve':
        if (this.held.plant === null && this.held.permit === null) this.held.shelf = given.untilMs;
        break;
      case 'unshelve':
        this.held.shelf = null;
        break;
      case 'suppress':
        this.held.plant = given.by;
        break;
      case 'unsuppress':
        this.held.plant = null;
        break;
      case 'remove-from-service':
        this.held.permit = given.permit;
        break;
      case 'return-to-service':
        this.held.permit = null;
        break;
    }
    // A hold forgets what was seen and latched; what is true when it ends is announced anew.
    if (this.isHeld) [this.seen, this.latched] = [true, false];
    else if (before) this.seen = !this.active;
  }
}

const event: fc.Arbitrary<LifeEvent> = fc.oneof(
  fc
    .constantFrom<LifeEvent['event']>(
      'raise',
      'escalate',
      'clear',
      'acknowledge',
      'reset',
      're-alarm',
      'unshelve',
      'unsuppress',
      'return-to-service',
      'new-normal',
      'false-alarm',
    )
    .map((one) => ({ event: one }) as LifeEvent),
  fc.integer({ min: 1, max: 3 }).map((untilMs): LifeEvent => ({ event: 'shelve', untilMs })),
  fc.constantFrom('a', 'b').map((by): LifeEvent => ({ event: 'suppress', by })),
  fc.constantFrom('p', 'q').map((one): LifeEvent => ({ event: 'remove-from-service', permit: one })),
);

describe('whatever happens, in whatever order, repeated and late, the life cycle', () => {
  it('is where the plain model is, has holds only in G, H and I, and moves nothing by a repeated hold', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.boolean(), (events, latches) => {
        const paper = new PaperAlarm(latches);
        let life = in_('normal');
        for (const given of events) {
          paper.take(given);
          life = nextLife(life, given, latches) ?? life;
          expect([life.state, isActive(life)]).toEqual([paper.state, paper.active]);
          expect(life.holds !== null).toBe(isHeld(life.state));
          if (['shelve', 'suppress', 'remove-from-service'].includes(given.event))
            expect(nextLife(life, given, latches)).toBeUndefined();
        }
      }),
      { numRuns: 2000 },
    );
  });
});
