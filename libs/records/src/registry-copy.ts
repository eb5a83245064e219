import type { Asset, Device, Sensor } from '@lifeline/contracts';
import type { RegisteredDevice, RegistryNotice, RegistryStore } from './port.js';
import { sameBytes, sameRegistration } from './same-registration.js';
import { Turns } from './turns.js';

/** What changed in the copy. */
export interface RegistryChange {
  readonly sensors: readonly Sensor[];
  readonly removedSensorNos: readonly number[];
  /** Devices whose password no longer holds: deleted, or given another. Who is logged in as one of them must go. */
  readonly revokedDeviceIds: readonly string[];
  /** Assets came, went or are otherwise than before. */
  readonly assetsChanged: boolean;
}

const MOST_READ_ONE_BY_ONE = 500;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * The registry in memory: what the hot path asks. Kept up to date by the store's change notices; listeners hear of sensors put and removed, of assets changed, and of
 * devices whose password no longer holds.
 * Reads of the store come one after the other, so what was read later is applied later. A change that cannot be read is reported and
 * tried again until it can.
 */
export class RegistryCopy {
  private readonly devices = new Map<string, RegisteredDevice>();
  private readonly byDevice = new Map<string, Map<string, Sensor>>();
  private readonly byNo = new Map<number, Sensor>();
  private readonly assetsById = new Map<string, Asset>();
  private readonly listeners = new Set<(change: RegistryChange) => void>();
  private readonly turns = new Turns();
  /** Noticed, not yet read. */
  private noticed: Set<string> | 'everything' = new Set();
  private reading = false;
  private pauseMs = FIRST_PAUSE_MS;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private stopListening: (() => Promise<void>) | undefined;

  /** `report` hears of what went wrong behind a notice, where nobody waits for an answer. */
  constructor(
    private readonly store: Pick<RegistryStore, 'snapshot' | 'devicesById' | 'onChange'>,
    private readonly report: (error: unknown) => void = () => undefined,
  ) {}

  /** Loads everything and listens from then on. */
  async start(): Promise<void> {
    this.stopListening = await this.store.onChange((notice) => this.notice(notice));
    await this.reload();
  }

  /** Resolves once a read under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.stopListening?.();
    await this.turns.take(async () => undefined);
    this.listeners.clear();
  }

  /** Reads the whole registry again (after a bulk change, or a lost connection). */
  async reload(): Promise<void> {
    await this.turns.take(async () => {
      const snapshot = await this.store.snapshot();
      const assetsChanged = this.applyAssets(snapshot.assets);
      const present = new Set(snapshot.devices.map((d) => d.device.deviceId));
      const gone = [...this.devices.keys()].filter((id) => !present.has(id));
      this.apply(snapshot.devices, gone, assetsChanged);
    });
  }

  /** Applies a change at once, without waiting for the notice. */
  async refresh(deviceIds: readonly string[]): Promise<void> {
    if (deviceIds.length > MOST_READ_ONE_BY_ONE) return this.reload();
    await this.turns.take(async () => {
      const found = await this.store.devicesById(deviceIds);
      const present = new Set(found.map((d) => d.device.deviceId));
      this.apply(
        found,
        deviceIds.filter((id) => !present.has(id)),
      );
    });
  }

  device(deviceId: string): Device | undefined {
    return this.devices.get(deviceId)?.device;
  }

  credentialHash(deviceId: string): Uint8Array | null {
    return this.devices.get(deviceId)?.credentialHash ?? null;
  }

  /** Sensors of a device by channel: one look-up a message, one a channel. */
  channels(deviceId: string): ReadonlyMap<string, Sensor> | undefined {
    return this.byDevice.get(deviceId);
  }

  sensor(sensorNo: number): Sensor | undefined {
    return this.byNo.get(sensorNo);
  }

  sensors(): IterableIterator<Sensor> {
    return this.byNo.values();
  }

  get sensorCount(): number {
    return this.byNo.size;
  }

  asset(assetId: string): Asset | undefined {
    return this.assetsById.get(assetId);
  }

  assets(): IterableIterator<Asset> {
    return this.assetsById.values();
  }

  /** Calls back after each change; gives the way to stop. */
  onChange(listener: (change: RegistryChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private notice(notice: RegistryNotice): void {
    this.note(notice);
    if (!this.reading) void this.readNoticed();
  }

  private note(notice: RegistryNotice): void {
    if (notice === 'everything') this.noticed = 'everything';
    else if (this.noticed !== 'everything') for (const id of notice) this.noticed.add(id);
  }

  /** Reads what was noticed until nothing is left; after a failure, once more later. */
  private async readNoticed(): Promise<void> {
    this.reading = true;
    while (!this.stopped && (this.noticed === 'everything' || this.noticed.size > 0)) {
      const noticed = this.noticed;
      this.noticed = new Set();
      try {
        if (noticed === 'everything') await this.reload();
        else await this.refresh([...noticed]);
        this.pauseMs = FIRST_PAUSE_MS;
      } catch (error) {
        this.note(noticed === 'everything' ? noticed : [...noticed]);
        if (this.stopped) break;
        this.report(error);
        this.timer = setTimeout(() => void this.readNoticed(), this.pauseMs);
        this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
        return;
      }
    }
    this.reading = false;
  }

  private losesCredential({ device, credentialHash }: RegisteredDevice): boolean {
    const before = this.credentialHash(device.deviceId);
    return before !== null && !sameBytes(before, credentialHash);
  }

  /** Gives whether anything differs. */
  private applyAssets(read: readonly Asset[]): boolean {
    const isSame = (asset: Asset) => JSON.stringify(asset) === JSON.stringify(this.assetsById.get(asset.assetId));
    const changed = read.length !== this.assetsById.size || !read.every(isSame);
    this.assetsById.clear();
    for (const asset of read) this.assetsById.set(asset.assetId, asset);
    return changed;
  }

  private apply(read: readonly RegisteredDevice[], gone: readonly string[], assetsChanged = false): void {
    const put = read.filter((registered) => {
      const before = this.devices.get(registered.device.deviceId);
      return !before || !sameRegistration(before, registered);
    });
    const removed = new Set<number>();
    const revokedDeviceIds = [
      ...gone.filter((deviceId) => this.devices.get(deviceId)?.credentialHash),
      ...put.filter((registered) => this.losesCredential(registered)).map(({ device }) => device.deviceId),
    ];
    for (const deviceId of [...gone, ...put.map((d) => d.device.deviceId)]) {
      for (const sensor of this.byDevice.get(deviceId)?.values() ?? []) {
        removed.add(sensor.sensorNo);
        this.byNo.delete(sensor.sensorNo);
      }
      this.devices.delete(deviceId);
      this.byDevice.delete(deviceId);
    }
    const sensors: Sensor[] = [];
    for (const registered of put) {
      const { device } = registered;
      this.devices.set(device.deviceId, registered);
      this.byDevice.set(device.deviceId, new Map(device.sensors.map((s) => [s.channel, s])));
      for (const sensor of device.sensors) {
        this.byNo.set(sensor.sensorNo, sensor);
        removed.delete(sensor.sensorNo);
        sensors.push(sensor);
      }
    }
    const change = { sensors, removedSensorNos: [...removed], revokedDeviceIds, assetsChanged };
    const count = sensors.length + change.removedSensorNos.length + revokedDeviceIds.length;
    if (count === 0 && !assetsChanged) return;
    for (const listener of this.listeners) {
      // The copy is right already; one listener's fault is not the others'.
      try {
        listener(change);
      } catch (error) {
        this.report(error);
      }
    }
  }
}
