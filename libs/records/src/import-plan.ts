import { limitsSchema, type ImportCode, type NewSensor } from '@lifeline/contracts';
import type { ImportError, ImportFile } from './import-csv.js';
import type { ImportRow } from './import-row.js';
import type { KnownDevices, WantedDevice } from './registry-plan.js';
import { newSensorOf, sameSensor, sensorFields, type SensorFields } from './registry-rows.js';

/** Most sensors of one device, as REST has it. */
const MOST_SENSORS = 256;

/** What the registry knows of the ids that a file names. */
export interface ImportGround {
  readonly known: KnownDevices;
  /** Registered devices among the gateways that the file names. */
  readonly gateways: ReadonlySet<string>;
  readonly assets: ReadonlySet<string>;
}

export interface ImportPlan {
  readonly wanted: readonly WantedDevice[];
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly errors: readonly ImportError[];
}

/** Lays the rows over what is registered; sensors that the file does not name stay. Pure. */
export function planImport(file: ImportFile, ground: ImportGround): ImportPlan {
  const errors: ImportError[] = [];
  const refuse = (row: number, column: string, code: ImportCode, message: string) =>
    errors.push({ row, column, code, message });
  const byDevice = new Map<string, ImportRow[]>();
  for (const row of file.rows) {
    const rows = byDevice.get(row.deviceId);
    if (rows) rows.push(row);
    else byDevice.set(row.deviceId, [row]);
    if (row.assetId !== null && !ground.assets.has(row.assetId))
      refuse(
        row.row,
        'assetId',
        'asset-unknown',
        `There is no asset "${row.assetId}". Leave the cell empty, or load the asset first.`,
      );
  }
  const wanted: WantedDevice[] = [];
  const count = { created: 0, changed: 0, unchanged: 0 };
  for (const [deviceId, rows] of byDevice) {
    const before = ground.known.devices.get(deviceId);
    const first = rows[0]!;
    const gatewayId = file.columns.has('gatewayId') ? first.gatewayId : (before?.gatewayId ?? null);
    if (before && before.utility !== first.utility) {
      refuse(
        first.row,
        'utility',
        'wrong-utility',
        `"${deviceId}" is registered under ${before.utility}. A device keeps its utility.`,
      );
    }
    if (gatewayId !== null && gatewayId !== before?.gatewayId) {
      const there = gatewayId !== deviceId && (ground.gateways.has(gatewayId) || byDevice.has(gatewayId));
      if (!there)
        refuse(
          first.row,
          'gatewayId',
          'gateway-unknown',
          `No other device "${gatewayId}" is registered, nor in this file. Register the gateway first.`,
        );
    }
    const registered = new Map<string, SensorFields>();
    for (const row of ground.known.sensors.get(deviceId) ?? []) if (!row.retired) registered.set(row.channel, row);
    const sensors = new Map<string, NewSensor>([...registered].map(([channel, row]) => [channel, newSensorOf(row)]));
    const seen = new Map<string, number>();
    for (const row of rows) {
      if (row.utility !== first.utility)
        refuse(
          row.row,
          'utility',
          'utility-differs',
          `"${deviceId}" is ${first.utility} in row ${first.row}. A device has one utility.`,
        );
      if (file.columns.has('gatewayId') && row.gatewayId !== first.gatewayId)
        refuse(
          row.row,
          'gatewayId',
          'gateway-differs',
          `"${deviceId}" has another gateway in row ${first.row}. A device has one.`,
        );
      const twin = seen.get(row.channel);
      if (twin !== undefined) {
        refuse(
          row.row,
          'channel',
          'duplicate-row',
          `"${deviceId}/${row.channel}" is in row ${twin} already. Keep one.`,
        );
        continue;
      }
      seen.set(row.channel, row.row);
      const old = registered.get(row.channel);
      const sensor = laidOver(old ? newSensorOf(old) : undefined, row, file.columns);
      sensors.set(row.channel, sensor);
      // The row was in order by itself; with limits that it leaves as they are it may not be.
      const [clash] = limitsSchema.safeParse(sensor.limits).error?.issues ?? [];
      if (clash)
        refuse(row.row, String(clash.path[0]), 'invalid', `With the limits registered before: ${clash.message}.`);
      if (!old) count.created++;
      else if (sameSensor(old, sensorFields(deviceId, sensor)) && before?.gatewayId === gatewayId) count.unchanged++;
      else count.changed++;
    }
    if (sensors.size > MOST_SENSORS)
      refuse(first.row, 'deviceId', 'too-many-sensors', `"${deviceId}" would have more than ${MOST_SENSORS} sensors.`);
    const name = before?.name ?? deviceId;
    wanted.push({ deviceId, utility: first.utility, name, gatewayId, sensors: [...sensors.values()] });
  }
  errors.sort((a, b) => a.row - b.row);
  return { wanted, ...count, errors };
}

/** A column that the file has replaces, an empty cell clears; a column it does not have leaves the old value. */
function laidOver(old: NewSensor | undefined, row: ImportRow, columns: ImportFile['columns']): NewSensor {
  const limits = { ...old?.limits };
  for (const [column, value] of Object.entries(row.limits) as [keyof ImportRow['limits'], number | null][])
    if (columns.has(column)) limits[column] = value;
  return {
    channel: row.channel,
    name: row.name,
    unit: row.unit,
    lon: row.lon,
    lat: row.lat,
    type: old?.type,
    assetId: columns.has('assetId') ? row.assetId : old?.assetId,
    intervalS: columns.has('intervalS') ? row.intervalS : old?.intervalS,
    range: columns.has('rangeLow') || columns.has('rangeHigh') ? rangeOf(row) : old?.range,
    limits,
  };
}

function rangeOf(row: ImportRow): { low: number; high: number } | null {
  return row.rangeLow !== null && row.rangeHigh !== null ? { low: row.rangeLow, high: row.rangeHigh } : null;
}
