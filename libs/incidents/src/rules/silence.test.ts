import { newDesk, onlyIncident, raise } from '../testing/builders.js';

const stale = (assetId: string, atS: number) => raise(assetId, 'CH4_MH', 'stale', atS, { priority: 'blue' });

describe('a silent gateway', () => {
  it('is told where three devices behind it fall silent together', () => {
    const desk = newDesk();
    desk.take(stale('mh-1', 0));
    desk.take(stale('mh-2', 10));
    expect(desk.incidents()).toEqual([]);
    const incident = onlyIncident(desk, [stale('mh-9', 20), stale('reg-9', 30)]);
    expect(incident.headline.en).toBe('Gateway gw-gas silent: 4 alarms on 3 manholes, 1 regulator');
  });

  it('is not told while most of its devices speak', () => {
    const desk = newDesk({ devicesBehind: () => 8 });
    for (const one of ['mh-1', 'mh-2', 'mh-9']) desk.take(stale(one, 0));
    expect(desk.incidents()).toEqual([]);
    expect(onlyIncident(desk, [stale('reg-1', 5)]).counts.members).toBe(4);
  });

  it('is not told of what fell silent at different times', () => {
    const desk = newDesk();
    ['mh-1', 'mh-2', 'mh-9'].forEach((one, i) => desk.take(stale(one, i * 1000)));
    expect(desk.incidents()).toEqual([]);
  });
});
