import { createHash } from 'node:crypto';
import { RegistryCopy, type Records } from '@lifeline/records';
import { aDevice, anAsset, aSensor } from './records-builders.js';
import { allPages, Heard } from './records-suite.js';

/** Each case takes ids of its own: the cases of one adapter share a database. */
export function describeRegistryRecords(records: () => Records): void {
  describe('registry', () => {
    it('gives a registered device back with defaults filled in and limits in one order', async () => {
      const given = aDevice('reg-1', {
        sensors: [
          aSensor('p', { limits: { high: 400, lowLow: 10, low: null, deadband: 2 }, range: { low: 0, high: 600 } }),
        ],
      });

      const device = await records().registry.createDevice(given, 5_000);

      expect(device).toMatchObject({ deviceId: 'reg-1', gatewayId: null, hasCredential: false, createdAtMs: 5_000 });
      expect(device.sensors[0]).toMatchObject({
        sensorId: 'reg-1/p',
        intervalS: 60,
        type: null,
        range: { low: 0, high: 600 },
      });
      expect(Object.entries(device.sensors[0]!.limits)).toEqual([
        ['lowLow', 10],
        ['high', 400],
        ['deadband', 2],
      ]);
      expect(await records().registry.device('reg-1')).toEqual(device);
    });

    it.each([
      ['device-exists', 'deviceId', aDevice('ref-1')],
      ['gateway-unknown', 'gatewayId', aDevice('ref-2', { gatewayId: 'nobody' })],
      ['gateway-unknown', 'gatewayId', aDevice('ref-3', { gatewayId: 'ref-3' })],
      [
        'asset-unknown',
        'sensors.1.assetId',
        aDevice('ref-4', { sensors: [aSensor('p'), aSensor('q', { assetId: 'none' })] }),
      ],
      ['sensor-exists', 'sensors.1.channel', aDevice('ref-5', { sensors: [aSensor('p'), aSensor('p')] })],
    ])('refuses a device with %s at %s and keeps nothing of it', async (code, path, device) => {
      await records().registry.putDevices([aDevice('ref-1')], 1);

      await expect(records().registry.createDevice(device, 1)).rejects.toMatchObject({ code, path });

      if (code !== 'device-exists') expect(await records().registry.device(device.deviceId)).toBeUndefined();
    });

    it('lets exactly one of two win that register the same device at once', async () => {
      const outcomes = await Promise.allSettled(
        [1, 2].map((n) => records().registry.createDevice(aDevice('race-1'), n)),
      );

      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({
        reason: { code: 'device-exists' },
      });
    });

    it('replaces the list of sensors on a change, and keeps what the change does not name', async () => {
      const { registry } = records();
      await registry.createDevice(aDevice('chg-gw'), 1);
      const before = await registry.createDevice(
        aDevice('chg-1', { gatewayId: 'chg-gw', sensors: [aSensor('a'), aSensor('b')] }),
        1,
      );

      const after = await registry.changeDevice('chg-1', { sensors: [aSensor('b', { unit: 'Pa' }), aSensor('c')] }, 2);

      expect(after).toMatchObject({ name: 'Device chg-1', gatewayId: 'chg-gw', createdAtMs: 1 });
      expect(after.sensors.map((sensor) => [sensor.channel, sensor.unit])).toEqual([
        ['b', 'Pa'],
        ['c', 'kPa'],
      ]);
      expect(after.sensors[0]!.sensorNo).toBe(before.sensors[1]!.sensorNo);
      await expect(registry.changeDevice('chg-none', {}, 2)).rejects.toMatchObject({ code: 'device-unknown' });
    });

    it('gives a sensor its old number when its device comes back', async () => {
      const { registry } = records();
      const first = await registry.createDevice(aDevice('back-1'), 1);
      await registry.issueCredential('back-1', 1);
      await registry.deleteDevice('back-1', 2);
      expect(await registry.device('back-1')).toBeUndefined();
      await expect(registry.deleteDevice('back-1', 2)).rejects.toMatchObject({ code: 'device-unknown' });

      const again = await registry.createDevice(
        aDevice('back-1', { utility: 'power', sensors: [aSensor('q'), aSensor('p')] }),
        3,
      );

      const numbers = new Map(again.sensors.map((sensor) => [sensor.channel, sensor.sensorNo]));
      expect(numbers.get('p')).toBe(first.sensors[0]!.sensorNo);
      expect(again).toMatchObject({ utility: 'power', hasCredential: false, createdAtMs: 3 });
    });

    it('leaves no device with a gateway that was deleted', async () => {
      const { registry } = records();
      await registry.putDevices([aDevice('orphan-1', { gatewayId: 'orphan-gw' }), aDevice('orphan-gw')], 1);

      await registry.deleteDevice('orphan-gw', 2);

      expect(await registry.device('orphan-1')).toMatchObject({ gatewayId: null });
    });

    it('pages through devices once each while others come and go', async () => {
      const { registry } = records();
      const ids = Array.from({ length: 25 }, (_, i) => `page-${String(i).padStart(2, '0')}`);
      await registry.putDevices(
        ids.map((id) => aDevice(id)),
        1,
      );
      let asked = 0;

      const seen = await allPages(async (after) => {
        if (asked++ === 1) {
          await registry.deleteDevice('page-00', 2);
          await registry.createDevice(aDevice('page-03a'), 2);
        }
        return registry.devices({ limit: 10, after, q: 'PAGE-' });
      });

      expect(seen.map((device) => device.deviceId)).toEqual(ids);
    });

    it('finds devices by utility and by a text in which % and _ mean themselves', async () => {
      const { registry } = records();
      await registry.putDevices([aDevice('find_1', { name: '100% full', utility: 'drainage' }), aDevice('findx1')], 1);
      const found = async (q: string, utility?: 'drainage') =>
        (await registry.devices({ limit: 10, q, utility })).items.map((device) => device.deviceId);

      expect(await found('find_')).toEqual(['find_1']);
      expect(await found('0% F')).toEqual(['find_1']);
      expect(await found('find', 'drainage')).toEqual(['find_1']);
    });

    it('refuses a page token that it never gave', async () => {
      await expect(records().registry.devices({ limit: 1, after: 'nonsense' })).rejects.toMatchObject({
        code: 'page-token',
      });
    });

    it('puts many devices at once, changing only what differs, all or nothing', async () => {
      const { registry } = records();
      const many = Array.from({ length: 3_000 }, (_, i) =>
        aDevice(`bulk-${i}`, { sensors: [aSensor('a'), aSensor('b', { limits: { high: i } })] }),
      );

      expect(await registry.putDevices(many, 1)).toEqual({ created: 3_000, changed: 0, unchanged: 0 });
      const numbers = (await registry.devicesById(['bulk-7', 'bulk-2999'])).map(({ device }) =>
        device.sensors.map((s) => s.sensorNo),
      );
      many[7] = { ...many[7]!, name: 'Another' };
      expect(await registry.putDevices(many, 2)).toEqual({ created: 0, changed: 1, unchanged: 2_999 });
      await expect(
        registry.putDevices([aDevice('bulk-new'), aDevice('bulk-8', { utility: 'power' })], 3),
      ).rejects.toMatchObject({ code: 'wrong-utility' });

      expect(await registry.device('bulk-new')).toBeUndefined();
      const after = (await registry.devicesById(['bulk-7', 'bulk-2999'])).map(({ device }) =>
        device.sensors.map((s) => s.sensorNo),
      );
      expect(after).toEqual(numbers);
    });

    it('keeps assets with their geometry, and the newest of two versions', async () => {
      const { registry } = records();
      const line = anAsset('asset-2', {
        utility: 'drainage',
        kind: 'drain-segment',
        geometry: {
          type: 'LineString',
          coordinates: [
            [113, 30],
            [113.5, 30.25],
          ],
        },
      });
      await registry.putAssets([anAsset('asset-1'), line]);
      await registry.putAssets([anAsset('asset-1', { name: 'Renamed' })]);

      expect(await registry.asset('asset-1')).toEqual(anAsset('asset-1', { name: 'Renamed' }));
      expect(await allPages((after) => registry.assets({ limit: 1, after, utility: 'drainage' }))).toEqual([line]);
      expect(await registry.asset('asset-none')).toBeUndefined();
      const called = async (q: string): Promise<string[]> =>
        (await registry.assets({ limit: 10, q })).items.map(({ assetId }) => assetId);
      expect(await called('RENAMED')).toEqual(['asset-1']);
      expect(await called(`  ${line.nameZh?.slice(0, 2)} ${line.assetId} `)).toEqual([line.assetId]);
      expect(await called('renamed nowhere')).toEqual([]);
      expect(await called('%')).toEqual([]);
    });

    it('keeps a credential as its SHA-256, and a new one takes the place of the old', async () => {
      const { registry } = records();
      await registry.createDevice(aDevice('cred-1'), 1);
      const hashOf = (password: string) => new Uint8Array(createHash('sha256').update(password).digest());

      const first = await registry.issueCredential('cred-1', 1);
      const second = await registry.issueCredential('cred-1', 2);

      const [kept] = await registry.devicesById(['cred-1']);
      expect(second.username).toBe('cred-1');
      expect(second.password).not.toBe(first.password);
      expect(kept!.credentialHash).toEqual(hashOf(second.password));
      expect(kept!.device.hasCredential).toBe(true);
      await expect(registry.issueCredential('cred-none', 1)).rejects.toMatchObject({ code: 'device-unknown' });
    });

    it('tells of each change after it is there, and of none that was refused', async () => {
      const { registry } = records();
      const heard = new Heard<readonly string[] | 'everything'>();
      const stop = await registry.onChange(heard.take);

      await registry.createDevice(aDevice('tell-1'), 1);
      await expect(registry.createDevice(aDevice('tell-1'), 1)).rejects.toMatchObject({ code: 'device-exists' });
      await registry.importCsv('deviceId,utility,channel,name,unit,lon,lat\ntell-2,gas,p,P,kPa,113,30', {
        dryRun: true,
        nowMs: 1,
      });
      await registry.issueCredential('tell-1', 2);
      await registry.putAssets([anAsset('tell-asset')]);
      await registry.deleteDevice('tell-1', 3);
      await heard.until((items) => items.length >= 4);
      await stop();

      expect(heard.items).toEqual([['tell-1'], ['tell-1'], 'everything', ['tell-1']]);
    });

    it('keeps a copy in memory that follows every change', async () => {
      const { registry } = records();
      const copy = new RegistryCopy(registry);
      const heard = new Heard<{ readonly sensors: readonly unknown[]; readonly removedSensorNos: readonly number[] }>();
      await copy.start();
      copy.onChange(heard.take);

      await registry.createDevice(aDevice('copy-1'), 1);
      await heard.until((items) => items.length === 1);
      const sensor = copy.channels('copy-1')?.get('p');
      expect(sensor && copy.sensor(sensor.sensorNo)).toBe(sensor);
      await registry.deleteDevice('copy-1', 2);
      await heard.until((items) => items.length === 2);

      expect(copy.device('copy-1')).toBeUndefined();
      expect(heard.items[1]).toMatchObject({ sensors: [], removedSensorNos: [sensor!.sensorNo] });
      await copy.stop();
    });
  });
}
