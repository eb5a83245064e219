import { newDesk, onlyIncident, raise } from '../testing/builders.js';

const ponding = (assetId: string, atS: number) => raise(assetId, 'POND', 'high', atS);

describe('a flood', () => {
  it('is the water of one catchment while it rains', () => {
    const desk = newDesk();
    const incident = onlyIncident(desk, [
      raise('pump', 'RAIN1H', 'high', 0),
      ponding('low-1', 600),
      ponding('low-2', 900),
      raise('wet-1', 'LVL_MH', 'low', 950),
    ]);
    expect(incident).toMatchObject({ kind: 'flooding', causeAssetId: 'pump', counts: { members: 4 } });
    expect(incident.headline.en).toBe('Water rises towards PUMP: 2 underpasses, 1 manhole, 1 pump station');
  });

  it('without rain is the water of one drain only', () => {
    const desk = newDesk({ isRaining: () => false });
    const incident = onlyIncident(desk, [
      ponding('low-1', 0),
      raise('wet-1', 'LVL_MH', 'low', 60),
      ponding('low-2', 90),
    ]);
    expect(incident.counts.members).toBe(2);
    expect(desk.alone()).toHaveLength(1);
  });
});
