import { incidentsAnew } from '../incidents/incident-book.js';
import { listLines } from '../incidents/list-lines.js';
import { aStandingAlarm } from '../incidents/testing/a-standing-alarm.js';
import { anIncident } from '../incidents/testing/an-incident.js';
import { belowIn, holdRows, rowsOf, type OpenLines } from './list-rows.js';

const CITY = { typeOf: () => null, assetOf: () => undefined, districtName: (name: string) => name };
const why = { en: '', zh: '' };

/** The rows of one incident with these alarms, and of those that are single. */
function list(members: readonly string[], single: readonly string[]) {
  const book = incidentsAnew([
    { ...anIncident(), members: members.map((alarmId) => ({ alarmId, rule: 'asset' as const, to: 'a', why })) },
  ]);
  const alarms = [...members, ...single].map((alarmId) =>
    aStandingAlarm(alarmId, single.includes(alarmId) ? { priority: 'yellow' } : {}),
  );
  const { lines } = listLines(alarms, book, undefined, CITY);
  return { lines, below: belowIn(book, new Map(alarms.map((alarm) => [alarm.alarmId, alarm]))) };
}
const OPEN: OpenLines = new Set(['incident.a']);
const keysOf = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key);

test('an incident opens in place, its first-out first', () => {
  const { lines, below } = list(['b', 'a'], ['x']);
  expect(keysOf(rowsOf(lines, new Set(), below, undefined).rows)).toEqual(['incident.a', 'x']);
  const { rows } = rowsOf(lines, OPEN, below, undefined);
  expect(keysOf(rows)).toEqual(['incident.a', 'incident.a>a', 'incident.a>b', 'x']);
  expect(rows.map(({ level, isOpen }) => [level, isOpen])).toEqual([
    [1, true],
    [2, false],
    [2, false],
    [1, false],
  ]);
});

test('under a pointer no row moves: new lines and new alarms of what is open wait', () => {
  const before = list(['a', 'b'], ['x']);
  const held = holdRows(rowsOf(before.lines, OPEN, before.below, undefined).rows, undefined, OPEN);
  const after = list(['a', 'b', 'c'], ['w', 'x', 'y']);
  const shown = rowsOf(after.lines, OPEN, after.below, held);
  expect(keysOf(shown.rows)).toEqual(['incident.a', 'incident.a>a', 'incident.a>b', 'x']);
  expect(shown.waiting).toBe(3);
});

test('a line that joined an incident stays where it was until the pointer goes', () => {
  const before = list(['a', 'b'], ['x']);
  const held = holdRows(rowsOf(before.lines, new Set(), before.below, undefined).rows, undefined, new Set());
  const after = list(['a', 'b', 'x'], []);
  expect(keysOf(rowsOf(after.lines, new Set(), after.below, held).rows)).toEqual(['incident.a', 'x']);
});

test('what is opened under the pointer shows what it holds at that moment', () => {
  const now = list(['a', 'b'], ['x']);
  const held = holdRows(rowsOf(now.lines, new Set(), now.below, undefined).rows, undefined, new Set());
  const opened = holdRows(rowsOf(now.lines, OPEN, now.below, held).rows, held, OPEN);
  const later = list(['a', 'b', 'c'], ['x']);
  expect(keysOf(rowsOf(later.lines, OPEN, later.below, opened).rows)).toEqual([
    'incident.a',
    'incident.a>a',
    'incident.a>b',
    'x',
  ]);
  const closed = holdRows(rowsOf(later.lines, new Set(), later.below, opened).rows, opened, new Set());
  expect(keysOf(rowsOf(later.lines, OPEN, later.below, closed).rows)).toContain('incident.a>c');
});
