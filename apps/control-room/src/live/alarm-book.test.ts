import { PRIORITIES, type AlarmTransition } from '@lifeline/contracts';
import fc from 'fast-check';
import {
  EMPTY_BOOK,
  announcedOf,
  beginAsk,
  compareAlarms,
  foldAlarms,
  foldTransitions,
  heldOf,
  openAlarms,
  endAsk,
  shownState,
  worstBySensor,
} from './alarm-book.js';

function transition(change: Partial<AlarmTransition> = {}): AlarmTransition {
  return {
    alarmId: 'a1',
    sequence: 1,
    sensorId: 'gas-1/pressure',
    assetId: 'R-07',
    utility: 'gas',
    rule: 'limit',
    event: 'raise',
    state: 'unacknowledged',
    priority: 'orange',
    raisedAtMs: 1000,
    atMs: 1000,
    value: 182,
    unit: 'kPa',
    limit: { kind: 'low', value: 200 },
    reason: { en: 'Pressure under the low limit', zh: '压力低于下限' },
    evidence: null,
    holds: null,
    position: null,
    sensorName: 'Nanqiao regulator R-07',
    actor: null,
    note: null,
    ...change,
  };
}

test('a transition that repeats or comes late changes nothing', () => {
  const cleared = transition({ sequence: 2, event: 'clear', state: 'returned-unacknowledged' });
  const book = foldTransitions(EMPTY_BOOK, [transition(), cleared]);
  expect(foldTransitions(book, [transition(), cleared])).toBe(book);
  expect(book.byId.get('a1')?.state).toBe('returned-unacknowledged');
});

test('transitions in any order give the same book', () => {
  const life = [
    transition(),
    transition({ sequence: 2, event: 'escalate', priority: 'red' }),
    transition({ sequence: 3, event: 'acknowledge', state: 'acknowledged', priority: 'red' }),
    transition({ sequence: 4, event: 'clear', state: 'normal', priority: 'red' }),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(life, { minLength: life.length }), (shuffled) => {
      expect(openAlarms(foldTransitions(EMPTY_BOOK, shuffled))).toEqual([]);
    }),
  );
});

test('an acknowledge shows at once and is taken back whole', () => {
  const book = foldTransitions(EMPTY_BOOK, [transition()]);
  const asked = beginAsk(book, 'a1', 'acknowledge');
  expect(shownState(asked.byId.get('a1')!)).toBe('acknowledged');
  expect(endAsk(asked, 'a1')).toEqual(book);
});

test('acknowledging what has returned ends it', () => {
  const book = foldTransitions(EMPTY_BOOK, [transition({ state: 'returned-unacknowledged' })]);
  expect(shownState(beginAsk(book, 'a1', 'acknowledge').byId.get('a1')!)).toBe('normal');
});

test('acknowledging an unknown alarm changes nothing', () => {
  expect(beginAsk(EMPTY_BOOK, 'nobody', 'acknowledge')).toBe(EMPTY_BOOK);
});

test('the list is worst first: priority, then what waits for a person, then the newest', () => {
  const book = foldTransitions(EMPTY_BOOK, [
    transition({ alarmId: 'blue', priority: 'blue', raisedAtMs: 9000 }),
    transition({ alarmId: 'red-seen', priority: 'red', state: 'acknowledged', raisedAtMs: 8000 }),
    transition({ alarmId: 'red-old', priority: 'red', raisedAtMs: 1000 }),
    transition({ alarmId: 'red-new', priority: 'red', raisedAtMs: 2000 }),
    transition({ alarmId: 'red-back', priority: 'red', state: 'returned-unacknowledged', raisedAtMs: 7000 }),
  ]);
  expect(openAlarms(book).map((alarm) => alarm.alarmId)).toEqual([
    'red-new',
    'red-old',
    'red-back',
    'red-seen',
    'blue',
  ]);
});

