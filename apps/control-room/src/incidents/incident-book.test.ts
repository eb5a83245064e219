import type { Incident, IncidentMember, LiveIncident } from '@lifeline/contracts';
import { NO_INCIDENTS, foldIncident, incidentsAnew } from './incident-book.js';
import { anIncident } from './testing/an-incident.js';

const member = (alarmId: string): IncidentMember => ({
  alarmId,
  rule: 'asset',
  to: 'a',
  why: { en: 'same asset', zh: '同一设施' },
});
function step(incident: Incident, joined: readonly string[] = [], left: readonly string[] = []): LiveIncident {
  return { event: 'updated', atMs: 0, incident, joined: joined.map(member), left, acts: [] };
}

test('keeps where each alarm is as incidents take and lose them', () => {
  const opened = foldIncident(NO_INCIDENTS, step(anIncident({ sequence: 1 }), ['a', 'b']));
  expect(opened.state).toBe('whole');
  expect([...opened.book.ofAlarm]).toEqual([
    ['a', 'incident.a'],
    ['b', 'incident.a'],
  ]);
  const other = anIncident({ incidentId: 'incident.c', sequence: 1 });
  const taken = foldIncident(opened.book, step(other, ['b', 'c'])).book;
  const left = foldIncident(taken, step(anIncident({ sequence: 2, state: 'closed' }), [], ['b'])).book;
  expect(left.ofAlarm.get('b')).toBe('incident.c');
  expect([...left.byId.get('incident.a')!.members.keys()]).toEqual(['a']);
});

test('a step that is known changes nothing', () => {
  const { book } = foldIncident(NO_INCIDENTS, step(anIncident({ sequence: 1 }), ['a', 'b']));
  expect(foldIncident(book, step(anIncident({ sequence: 1 }), ['x'])).book).toBe(book);
});

test('a missed step is told, and what came is kept all the same', () => {
  const { book } = foldIncident(NO_INCIDENTS, step(anIncident({ sequence: 1 }), ['a', 'b']));
  const folded = foldIncident(book, step(anIncident({ sequence: 3 }), ['c']));
  expect(folded.state).toBe('gap');
  expect(folded.book.ofAlarm.get('c')).toBe('incident.a');
});

test('a list takes the place of all that was known', () => {
  const { book } = foldIncident(NO_INCIDENTS, step(anIncident({ sequence: 9 }), ['a', 'b']));
  const anew = incidentsAnew([{ ...anIncident({ sequence: 2 }), members: [member('a'), member('z')] }]);
  expect(book.byId.get('incident.a')!.incident.sequence).toBe(9);
  expect(anew.byId.get('incident.a')!.incident.sequence).toBe(2);
  expect([...anew.ofAlarm.keys()]).toEqual(['a', 'z']);
});
