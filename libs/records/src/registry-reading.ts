import { and, asc, eq } from 'drizzle-orm';
import type { Database } from './engine.js';
import type { RegisteredDevice } from './port.js';
import { deviceOf, type DeviceRow, type SensorRow } from './registry-rows.js';
import { chunks } from './registry-tables.js';
import { deviceCredentials, sensors } from './schema.js';
import { among } from './storable.js';

/** Devices in the order of their rows, with the sensors that are in use (oldest number first) and the credential's hash. */
export async function registeredDevices(db: Database, rows: readonly DeviceRow[]): Promise<RegisteredDevice[]> {
  const found: RegisteredDevice[] = [];
  for (const part of chunks(rows)) {
    const ids = part.map((row) => row.deviceId);
    const sensorsOf = new Map<string, SensorRow[]>();
    const inUse = and(among(sensors.deviceId, ids), eq(sensors.retired, false));
    for (const row of await db.select().from(sensors).where(inUse).orderBy(asc(sensors.sensorNo))) {
      const list = sensorsOf.get(row.deviceId);
      if (list) list.push(row);
      else sensorsOf.set(row.deviceId, [row]);
    }
    const hashes = new Map<string, Uint8Array>();
    for (const row of await db.select().from(deviceCredentials).where(among(deviceCredentials.deviceId, ids)))
      hashes.set(row.deviceId, row.sha256);
    for (const row of part) {
      const credentialHash = hashes.get(row.deviceId) ?? null;
      const device = deviceOf(row, sensorsOf.get(row.deviceId) ?? [], credentialHash !== null);
      found.push({ device, credentialHash });
    }
  }
  return found;
}
