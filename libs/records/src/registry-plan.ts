import type { NewSensor } from '@lifeline/contracts';
import { sameSensor, sensorFields, type DeviceRow, type SensorFields, type SensorRow } from './registry-rows.js';

/** A device as it shall be, with all its sensors. */
export interface WantedDevice {
  readonly deviceId: string;
  readonly utility: DeviceRow['utility'];
  readonly name: string;
  readonly gatewayId: string | null;
  readonly sensors: readonly NewSensor[];
}

/** The registered devices and all their sensors, retired ones too. */
export interface KnownDevices {
  readonly devices: ReadonlyMap<string, DeviceRow>;
  readonly sensors: ReadonlyMap<string, readonly SensorRow[]>;
}

/** What must be written; nothing that is so already. */
export interface RegistryPlan {
  readonly newDevices: readonly DeviceRow[];
  readonly changedDevices: readonly DeviceRow[];
  readonly newSensors: readonly SensorFields[];
  readonly changedSensors: readonly SensorRow[];
  readonly retiredSensorNos: readonly number[];
  /** Devices of which anything is written. */
  readonly touchedDeviceIds: readonly string[];
  readonly unchangedDevices: number;
}

/** Compares what shall be with what is. Pure; the checks of assets and gateways come before. */
export function planDevices(wanted: readonly WantedDevice[], known: KnownDevices, nowMs: number): RegistryPlan {
  const newDevices: DeviceRow[] = [];
  const changedDevices: DeviceRow[] = [];
  const newSensors: SensorFields[] = [];
  const changedSensors: SensorRow[] = [];
  const retiredSensorNos: number[] = [];
  const touchedDeviceIds: string[] = [];

  for (const device of wanted) {
    let touched = false;
    const { deviceId, utility, name, gatewayId } = device;
    const before = known.devices.get(deviceId);
    if (!before) {
      newDevices.push({ deviceId, utility, name, gatewayId, createdAtMs: nowMs });
      touched = true;
    } else if (before.name !== name || before.gatewayId !== gatewayId) {
      changedDevices.push({ ...before, name, gatewayId });
      touched = true;
    }
    const rest = new Map((known.sensors.get(deviceId) ?? []).map((row) => [row.channel, row]));
    for (const sensor of device.sensors) {
      const fields = sensorFields(deviceId, sensor);
      const row = rest.get(sensor.channel);
      rest.delete(sensor.channel);
      if (!row) newSensors.push(fields);
      else if (!sameSensor(row, fields)) changedSensors.push({ ...fields, sensorNo: row.sensorNo });
      else continue;
      touched = true;
    }
    for (const row of rest.values()) {
      if (row.retired) continue;
      retiredSensorNos.push(row.sensorNo);
      touched = true;
    }
    if (touched) touchedDeviceIds.push(deviceId);
  }
  return {
    newDevices,
    changedDevices,
    newSensors,
    changedSensors,
    retiredSensorNos,
    touchedDeviceIds,
    unchangedDevices: wanted.length - touchedDeviceIds.length,
  };
}
