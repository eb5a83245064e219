import { sensorIdOf, type Asset, type Device, type Limits, type NewSensor, type Sensor } from '@lifeline/contracts';
import type { assets, devices, sensors } from './schema.js';

export type AssetRow = typeof assets.$inferSelect;
export type DeviceRow = typeof devices.$inferSelect;
export type SensorRow = typeof sensors.$inferSelect;
/** What is written of a sensor; its number is given by the table. */
export type SensorFields = Omit<SensorRow, 'sensorNo'>;

/** Seconds between two readings where nobody says otherwise. */
export const DEFAULT_INTERVAL_S = 60;

const LIMIT_KEYS = [
  'lowLow',
  'low',
  'high',
  'highHigh',
  'deadband',
  'onDelayS',
  'offDelayS',
  'ratePerMinute',
  'staleAfterS',
] as const satisfies readonly (keyof Limits)[];

/** The limits that are set, in one fixed order: equal limits are equal text. */
export function canonicalLimits(limits: Limits | null | undefined): Limits {
  const canonical: Limits = {};
  for (const key of LIMIT_KEYS) {
    const value = limits?.[key];
    if (value !== null && value !== undefined) canonical[key] = value;
  }
  return canonical;
}

export function sensorFields(deviceId: string, sensor: NewSensor): SensorFields {
  return {
    deviceId,
    channel: sensor.channel,
    name: sensor.name,
    unit: sensor.unit,
    lon: sensor.lon,
    lat: sensor.lat,
    assetId: sensor.assetId ?? null,
    type: sensor.type ?? null,
    intervalS: sensor.intervalS ?? DEFAULT_INTERVAL_S,
    rangeLow: sensor.range?.low ?? null,
    rangeHigh: sensor.range?.high ?? null,
    limits: canonicalLimits(sensor.limits),
    retired: false,
  };
}

/** Whether writing these fields would change nothing. */
export function sameSensor(a: SensorFields, b: SensorFields): boolean {
  return (
    a.name === b.name &&
    a.unit === b.unit &&
    a.lon === b.lon &&
    a.lat === b.lat &&
    a.assetId === b.assetId &&
    a.type === b.type &&
    a.intervalS === b.intervalS &&
    a.rangeLow === b.rangeLow &&
    a.rangeHigh === b.rangeHigh &&
    a.retired === b.retired &&
    JSON.stringify(canonicalLimits(a.limits)) === JSON.stringify(canonicalLimits(b.limits))
  );
}

/** A sensor as it would be given to register it again, unchanged. */
export function newSensorOf(row: SensorFields): NewSensor {
  return {
    channel: row.channel,
    unit: row.unit,
    name: row.name,
    lon: row.lon,
    lat: row.lat,
    assetId: row.assetId,
    type: row.type,
    intervalS: row.intervalS,
    range: row.rangeLow === null || row.rangeHigh === null ? null : { low: row.rangeLow, high: row.rangeHigh },
    limits: row.limits,
  };
}

export function deviceOf(row: DeviceRow, sensorRows: readonly SensorRow[], hasCredential: boolean): Device {
  return {
    deviceId: row.deviceId,
    utility: row.utility,
    name: row.name,
    gatewayId: row.gatewayId,
    hasCredential,
    createdAtMs: row.createdAtMs,
    sensors: sensorRows.map((sensor) => sensorOf(row, sensor)),
  };
}

function sensorOf(device: DeviceRow, row: SensorRow): Sensor {
  return {
    sensorId: sensorIdOf(row.deviceId, row.channel),
    sensorNo: row.sensorNo,
    deviceId: row.deviceId,
    channel: row.channel,
    utility: device.utility,
    name: row.name,
    unit: row.unit,
    lon: row.lon,
    lat: row.lat,
    assetId: row.assetId,
    type: row.type,
    intervalS: row.intervalS,
    range: row.rangeLow === null || row.rangeHigh === null ? null : { low: row.rangeLow, high: row.rangeHigh },
    limits: canonicalLimits(row.limits),
  };
}

export function assetOf(row: AssetRow): Asset {
  return {
    assetId: row.assetId,
    utility: row.utility,
    kind: row.kind,
    name: row.name,
    nameZh: row.nameZh,
    district: row.district,
    geometry: row.geometry,
    properties: row.properties,
  };
}

/** The asset with the box that holds it. */
export function assetRow(asset: Asset): AssetRow {
  const points = asset.geometry.type === 'Point' ? [asset.geometry.coordinates] : asset.geometry.coordinates;
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  return {
    assetId: asset.assetId,
    utility: asset.utility,
    kind: asset.kind,
    name: asset.name,
    nameZh: asset.nameZh,
    district: asset.district,
    geometry: asset.geometry,
    properties: asset.properties,
    west: Math.min(...lons),
    south: Math.min(...lats),
    east: Math.max(...lons),
    north: Math.max(...lats),
  };
}
