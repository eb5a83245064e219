import { newDesk, onlyIncident, outage, raise } from '../testing/builders.js';

describe('alarms of one asset', () => {
  it('are one incident within a window, and apart after it', () => {
    const desk = newDesk();
    const incident = onlyIncident(desk, [raise('brg-1', 'STRN', 'high', 0), raise('brg-1', 'DEFL', 'high', 500)]);
    expect(incident.headline.en).toBe('BRG-1: 2 alarms');
    desk.take(raise('brg-1', 'WIND', 'high', 5000));
    expect(desk.alone()).toHaveLength(1);
  });

  it('go with the one whose cause is found', () => {
    const desk = newDesk();
    desk.take(raise('tx-1', 'T_OIL', 'high', 0));
    desk.take(raise('tx-1', 'U_LV', 'low', 5));
    expect(onlyIncident(desk, [outage('fdr-1', 10)])).toMatchObject({ kind: 'supply', counts: { members: 3 } });
  });
});
