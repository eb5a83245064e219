import type { AlarmTransition, Evidence } from '@lifeline/contracts';
import { findingFeatures } from '../map/finding-features.js';
import { boundsOf, placeOf, placesOfSelected, roundedMetres } from './finding-place.js';

const location: NonNullable<Evidence['location']> = {
  assetId: 'gas-seg-1',
  alongM: 1240,
  uncertaintyM: 35,
  position: [118.31, 32.3],
  stretch: [
    [118.309, 32.3],
    [118.312, 32.301],
  ],
};

function alarm(change: Partial<AlarmTransition> = {}, where: Evidence['location'] = location) {
  const evidence: Evidence = {
    ...{ test: 'mass-balance', expected: null, residual: null, carriers: [], confidence: null, figures: [] },
    location: where,
  };
  return { alarmId: 'a', sensorId: 'gas-1/p', assetId: 'R-07', priority: 'orange', evidence, ...change } as const;
}

test('a place is shown for the sensor, for its asset, and for the asset on which it lies', () => {
  const place = placeOf(alarm());
  for (const selected of [
    { kind: 'sensor', id: 'gas-1/p' },
    { kind: 'asset', id: 'R-07' },
    { kind: 'asset', id: 'gas-seg-1' },
  ] as const)
    expect(placesOfSelected([alarm()], selected)).toEqual([place]);
  expect(placesOfSelected([alarm()], { kind: 'asset', id: 'other' })).toEqual([]);
  expect(placesOfSelected([alarm()], undefined)).toEqual([]);
});

test('an alarm without a place, or without evidence, shows none', () => {
  expect(placeOf(alarm({}, null))).toBeUndefined();
  expect(placeOf(alarm({ evidence: null }))).toBeUndefined();
});

test('the whole stretch is brought into view', () => {
  expect(boundsOf(location)).toEqual([118.309, 32.3, 118.312, 32.301]);
  expect(boundsOf({ position: [118, 32], stretch: [] })).toEqual([118, 32, 118, 32]);
});

test('metres are said no finer than they are known', () => {
  expect(roundedMetres(1242.4, 35)).toBe(1240);
  expect(roundedMetres(1242.4, 3)).toBe(1242);
  expect(roundedMetres(1247, 240)).toBe(1250);
});

test('the map gets the stretch and the labelled point, or the point alone', () => {
  const place = { ...placeOf(alarm())!, label: '1,240 m' };
  const { features } = findingFeatures([place, { ...place, stretch: [] }]);
  expect(features.map(({ geometry }) => geometry.type)).toEqual(['LineString', 'Point', 'Point']);
  expect(features[1]!.properties).toEqual({ priority: 'orange', label: '1,240 m' });
});
