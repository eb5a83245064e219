import { newDesk, onlyIncident, raise } from '../testing/builders.js';

const methane = (assetId: string, atS: number) => raise(assetId, 'CH4_MH', 'high', atS);

describe('a gas leak', () => {
  it('is methane near methane and the pressure that falls on the pipes there', () => {
    const desk = newDesk();
    const incident = onlyIncident(desk, [methane('mh-1', 0), methane('mh-2', 20), raise('reg-1', 'P_LOW', 'low', 40)]);
    expect(incident).toMatchObject({ kind: 'gas-leak', isGasLeak: true, counts: { members: 3, leakSigns: 2 } });
    expect(incident.headline.en).toBe('Gas leak near MH-1: 2 manholes, 1 regulator');
    expect(incident.headline.zh).toBe('mh-1号附近燃气泄漏：2座窨井、1座调压站');
  });

  it('takes the pressure that fell before the methane came up', () => {
    expect(onlyIncident(newDesk(), [raise('reg-1', 'P_LOW', 'low', 0), methane('mh-2', 200)]).firstOut.assetId).toBe(
      'reg-1',
    );
  });

  it('is not two falling pressures, nor methane far away', () => {
    const desk = newDesk();
    for (const one of [raise('reg-1', 'P_LOW', 'low', 0), raise('pipe-2', 'P_MID', 'low', 1), methane('mh-9', 2)])
      desk.take(one);
    expect(desk.incidents()).toEqual([]);
    expect(desk.alone()).toHaveLength(3);
  });

  it('is never wider than it may be, so that a second leak has its own line', () => {
    const desk = newDesk({ options: { leakMostExtentM: 100 } });
    desk.take(methane('mh-1', 0));
    desk.take(methane('mh-2', 1));
    expect(desk.alone()).toHaveLength(2);
  });

  it('is not what a silent methane sensor means', () => {
    const desk = newDesk();
    desk.take(raise('mh-1', 'CH4_MH', 'stale', 0));
    desk.take(raise('mh-2', 'CH4_MH', 'stale', 1));
    expect(desk.incidents()).toEqual([]);
  });
});
