import type { Sensor } from '@lifeline/contracts';
import type { RegisteredDevice } from './port.js';

/** Whether two readings of a device say the same; a reload of a city's registry asks this for each device. */
export function sameRegistration(a: RegisteredDevice, b: RegisteredDevice): boolean {
  return (
    a.device.name === b.device.name &&
    a.device.utility === b.device.utility &&
    a.device.gatewayId === b.device.gatewayId &&
    a.device.createdAtMs === b.device.createdAtMs &&
    sameBytes(a.credentialHash, b.credentialHash) &&
    a.device.sensors.length === b.device.sensors.length &&
    a.device.sensors.every((sensor, i) => sameSensor(sensor, b.device.sensors[i]!))
  );
}

export function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Limits come in one fixed order, so equal limits are equal text. */
function sameSensor(a: Sensor, b: Sensor): boolean {
  return (
    a.sensorNo === b.sensorNo &&
    a.channel === b.channel &&
    a.name === b.name &&
    a.unit === b.unit &&
    a.lon === b.lon &&
    a.lat === b.lat &&
    a.assetId === b.assetId &&
    a.type === b.type &&
    a.intervalS === b.intervalS &&
    a.range?.low === b.range?.low &&
    a.range?.high === b.range?.high &&
    JSON.stringify(a.limits) === JSON.stringify(b.limits)
  );
}
