import { factsOf } from './asset-facts.js';

test('a number carries its unit, a word none, and a mere flag is not said', () => {
  expect(factsOf({ properties: { diameterMm: 315, households: 420, material: 'PE100', madeUp: true } })).toEqual([
    { key: 'diameterMm', value: { kind: 'figure', text: '315\u2009mm' } },
    { key: 'households', value: { kind: 'figure', text: '420' } },
    { key: 'material', value: { kind: 'word', text: 'PE100' } },
  ]);
});
