import type { IncidentDesk } from '../desk.js';

/** Every alarm is in one place, incidents say what they are, and each member why it is there. */
export function expectWhole(desk: IncidentDesk, ids: ReadonlySet<string>): void {
  const account = desk.account();
  expect(account).toMatchObject({ raw: ids.size, lost: 0 });
  expect(account.inIncidents + account.alone + account.held).toBe(ids.size);
  const members = [...desk.state().incidents].flatMap(({ incidentId }) => desk.members(incidentId));
  expect(new Set(members.map(({ alarmId }) => alarmId)).size).toBe(members.length);
  expect(members.length).toBe(account.inIncidents);
  for (const { alarmId, why, to, rule } of members) {
    expect(why.en.length > 5 && why.zh.length > 3 && (to !== alarmId || rule === 'hand')).toBe(true);
    expect(desk.incidentOf(alarmId)).not.toBeNull();
  }
  for (const { headline, counts, actSequence } of desk.incidents()) {
    expect(headline.en.length > 3 && headline.zh.length > 1).toBe(true);
    if (actSequence === 0) expect(counts.members).toBeGreaterThan(1);
  }
}
