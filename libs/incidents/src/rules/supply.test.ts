import { newDesk, onlyIncident, outage, raise } from '../testing/builders.js';

const busLost = (atS: number) => raise('sub-1', 'U_10', 'low-low', atS, { priority: 'orange' });

describe('a lost supply', () => {
  it('explains what it feeds, across lifelines', () => {
    const desk = newDesk();
    const incident = onlyIncident(desk, [
      busLost(0),
      outage('fdr-1', 20),
      raise('tx-1', 'U_LV', 'low-low', 30),
      raise('pump', 'LVL_SP', 'high', 600),
    ]);
    expect(incident).toMatchObject({ kind: 'supply', causeAssetId: 'sub-1', utility: 'power', priority: 'orange' });
    expect(incident.utilities).toEqual(['drainage', 'power']);
    expect(incident.headline.en).toBe('SUB-1 lost: 4 alarms of 1 of its 2 feeders, 1 transformer, 1 pump station');
    const why = desk.members(incident.incidentId).find(({ alarmId }) => alarmId.startsWith('pump'))!.why;
    expect(why.en).toBe('Fed by FDR-1, which lost supply; 10 min after it');
    expect(why.zh).toBe('由fdr-1号供给，其已失去供应；晚10分钟');
  });

  it('that is found after its consequences takes them in, under one name that stays', () => {
    const desk = newDesk();
    const early = onlyIncident(desk, [outage('fdr-1', 0), raise('tx-1', 'U_LV', 'low', 10)]);
    const changes = desk.take(busLost(30));
    expect(changes).toHaveLength(1);
    expect(changes[0]!.incident).toMatchObject({ incidentId: early.incidentId, causeAssetId: 'sub-1' });
    desk.take(raise('tx-2', 'U_LV', 'low', 40));
    expect(desk.incidents()).toHaveLength(1);
  });

  it('merges the incidents of two feeders when their substation is found to be lost', () => {
    const desk = newDesk({ options: { siblingWindowMs: 1000 } });
    for (const one of [outage('fdr-1', 0), raise('tx-1', 'U_LV', 'low', 5)]) desk.take(one);
    for (const one of [outage('fdr-2', 60), raise('tx-2', 'U_LV', 'low', 65)]) desk.take(one);
    const [kept, other] = desk.incidents();
    const changes = desk.take(busLost(70));
    expect(changes.find(({ event }) => event === 'merged')?.incident).toMatchObject({
      incidentId: other!.incidentId,
      mergedInto: kept!.incidentId,
      state: 'closed',
    });
    expect(desk.incidents().map(({ incidentId, counts }) => [incidentId, counts.members])).toEqual([
      [kept!.incidentId, 5],
    ]);
  });

  it('is told of a substation by its feeders that go together', () => {
    const incident = onlyIncident(newDesk(), [outage('fdr-1', 0), outage('fdr-2', 3)]);
    expect(incident.causeAssetId).toBe('sub-1');
    expect(incident.headline.en).toBe('SUB-1 likely lost: 2 alarms of 2 of its 2 feeders');
  });

  it('explains neither what others feed, nor hot oil, nor what came long after it was back', () => {
    const desk = newDesk();
    const lost = busLost(0);
    desk.take(lost);
    desk.take(raise('tx-3', 'U_LV', 'low', 5));
    desk.take(raise('tx-2', 'T_OIL', 'high', 6));
    desk.take({ ...lost, sequence: 2, event: 'clear', state: 'returned-unacknowledged', atMs: lost.atMs + 60_000 });
    desk.take(raise('tx-1', 'U_LV', 'low', 1000));
    expect(desk.incidents()).toEqual([]);
  });
});
