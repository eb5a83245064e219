import { readImportCsv } from './import-csv.js';
import { planImport } from './import-plan.js';
import { sensorFields, type DeviceRow } from './registry-rows.js';

const device: DeviceRow = { deviceId: 'd-1', utility: 'gas', name: 'One', gatewayId: 'gw', createdAtMs: 1 };
const registered = {
  ...sensorFields('d-1', {
    channel: 'p',
    unit: 'kPa',
    name: 'P',
    lon: 1,
    lat: 2,
    type: 'P_MID',
    intervalS: 30,
    limits: { high: 10, low: 5 },
  }),
  sensorNo: 7,
};
const ground = {
  known: { devices: new Map([['d-1', device]]), sensors: new Map([['d-1', [registered]]]) },
  gateways: new Set(['gw']),
  assets: new Set<string>(),
};
const planOf = async (csv: string) => planImport(await readImportCsv(csv), ground);
const HEADER = 'deviceId,utility,channel,name,unit,lon,lat';

describe('import over the registry', () => {
  it('leaves what columns that the file lacks say', async () => {
    const plan = await planOf(`${HEADER}\nd-1,gas,p,P,kPa,1,2`);

    expect(plan).toMatchObject({ created: 0, changed: 0, unchanged: 1, errors: [] });
    expect(plan.wanted).toMatchObject([{ name: 'One', gatewayId: 'gw', sensors: [{ type: 'P_MID', intervalS: 30 }] }]);
  });

  it('clears what an empty cell of a column clears, and counts the row as changed', async () => {
    const plan = await planOf(`${HEADER},gatewayId,high\nd-1,gas,p,P,kPa,1,2,,`);

    expect(plan).toMatchObject({ changed: 1, unchanged: 0, errors: [] });
    expect(plan.wanted[0]).toMatchObject({ gatewayId: null, sensors: [{ limits: { low: 5, high: null } }] });
  });

  it('counts a row as changed where only its device has another gateway', async () => {
    expect(await planOf(`${HEADER},gatewayId\nd-1,gas,p,P,kPa,1,2,`)).toMatchObject({ changed: 1, unchanged: 0 });
  });

  it('refuses limits that are out of order only together with those registered before', async () => {
    const plan = await planOf(`${HEADER},high\nd-1,gas,p,P,kPa,1,2,4`);

    expect(plan.errors).toMatchObject([{ row: 1, column: 'high', code: 'invalid' }]);
  });

  it('refuses two gateways for one device, and a device as its own gateway', async () => {
    const plan = await planOf(`${HEADER},gatewayId\nn,gas,p,P,kPa,1,2,gw\nn,gas,q,Q,kPa,1,2,\nm,gas,p,P,kPa,1,2,m`);

    expect(plan.errors.map(({ row, code }) => [row, code])).toEqual([
      [2, 'gateway-differs'],
      [3, 'gateway-unknown'],
    ]);
  });

  it('refuses more sensors of one device than REST takes', async () => {
    const rows = Array.from({ length: 257 }, (_, i) => `n,gas,c${i},P,kPa,1,2`);

    expect((await planOf([HEADER, ...rows].join('\n'))).errors).toMatchObject([{ code: 'too-many-sensors' }]);
  });
});
