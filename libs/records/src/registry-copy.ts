import type { Device, Sensor, Asset } from '@lifeline/contracts';
import type { RegisteredDevice, RegistryStore } from './port.js';

/** What changed in the copy. */
export interface RegistryChange {
  readonly sensors: readonly Sensor[];
  readonly removedSensorNos: readonly number[];
}

/**
 * The registry in memory: what the hot path asks. Kept up to date by the store's change notices; listeners hear of sensors put and removed.
 */
export class RegistryCopy {
  private readonly devices = new Map<string, RegisteredDevice>();
  private readonly byDevice = new Map<string, Map<string, Sensor>>();
  private readonly byNo = new Map<number, Sensor>();
  private readonly assetsById = new Map<string, Asset>();
  private readonly listeners = new Set<(change: RegistryChange) => void>();
  private stopListening: (() => Promise<void>) | undefined;

  constructor(private readonly store: RegistryStore) {}

  /** Loads everything and listens from then on. */
  async start(): Promise<void> {
    this.stopListening = await this.store.onChange((deviceIds) => void this.refresh(deviceIds));
    await this.reload();
  }

  async stop(): Promise<void> {
    await this.stopListening?.();
    this.listeners.clear();
  }

  /** Reads the whole registry again (after a bulk change, or a lost connection). */
  async reload(): Promise<void> {
    const snapshot = await this.store.snapshot();
    this.assetsById.clear();
    for (const asset of snapshot.assets) this.assetsById.set(asset.assetId, asset);
    const present = new Set(snapshot.devices.map((d) => d.device.deviceId));
    const gone = [...this.devices.keys()].filter((id) => !present.has(id));
    this.apply(snapshot.devices, gone);
  }

  /** Applies a change at once, without waiting for the notice; also what the notice calls. */
  async refresh(deviceIds: readonly string[]): Promise<void> {
    if (deviceIds.length > 500) return this.reload();
    const found = await this.store.devicesById(deviceIds);
    const present = new Set(found.map((d) => d.device.deviceId));
    this.apply(
      found,
      deviceIds.filter((id) => !present.has(id)),
    );
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

  private apply(put: readonly RegisteredDevice[], gone: readonly string[]): void {
    const removed = new Set<number>();
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
    const change = { sensors, removedSensorNos: [...removed] };
    if (change.sensors.length + change.removedSensorNos.length > 0)
      for (const listener of this.listeners) listener(change);
  }
}
