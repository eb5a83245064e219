import type { IncidentMember } from '@lifeline/contracts';
import { incidentsAnew } from './incident-book.js';
import { listLines, type CityFacts } from './list-lines.js';
import { aStandingAlarm } from './testing/a-standing-alarm.js';
import { anIncident } from './testing/an-incident.js';

const CITY: CityFacts = { typeOf: () => null, assetOf: () => undefined, districtName: (name) => name };
const member = (alarmId: string): IncidentMember => ({ alarmId, rule: 'asset', to: 'a', why: { en: '', zh: '' } });
const book = incidentsAnew([{ ...anIncident(), members: [member('a'), member('b')] }]);

test('every announced alarm is in an incident or on a line of its own, and the numbers say so', () => {
  const list = listLines([aStandingAlarm('a'), aStandingAlarm('b'), aStandingAlarm('c')], book, undefined, CITY);
  expect(list.lines.map(({ kind, alarms }) => [kind, alarms])).toEqual([
    ['incident', 2],
    ['alarm', 1],
  ]);
  expect(list).toMatchObject({ alarms: 3, incidents: 1, single: 1 });
});

test('an acknowledgement that is on its way counts as done', () => {
  const alarms = [aStandingAlarm('a', { asked: 'acknowledge' }), aStandingAlarm('b')];
  expect(listLines(alarms, book, undefined, CITY).lines[0]!.unacknowledged).toBe(1);
});

test('an alarm of an incident that the page does not know, or that is closed, stands alone', () => {
  const closed = incidentsAnew([{ ...anIncident({ state: 'closed' }), members: [member('a')] }]);
  for (const known of [closed, incidentsAnew([])])
    expect(listLines([aStandingAlarm('a')], known, undefined, CITY)).toMatchObject({ incidents: 0, single: 1 });
});

test('one lifeline shows the incidents that touch it, with all their alarms', () => {
  const alarms = [aStandingAlarm('a'), aStandingAlarm('p', { utility: 'power' })];
  expect(listLines(alarms, book, 'gas', CITY)).toMatchObject({ incidents: 1, single: 0, alarms: 2 });
  expect(listLines(alarms, book, 'power', CITY)).toMatchObject({ incidents: 0, single: 1, alarms: 1 });
});

test('never more than thirty lines, and folds count what they hold', () => {
  const many = Array.from({ length: 200 }, (_, i) => aStandingAlarm(`s${i}`, { priority: i % 2 ? 'yellow' : 'blue' }));
  const { lines, alarms } = listLines(many, incidentsAnew([]), undefined, CITY);
  expect(lines.length).toBeLessThanOrEqual(30);
  expect(lines.reduce((sum, line) => sum + line.alarms, 0)).toBe(alarms);
});
