import type { Client } from 'aedes';

/** Which device is logged in on which connection, and which connections must take nothing more. */
export class DeviceConnections {
  private readonly deviceIds = new WeakMap<Client, string>();
  private readonly byDevice = new Map<string, Set<Client>>();
  private readonly revoked = new WeakSet<Client>();

  add(client: Client, deviceId: string): void {
    this.deviceIds.set(client, deviceId);
    const clients = this.byDevice.get(deviceId);
    if (clients) clients.add(client);
    else this.byDevice.set(deviceId, new Set([client]));
  }

  /** The connection is closed; `deviceOf` still knows it, for the last will that comes after. */
  remove(client: Client): void {
    const deviceId = this.deviceIds.get(client);
    if (deviceId === undefined) return;
    const clients = this.byDevice.get(deviceId);
    if (clients?.delete(client) && clients.size === 0) this.byDevice.delete(deviceId);
  }

  deviceOf(client: Client): string | undefined {
    return this.deviceIds.get(client);
  }

  /** The open connections of a device, which from now on are revoked. */
  revoke(deviceId: string): readonly Client[] {
    const clients = [...(this.byDevice.get(deviceId) ?? [])];
    for (const client of clients) this.revoked.add(client);
    return clients;
  }

  isRevoked(client: Client): boolean {
    return this.revoked.has(client);
  }
}
