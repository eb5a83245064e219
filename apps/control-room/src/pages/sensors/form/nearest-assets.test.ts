import type { Asset } from '@lifeline/contracts';
import { metresTo, nearestAssets } from './nearest-assets.js';

const asset = (assetId: string, geometry: Asset['geometry']): Asset => ({
  assetId,
  utility: 'gas',
  kind: 'pipe-segment',
  name: assetId,
  nameZh: assetId,
  district: 'D',
  geometry,
  properties: {},
});
const here = { lon: 121, lat: 31 };

test('a line is as far as its nearest point, not its nearest corner', () => {
  const line: Asset['geometry'] = {
    type: 'LineString',
    coordinates: [
      [120.9, 31.001],
      [121.1, 31.001],
    ],
  };

  // 0.001 degrees of latitude are 111.2 m.
  expect(metresTo(line, here)).toBeCloseTo(111.2, 0);
});

test('a degree of longitude is shorter the farther north', () => {
  expect(metresTo({ type: 'Point', coordinates: [121.001, 31] }, here)).toBeCloseTo(
    111.2 * Math.cos((31 * Math.PI) / 180),
    0,
  );
});

test('what is too far is not suggested, what is near comes first', () => {
  const assets = [
    asset('far', { type: 'Point', coordinates: [122, 31] }),
    asset('second', { type: 'Point', coordinates: [121.002, 31] }),
    asset('first', { type: 'Point', coordinates: [121.001, 31] }),
  ];

  expect(nearestAssets(assets, here).map(({ asset: { assetId } }) => assetId)).toEqual(['first', 'second']);
});
