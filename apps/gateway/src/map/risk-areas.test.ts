import type { Asset } from '@lifeline/contracts';
import { consequenceOf, riskAreas } from './risk-areas.js';

type Facts = Parameters<typeof consequenceOf>[0];

const asset = (assetId: string, kind: Asset['kind'], lon: number, properties: Facts['properties'] = {}) => ({
  ...{ assetId, kind, name: assetId, nameZh: assetId, properties },
  geometry: { type: 'Point' as const, coordinates: [lon, 32] as [number, number] },
});
const alarm = (priority: 'red' | 'orange' | 'yellow' | 'blue', lon: number, assetId: string | null = null) => ({
  ...{ priority, assetId, state: 'unacknowledged' as const },
  position: { lon, lat: 32 },
});
const areas = (...given: Parameters<typeof riskAreas>) =>
  riskAreas(...given).features.map(({ properties }) => properties);

describe('the four-colour risk map', () => {
  it('is what an alarm makes likely, times what would come of it', () => {
    const station = asset('gate', 'regulator', 118, { role: 'gate-station' });
    expect(areas([station], [])).toMatchObject([{ likelihood: 1, severity: 5, risk: 5, colour: 'yellow' }]);
    expect(areas([station], [alarm('orange', 118, 'gate')])).toMatchObject([
      { likelihood: 4, risk: 20, colour: 'red' },
    ]);
    const manhole = asset('m', 'drain-node', 118);
    expect(areas([manhole], [alarm('yellow', 118)])).toMatchObject([{ risk: 6, colour: 'yellow', alarms: 1 }]);
    expect(areas([manhole], [])).toMatchObject([{ risk: 2, colour: 'blue' }]);
  });

  it('is graver by one where three alarms stand in one cell, and never above five', () => {
    const three = ['a', 'b', 'c'].map(() => alarm('blue', 118));
    expect(areas([asset('m', 'manhole', 118)], three)).toMatchObject([{ likelihood: 3, alarms: 3 }]);
    const reds = three.map(() => alarm('red', 118));
    expect(areas([asset('b', 'bridge', 118, { spanM: 400 })], reds)).toMatchObject([{ risk: 25, colour: 'red' }]);
  });

  it('counts no alarm that is held, and takes the consequence of what the alarm concerns', () => {
    const shelved = { ...alarm('red', 118, 'm'), state: 'shelved' as const };
    const assets = [asset('m', 'manhole', 118), asset('s', 'substation', 118.0001)];
    expect(areas(assets, [shelved])).toMatchObject([{ likelihood: 1, severity: 4, assetId: 's', alarms: 0 }]);
    expect(areas(assets, [alarm('red', 118, 'm')])).toMatchObject([{ severity: 2, assetId: 'm', risk: 10 }]);
  });

  it('has a cell for every place with assets, and none elsewhere', () => {
    const [one, two] = riskAreas([asset('a', 'bridge', 117), asset('b', 'bridge', 118)], [alarm('red', 119)]).features;
    expect(one!.geometry.coordinates[0]).toHaveLength(5);
    const [[west], [east]] = [two!.geometry.coordinates[0]![0]!, two!.geometry.coordinates[0]![1]!];
    expect(west! <= 118 && east! > 118).toBe(true);
  });
});
