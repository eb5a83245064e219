import type { Records } from '@lifeline/records';
import { aDevice, anAsset, aSensor } from './records-builders.js';

const HEADER = 'deviceId,utility,channel,name,unit,lon,lat';

export function describeSensorImport(records: () => Records): void {
  const importing = (csv: string, dryRun = false) => records().registry.importCsv(csv, { dryRun, nowMs: 9_000 });

  describe('import of sensors', () => {
    it('registers what a file names, in any order of columns; the same file again changes nothing', async () => {
      await records().registry.putAssets([anAsset('imp-asset')]);
      const csv = [
        '\uFEFFhigh,lat,lon,unit,name,channel,utility,deviceId,assetId,gatewayId,intervalS,rangeLow,rangeHigh',
        '400,30.7,113.1,kPa,"Outlet, ""north""",p,gas,imp-1,imp-asset,imp-gw,30,0,600',
        ',30.7,113.1,%,Gas,ch4,gas,imp-1,,imp-gw,,,',
        ',30.7,113.1,V,Battery,vbat,gas,imp-gw,,,,,',
        '',
      ].join('\r\n');

      expect(await importing(csv)).toEqual({ rows: 3, created: 3, changed: 0, unchanged: 0, errors: [] });
      expect(await importing(csv)).toEqual({ rows: 3, created: 0, changed: 0, unchanged: 3, errors: [] });

      const device = await records().registry.device('imp-1');
      expect(device).toMatchObject({ name: 'imp-1', gatewayId: 'imp-gw', createdAtMs: 9_000 });
      expect(device!.sensors).toMatchObject([
        {
          name: 'Outlet, "north"',
          assetId: 'imp-asset',
          intervalS: 30,
          range: { low: 0, high: 600 },
          limits: { high: 400 },
        },
        { name: 'Gas', assetId: null, intervalS: 60, range: null, limits: {} },
      ]);
    });

    it('counts the rows that differ, and leaves alone what the file does not name', async () => {
      const limits = { high: 400, ratePerMinute: 5 };
      const sensors = [aSensor('a', { limits }), aSensor('b'), aSensor('other')];
      await records().registry.createDevice(aDevice('lay-1', { sensors }), 1);

      const answer = await importing(
        `${HEADER},high\nlay-1,gas,a,Sensor a,kPa,113.12,30.71,500\nlay-1,gas,b,Sensor b,kPa,113.12,30.71,\nlay-1,gas,c,New,kPa,113,30,`,
      );

      expect(answer).toMatchObject({ rows: 3, created: 1, changed: 1, unchanged: 1 });
      const device = await records().registry.device('lay-1');
      expect(device!.name).toBe('Device lay-1');
      expect(device!.sensors.map((sensor) => sensor.channel).sort()).toEqual(['a', 'b', 'c', 'other']);
      expect(device!.sensors[0]!.limits).toEqual({ high: 500, ratePerMinute: 5 });
    });

    it('writes nothing on a dry run, but answers the same', async () => {
      const csv = `${HEADER}\ndry-1,gas,p,P,kPa,113,30`;

      const answer = await importing(csv, true);

      expect(await records().registry.device('dry-1')).toBeUndefined();
      expect(await importing(csv)).toEqual(answer);
    });

    it('names every bad cell and writes nothing of the file', async () => {
      await records().registry.createDevice(aDevice('bad-old', { utility: 'power', sensors: [] }), 1);

      const answer = await importing(
        [
          `${HEADER},assetId,gatewayId,low,high`,
          'bad-1,gas,p,P,kPa,113,30,,,,',
          'bad-1,steam,q,,kPa,181,x,,,3,2',
          'bad-1,power,r,P,kPa,113,30,none,,,',
          'bad-1,gas,p,P,kPa,113,30,,,,',
          'bad-old,gas,p,P,kPa,113,30,,,,',
          'bad-2,gas,p,P,kPa,113,30,,nobody,,',
          'bad-3,gas,p,P,kPa,113',
        ].join('\n'),
      );

      expect(answer).toMatchObject({ rows: 7, created: 0, changed: 0, unchanged: 0 });
      expect(answer.errors.map(({ row, column, code }) => `${row} ${column} ${code}`).sort()).toEqual(
        [
          '2 utility invalid',
          '2 name missing',
          '2 lon invalid',
          '2 lat not-a-number',
          '2 high invalid',
          '3 assetId asset-unknown',
          '3 utility utility-differs',
          '4 channel duplicate-row',
          '5 utility wrong-utility',
          '6 gatewayId gateway-unknown',
          '7  cell-count',
        ].sort(),
      );
      expect(await records().registry.device('bad-1')).toBeUndefined();
    });

    it('revives sensors that were retired as created, with their numbers', async () => {
      const csv = `${HEADER}\nrev-1,gas,p,P,kPa,113,30`;
      await importing(csv);
      const before = await records().registry.device('rev-1');
      await records().registry.deleteDevice('rev-1', 2);

      expect(await importing(csv)).toMatchObject({ created: 1 });
      expect((await records().registry.device('rev-1'))!.sensors[0]!.sensorNo).toBe(before!.sensors[0]!.sensorNo);
    });

    it('takes 20,000 rows in one file', async () => {
      const rows = Array.from(
        { length: 20_000 },
        (_, i) => `big-${i % 4_000},gas,c${i % 5}-${Math.floor(i / 4_000)},N${i},kPa,113,30`,
      );

      const answer = await importing([HEADER, ...rows].join('\n'));

      expect(answer).toEqual({ rows: 20_000, created: 20_000, changed: 0, unchanged: 0, errors: [] });
    });
  });
}
