import { readAddress, selectedOf } from './address.js';

test('reads what a link carries', () => {
  expect(readAddress({ sel: 'gas-1/pressure', lng: '117.2', lat: 31.8, z: 12, utility: 'gas' })).toEqual({
    sel: 'gas-1/pressure',
    lng: 117.2,
    lat: 31.8,
    z: 12,
    utility: 'gas',
  });
});

test('leaves out what makes no sense', () => {
  expect(readAddress({ lng: 'east', lat: 95, z: -1, utility: 'heat', state: 'asleep', priority: 'pink' })).toEqual({});
  expect(readAddress({ from: 20, to: 10 })).toEqual({});
  expect(readAddress({ from: 20 })).toEqual({});
});

test('an id that looks like a number stays text', () => {
  expect(readAddress({ sel: 42 })).toEqual({ sel: '42' });
});

test('tells sensors from assets and incidents', () => {
  expect(selectedOf('gas-1/pressure')).toEqual({ kind: 'sensor', id: 'gas-1/pressure' });
  expect(selectedOf('R-07')).toEqual({ kind: 'asset', id: 'R-07' });
  expect(selectedOf('incident.gas-1.p.limit.1')).toEqual({ kind: 'incident', id: 'incident.gas-1.p.limit.1' });
  expect(selectedOf('')).toBeUndefined();
});

test('names the lifelines that the map hides in one order, and no others', () => {
  expect(readAddress({ hide: 'power.heat.gas', risk: 'shown' })).toEqual({ hide: 'gas.power', risk: 'shown' });
  expect(readAddress({ hide: '', risk: 'yes' })).toEqual({});
});
