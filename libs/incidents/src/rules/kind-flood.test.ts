import { newDesk, onlyIncident, raise } from '../testing/builders.js';

const wind = (i: number, over = {}) => raise(`brg-${i}`, 'WIND', 'high', i, over);

describe('many alarms of one kind in one district', () => {
  it('are one incident from ten in ten minutes on', () => {
    const desk = newDesk();
    for (let i = 0; i < 9; i++) desk.take(wind(i));
    expect(desk.incidents()).toEqual([]);
    const incident = onlyIncident(desk, [wind(9), wind(10)]);
    expect(incident.headline.en).toMatch(/^Wind speed .* in Langya: 11 alarms on 11 bridges$/);
  });

  it('never hold a red one', () => {
    const desk = newDesk();
    for (let i = 0; i < 12; i++) desk.take(wind(i, i === 3 ? { priority: 'red' } : {}));
    expect(desk.alone().map(({ priority }) => priority)).toEqual(['red']);
  });
});
