import { newDesk, next, normal, onlyIncident, outage, raise } from './testing/builders.js';

describe('the incident desk', () => {
  it('takes the same transition twice as once', () => {
    const desk = newDesk();
    const all = [outage('fdr-1', 0), raise('tx-1', 'U_LV', 'low', 5)];
    for (const one of all) desk.take(one);
    const before = desk.state();
    for (const one of all) expect(desk.take(one)).toEqual([]);
    expect(desk.state()).toEqual(before);
  });

  it('opens, joins, escalates and closes, and forgets what is over', () => {
    const desk = newDesk();
    const [lost, low] = [outage('fdr-1', 0), raise('tx-1', 'U_LV', 'low', 5)];
    const worse = next(low, { event: 'escalate', priority: 'red' });
    const events = [lost, low, raise('tx-1', 'LOAD', 'low', 6), worse].flatMap((one) => desk.take(one));
    expect(events.map(({ event, incident }) => [event, incident.sequence])).toEqual([
      ['opened', 1],
      ['joined', 2],
      ['escalated', 3],
    ]);
    expect(events[2]!.incident.headline.en).toMatch(/; red: tx-1 U_LV$/);
    const last = desk.state().subjects.map(({ alarmId }) => alarmId);
    const ends = [lost, worse, raise('tx-1', 'LOAD', 'low', 6)].flatMap((one) => desk.take(normal(one)));
    expect(ends.map(({ event }) => event)).toEqual(['updated', 'updated', 'closed']);
    desk.forgetClosed();
    expect(desk.state()).toMatchObject({ subjects: [], incidents: [], forgotten: { inIncidents: last.length } });
    expect(desk.account()).toEqual({ raw: 3, inIncidents: 3, alone: 0, held: 0, lost: 0 });
  });

  it('lets a red alarm out of the incident of another lifeline', () => {
    const desk = newDesk();
    const sump = raise('pump', 'LVL_SP', 'high', 60);
    for (const one of [outage('fdr-1', 0), raise('tx-1', 'U_LV', 'low', 5), sump]) desk.take(one);
    const [change] = desk.take(next(sump, { event: 'escalate', priority: 'red' }));
    expect(change).toMatchObject({ event: 'left', left: [sump.alarmId] });
    expect(desk.alone()).toMatchObject([{ alarmId: sump.alarmId, priority: 'red' }]);
    expect(desk.take(raise('pump', 'RAIN1H', 'high', 65))[0]!.incident).toMatchObject({
      kind: 'flooding',
      priority: 'red',
    });
  });

  it('does not hide gas in the incident of a silent gateway', () => {
    const desk = newDesk();
    for (const id of ['mh-1', 'mh-2', 'mh-9']) desk.take(raise(id, 'CH4_MH', 'stale', 0));
    desk.take(raise('mh-9', 'CH4_ST', 'high', 30));
    expect(desk.alone()).toMatchObject([{ isGasLeak: true }]);
  });

  it('counts what is held back apart, until it is announced', () => {
    const desk = newDesk();
    const holds = { active: true, shelvedUntilMs: null, suppressedBy: 'works', permit: null };
    const held = raise('tx-1', 'U_LV', 'low', 5, { state: 'suppressed', holds });
    desk.take(outage('fdr-1', 0));
    desk.take(held);
    expect(desk.account()).toMatchObject({ raw: 2, alone: 1, held: 1, inIncidents: 0 });
    onlyIncident(desk, [next(held, { event: 'unsuppress', state: 'unacknowledged', holds: null })]);
    expect(desk.account()).toMatchObject({ raw: 2, alone: 0, held: 0, inIncidents: 2 });
  });

  it('keeps the oldest that are over as a number where an incident stays open', () => {
    const desk = newDesk({ options: { mostClosedMembers: 1 } });
    desk.take(outage('fdr-1', 0));
    for (let i = 1; i <= 5; i++) {
      const one = raise('tx-1', 'U_LV', 'low', i);
      desk.take(one);
      desk.take(normal(one));
    }
    desk.forgetClosed();
    expect(desk.state().subjects).toHaveLength(2);
    expect(desk.incidents()[0]!.counts.members).toBe(6);
    expect(desk.account()).toMatchObject({ raw: 6, inIncidents: 6, lost: 0 });
  });
});
