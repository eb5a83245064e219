import type { Asset, Device } from '@lifeline/contracts';
import { jest } from '@jest/globals';
import type { RegisteredDevice, RegistryNotice, RegistryStore } from './port.js';
import { RegistryCopy, type RegistryChange } from './registry-copy.js';

/** What the copy asks of a store, with answers that the case lets go when it likes. */
class PacedStore implements Pick<RegistryStore, 'snapshot' | 'devicesById' | 'onChange'> {
  readonly devices = new Map<string, RegisteredDevice>();
  assets: Asset[] = [];
  notify: (notice: RegistryNotice) => void = () => undefined;
  /** Runs before each answer; what it throws, the read throws. */
  before: (read: string) => Promise<void> = async () => undefined;

  put(deviceId: string, name: string, channels: readonly string[], firstNo: number): void {
    this.devices.set(deviceId, { device: aDevice(deviceId, name, channels, firstNo), credentialHash: null });
  }

  async snapshot() {
    // Read first, answer later: what changes meanwhile is not in the answer.
    const answer = { devices: [...this.devices.values()], assets: this.assets };
    await this.before('snapshot');
    return answer;
  }

  async devicesById(deviceIds: readonly string[]) {
    const answer = deviceIds.flatMap((id) => this.devices.get(id) ?? []);
    await this.before(deviceIds.join());
    return answer;
  }

  async onChange(listener: (notice: RegistryNotice) => void) {
    this.notify = listener;
    return async () => {
      this.notify = () => undefined;
    };
  }
}

function anAsset(name: string): Asset {
  const geometry: Asset['geometry'] = { type: 'Point', coordinates: [118.3, 32.3] };
  return {
    assetId: 'a-1',
    utility: 'gas',
    kind: 'regulator',
    name,
    nameZh: '',
    district: '',
    geometry,
    properties: {},
  };
}

function aDevice(deviceId: string, name: string, channels: readonly string[], firstNo: number): Device {
  return {
    deviceId,
    utility: 'gas',
    name,
    gatewayId: null,
    hasCredential: false,
    createdAtMs: 1,
    sensors: channels.map((channel, i) => ({
      sensorId: `${deviceId}/${channel}`,
      sensorNo: firstNo + i,
      deviceId,
      channel,
      utility: 'gas',
      name: channel,
      unit: 'kPa',
      lon: 113,
      lat: 30,
      assetId: null,
      type: null,
      intervalS: 60,
      range: null,
      limits: {},
    })),
  };
}

