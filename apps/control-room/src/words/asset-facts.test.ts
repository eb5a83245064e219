import { factsOf } from './asset-facts.js';

test('a number carries its unit, a word none, and a mere flag is not said', () => {
  expect(
    factsOf({ assetId: 'a', properties: { diameterMm: 315, households: 420, material: 'PE100', madeUp: true } }),
  ).toEqual([
    { key: 'diameterMm', value: { kind: 'figure', text: '315\u2009mm' } },
    { key: 'households', value: { kind: 'figure', text: '420' } },
    { key: 'material', value: { kind: 'word', text: 'PE100' } },
  ]);
});

test('an asset links to what feeds it, and not to itself', () => {
  const facts = factsOf({
    assetId: 'pwr-tx-1',
    properties: { feederId: 'pwr-f-2', sourceId: 'pwr-tx-1', waveSpeedMs: 390 },
  });
  expect(facts).toEqual([
    { key: 'feederId', value: { kind: 'asset', text: 'pwr-f-2' } },
    { key: 'waveSpeedMs', value: { kind: 'figure', text: '390\u2009m/s' } },
  ]);
});
