import type { DeviceStatus } from '@lifeline/inlets';

const MOST_DEVICES = 200_000;

/** What devices last said of themselves (online, offline); in memory, as the broker keeps it retained. */
export class DeviceStatuses {
  private readonly byDevice = new Map<string, DeviceStatus>();

  put(status: DeviceStatus): void {
    if (!this.byDevice.has(status.deviceId) && this.byDevice.size >= MOST_DEVICES) return;
    this.byDevice.set(status.deviceId, status);
  }

  of(deviceId: string): DeviceStatus | undefined {
    return this.byDevice.get(deviceId);
  }

  all(): IterableIterator<DeviceStatus> {
    return this.byDevice.values();
  }
}
