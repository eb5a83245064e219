import type { Database } from './engine.js';
import { RegistryError } from './port.js';
import type { KnownDevices, WantedDevice } from './registry-plan.js';
import { assetsAmong, registeredAmong } from './registry-tables.js';

/**
 * Checks what the devices name: gateways and assets must be there, and a device keeps its utility. What a device named before
 * it may go on naming.
 * @throws RegistryError for the first fault
 */
export async function checkWanted(db: Database, wanted: readonly WantedDevice[], known: KnownDevices): Promise<void> {
  const gatewayIds = new Set<string>();
  const assetIds = new Set<string>();
  for (const device of wanted) {
    if (device.gatewayId !== null) gatewayIds.add(device.gatewayId);
    for (const sensor of device.sensors) if (sensor.assetId) assetIds.add(sensor.assetId);
  }
  const assets = await assetsAmong(db, [...assetIds]);
  const gateways = await registeredAmong(db, [...gatewayIds]);
  for (const device of wanted) gateways.add(device.deviceId);

  for (const device of wanted) {
    const before = known.devices.get(device.deviceId);
    if (before && before.utility !== device.utility) {
      const message = `"${device.deviceId}" is registered under ${before.utility}. A device keeps its utility: delete it first, or take another id.`;
      throw new RegistryError('wrong-utility', message, 'utility');
    }
    const { gatewayId } = device;
    if (gatewayId !== null && (gatewayId === device.deviceId || !gateways.has(gatewayId))) {
      const message = `No other device "${gatewayId}" is registered, that "${device.deviceId}" could have as its gateway. Register the gateway first.`;
      throw new RegistryError('gateway-unknown', message, 'gatewayId');
    }
    const channels = new Set<string>();
    for (const [i, sensor] of device.sensors.entries()) {
      if (channels.has(sensor.channel)) {
        const message = `"${device.deviceId}" has the channel "${sensor.channel}" twice. Channels of a device differ.`;
        throw new RegistryError('sensor-exists', message, `sensors.${i}.channel`);
      }
      channels.add(sensor.channel);
      if (sensor.assetId && !assets.has(sensor.assetId)) {
        const message = `There is no asset "${sensor.assetId}", that "${device.deviceId}/${sensor.channel}" could watch. Leave assetId out, or load the asset first.`;
        throw new RegistryError('asset-unknown', message, `sensors.${i}.assetId`);
      }
    }
  }
}