test('the order is total: no two alarms are equal', () => {
  const alarm = fc.record({
    alarmId: fc.string({ minLength: 1, maxLength: 3 }),
    priority: fc.constantFrom(...PRIORITIES),
    raisedAtMs: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(alarm, alarm, (a, b) => {
      const [x, y] = [a, b].map((change) => ({ ...transition(change), asked: undefined, heldBy: undefined })) as [
        never,
        never,
      ];
      expect(Math.sign(compareAlarms(x, y))).toBe(-Math.sign(compareAlarms(y, x)) || 0);
      if (a.alarmId !== b.alarmId) expect(compareAlarms(x, y)).not.toBe(0);
    }),
  );
});

test('a sensor shows its worst alarm', () => {
  const book = foldTransitions(EMPTY_BOOK, [
    transition({ alarmId: 'a', priority: 'yellow' }),
    transition({ alarmId: 'b', priority: 'red' }),
  ]);
  expect(worstBySensor(openAlarms(book)).get('gas-1/pressure')?.alarmId).toBe('b');
});

const HELD = { active: true, shelvedUntilMs: 9000, suppressedBy: null, permit: null };
const shelved = (change: Partial<AlarmTransition> = {}): AlarmTransition =>
  transition({
    ...{ sequence: 2, event: 'shelve', state: 'shelved', holds: HELD, actor: 'olga', note: 'on test', atMs: 2000 },
    ...change,
  });

test('a shelf shows at once and is taken back whole', () => {
  const book = foldTransitions(EMPTY_BOOK, [transition()]);
  const asked = beginAsk(book, 'a1', 'shelve');
  expect(heldOf(openAlarms(asked)).map((alarm) => alarm.alarmId)).toEqual(['a1']);
  expect(announcedOf(openAlarms(asked))).toEqual([]);
  expect(endAsk(asked, 'a1')).toEqual(book);
});

test('what is asked to be unshelved is announced where its condition is true, and over where it is not', () => {
  const after = (active: boolean) =>
    shownState(
      beginAsk(foldTransitions(EMPTY_BOOK, [shelved({ holds: { ...HELD, active } })]), 'a1', 'unshelve').byId.get(
        'a1',
      )!,
    );
  expect(after(true)).toBe('unacknowledged');
  expect(after(false)).toBe('normal');
});

test('who holds an alarm stays known while its condition moves, by the live stream and by the list', () => {
  const moved = shelved({ sequence: 3, event: 'clear', actor: null, note: null, holds: { ...HELD, active: false } });
  const live = foldTransitions(EMPTY_BOOK, [transition(), shelved(), moved]);
  expect(live.byId.get('a1')?.heldBy).toEqual({ actor: 'olga', note: 'on test', atMs: 2000 });
  const nobody = { acknowledgedBy: null, acknowledgedAtMs: null, clearedAtMs: null };
  const listed = foldAlarms(EMPTY_BOOK, [{ ...moved, ...nobody, transitions: [transition(), shelved(), moved] }]);
  expect(listed.byId.get('a1')?.heldBy).toEqual({ actor: 'olga', note: 'on test', atMs: 2000 });
});

test('held alarms are listed apart: the shelf that ends first, then out of service, then suppressed', () => {
  const book = foldTransitions(EMPTY_BOOK, [
    shelved({ alarmId: 'late' }),
    shelved({ alarmId: 'soon', holds: { ...HELD, shelvedUntilMs: 5000 } }),
    shelved({ alarmId: 'out', state: 'out-of-service' }),
    shelved({ alarmId: 'by-plant', state: 'suppressed', priority: 'red' }),
    transition({ alarmId: 'loud' }),
  ]);
  expect(heldOf(openAlarms(book)).map((alarm) => alarm.alarmId)).toEqual(['soon', 'late', 'out', 'by-plant']);
  expect(announcedOf(openAlarms(book)).map((alarm) => alarm.alarmId)).toEqual(['loud']);
});
