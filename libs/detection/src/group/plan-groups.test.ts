import type { Asset } from '@lifeline/contracts';
import { sensorWith } from '../testing/builders.js';
import { planGroups, watchGroups } from './plan-groups.js';

function asset(assetId: string): Asset {
  return {
    assetId,
    utility: 'bridge',
    kind: 'bridge',
    name: assetId,
    nameZh: assetId,
    district: 'd',
    geometry: { type: 'Point', coordinates: [0, 0] },
    properties: {},
  };
}

const sensor = (sensorNo: number, assetId: string | null, type: string | null, unit = 'kPa', intervalS = 10) =>
  sensorWith({ sensorNo, assetId, type, unit, intervalS, utility: 'bridge' });

describe('which sensors are watched together', () => {
  it('groups those of one asset that one cause moves, and leaves out the rest', () => {
    const sensors = [
      sensor(1, 'b1', 'STRN'),
      sensor(2, 'b1', 'DEFL'),
      sensor(3, 'b1', 'GVW'), // vehicles jump
      sensor(4, 'b2', 'STRN'), // alone
      sensor(5, null, 'STRN'), // of nothing
      sensor(6, 'gone', 'STRN'),
      sensor(7, 'b1', 'STRN', 'kPa', 3600), // too seldom
      sensor(8, 'b1', null, 'mm'),
      sensor(9, 'b1', null, 'mm'),
      sensor(10, 'b1', null, 'V'),
    ];
    const groups = planGroups([asset('b1'), asset('b2')], sensors);
    expect(groups.map(({ watchId, sensors: members }) => [watchId, members.map(({ sensorNo }) => sensorNo)])).toEqual([
      ['bridge/group/b1/structure', [1, 2]],
      ['bridge/group/b1/unit-mm', [8, 9]],
    ]);
    expect(watchGroups([asset('b1'), asset('b2')], sensors).map(({ sensorNos }) => sensorNos)).toEqual([
      [1, 2],
      [8, 9],
    ]);
  });

  it('cuts a family of many into groups of at most sixteen, whatever order the sensors come in', () => {
    const sensors = Array.from({ length: 40 }, (_, i) => sensor(i + 1, 'b1', 'STRN'));
    const groups = planGroups([asset('b1')], sensors);
    expect(groups.map(({ watchId, sensors: members }) => [watchId, members.length])).toEqual([
      ['bridge/group/b1/structure', 14],
      ['bridge/group/b1/structure-2', 14],
      ['bridge/group/b1/structure-3', 12],
    ]);
    expect(planGroups([asset('b1')], sensors.toReversed())).toEqual(groups);
  });
});