function copyOf(store: PacedStore, report?: (error: unknown) => void) {
  const copy = new RegistryCopy(store, report);
  const changes: RegistryChange[] = [];
  let wake: () => void = () => undefined;
  copy.onChange((change) => {
    changes.push(change);
    wake();
  });
  const until = async (count: number) => {
    while (changes.length < count) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { copy, changes, until };
}

describe('registry copy', () => {
  let store: PacedStore;
  beforeEach(() => {
    store = new PacedStore();
    store.put('d-1', 'one', ['a', 'b'], 1);
    store.put('d-2', 'two', ['a'], 3);
  });

  it('holds everything once it has started', async () => {
    const { copy } = copyOf(store);
    await copy.start();

    expect(copy.sensorCount).toBe(3);
    expect(copy.device('d-1')?.name).toBe('one');
    expect(copy.channels('d-1')?.get('b')).toBe(copy.sensor(2));
    expect(copy.credentialHash('d-1')).toBeNull();
    expect(copy.channels('none')).toBeUndefined();
  });

  it('follows a notice: sensors put, sensors removed, devices gone', async () => {
    const { copy, changes, until } = copyOf(store);
    await copy.start();
    store.put('d-1', 'one', ['b'], 2);
    store.devices.delete('d-2');

    store.notify(['d-1', 'd-2']);
    await until(2);

    expect(changes[1]!.sensors.map((sensor) => sensor.sensorNo)).toEqual([2]);
    expect([...changes[1]!.removedSensorNos].sort()).toEqual([1, 3]);
    expect(copy.device('d-2')).toBeUndefined();
    expect(copy.sensor(1)).toBeUndefined();
  });

  it('names the devices whose password no longer holds, also those without a sensor', async () => {
    const withHash = (deviceId: string, hash: number | null) => {
      const { device } = store.devices.get(deviceId)!;
      store.devices.set(deviceId, { device, credentialHash: hash === null ? null : Uint8Array.of(hash) });
    };
    store.put('gateway', 'gateway', [], 9);
    withHash('gateway', 1);
    withHash('d-1', 1);
    const { copy, changes } = copyOf(store);
    await copy.start();

    withHash('d-1', 2);
    withHash('d-2', 1);
    store.devices.delete('gateway');
    await copy.refresh(['d-1', 'd-2']);
    await copy.refresh(['gateway']);
    withHash('d-2', null);
    await copy.reload();

    expect(changes.map((change) => change.revokedDeviceIds)).toEqual([[], ['d-1'], ['gateway'], ['d-2']]);
  });

  it('tells nobody of a reload that found everything as it was', async () => {
    const { copy, changes } = copyOf(store);
    await copy.start();
    for (const [id, { device }] of store.devices)
      store.devices.set(id, { device: structuredClone(device), credentialHash: null });

    await copy.reload();

    expect(changes).toHaveLength(1);
  });

  it('applies what it read later over what it read before, where a refresh and a reload overlap', async () => {
    const { copy } = copyOf(store);
    await copy.start();
    let letGo: () => void = () => undefined;
    store.before = (read) => (read === 'snapshot' ? new Promise((resolve) => (letGo = resolve)) : Promise.resolve());
    const reload = copy.reload();
    await new Promise((resolve) => setImmediate(resolve));
    store.put('d-1', 'renamed', ['a', 'b'], 1);
    const refresh = copy.refresh(['d-1']);

    letGo();
    await Promise.all([reload, refresh]);

    expect(copy.device('d-1')?.name).toBe('renamed');
  });

  it('gathers the notices that come while it reads into one read', async () => {
    const { copy, until } = copyOf(store);
    await copy.start();
    const reads: string[] = [];
    let letGo: () => void = () => undefined;
    store.before = async (read) => {
      reads.push(read);
      if (reads.length === 1) await new Promise<void>((resolve) => (letGo = resolve));
    };
    store.put('d-1', 'x', ['a'], 1);
    store.notify(['d-1']);
    await new Promise((resolve) => setImmediate(resolve));
    store.put('d-2', 'y', ['a'], 3);
    store.put('d-3', 'z', ['a'], 4);
    store.notify(['d-2']);
    store.notify(['d-3']);
    store.notify(['d-2']);

    letGo();
    await until(3);

    expect(reads).toEqual(['d-1', 'd-2,d-3']);
  });

  it('reads everything for a notice of everything, or of very many', async () => {
    const { copy, until } = copyOf(store);
    await copy.start();
    const reads: string[] = [];
    store.before = async (read) => void reads.push(read);

    store.put('d-1', 'x', ['a'], 1);
    store.notify('everything');
    await until(2);
    store.put('d-1', 'y', ['a'], 1);
    store.notify(Array.from({ length: 501 }, (_, i) => `d-${i}`));
    await until(3);

    expect(reads).toEqual(['snapshot', 'snapshot']);
  });

  it('reports a read that failed behind a notice and reads again until it succeeds', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
    try {
      const reported: unknown[] = [];
      const { copy } = copyOf(store, (error) => reported.push(error));
      await copy.start();
      const failure = new Error('connection lost');
      store.before = async () => {
        throw failure;
      };
      store.put('d-1', 'x', ['a'], 1);
      store.notify(['d-1']);
      while (reported.length < 1) await new Promise((resolve) => setImmediate(resolve));
      await jest.advanceTimersByTimeAsync(500);
      while (reported.length < 2) await new Promise((resolve) => setImmediate(resolve));
      store.before = async () => undefined;
      await jest.advanceTimersByTimeAsync(1_000);

      expect(reported).toEqual([failure, failure]);
      expect(copy.device('d-1')?.name).toBe('x');
      await copy.stop();
    } finally {
      jest.useRealTimers();
    }
  });

  it('gives the failure of a refresh to who asked for it', async () => {
    const { copy } = copyOf(store);
    await copy.start();
    store.before = () => Promise.reject(new Error('connection lost'));

    await expect(copy.refresh(['d-1'])).rejects.toThrow('connection lost');
    expect(copy.device('d-1')?.name).toBe('one');
  });

  it('tells of assets where they are otherwise than before', async () => {
    const { copy } = copyOf(store);
    const heard: boolean[] = [];
    copy.onChange(({ assetsChanged }) => heard.push(assetsChanged));
    store.assets = [anAsset('one')];
    await copy.start();
    store.assets = [anAsset('one')];
    await copy.reload();
    store.assets = [anAsset('another name')];
    await copy.reload();

    expect(heard).toEqual([true, true]);
    expect(copy.asset('a-1')?.name).toBe('another name');
  });

  it('goes on past a listener that throws, and reports it', async () => {
    const reported: unknown[] = [];
    const copy = new RegistryCopy(store, (error) => reported.push(error));
    const heard: RegistryChange[] = [];
    copy.onChange(() => {
      throw new Error('a listener fell');
    });
    copy.onChange((change) => heard.push(change));

    await copy.start();

    expect(heard).toHaveLength(1);
    expect(reported).toEqual([new Error('a listener fell')]);
  });
});
