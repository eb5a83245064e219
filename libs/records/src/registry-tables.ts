import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './engine.js';
import type { KnownDevices, RegistryPlan } from './registry-plan.js';
import type { AssetRow, SensorRow } from './registry-rows.js';
import { assets, devices, sensors } from './schema.js';
import { among, amongNumbers, storableJson } from './storable.js';

/** The statements behind the registry. A bulk of rows goes as one JSON parameter, so no statement meets the bound on parameters. */

/** Rows in one statement: some megabytes of JSON, which PGlite's memory bears. */
const ROWS_A_STATEMENT = 5_000;

const ROWS_THAT_CHANGE_PLANS = 1_000;

/** Any fixed number that no other lock of ours uses. */
const REGISTRY_LOCK = 7_341_002;

/** Writers of the registry come one after the other, so that what a writer checked still holds when it writes. */
export async function lockRegistry(db: Database): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(REGISTRY_LOCK))})`);
}

export function chunks<Item>(items: readonly Item[], size = ROWS_A_STATEMENT): Item[][] {
  const parts: Item[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}

/** Rows of a JSON parameter as a table: the columns' names and types come from the schema. */
function recordset(table: PgTable, rows: readonly object[]) {
  const columns = Object.entries(getTableColumns(table));
  const named = rows.map((row) => {
    const fields = row as Readonly<Record<string, unknown>>;
    return Object.fromEntries(columns.map(([key, column]) => [column.name, fields[key]]));
  });
  const shape = sql.join(
    columns.map(([, column]) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`),
    sql`, `,
  );
  return sql`jsonb_to_recordset(${storableJson(named)}::jsonb) as given(${shape})`;
}

function columnNames(table: PgTable, without: readonly string[]) {
  return Object.values(getTableColumns(table))
    .filter((column) => !without.includes(column.name))
    .map((column) => sql.identifier(column.name));
}

async function insertRows(db: Database, table: PgTable, rows: readonly object[], without: readonly string[] = []) {
  const columns = sql.join(columnNames(table, without), sql`, `);
  for (const part of chunks(rows))
    await db.execute(sql`insert into ${table} (${columns}) select ${columns} from ${recordset(table, part)}`);
}

async function updateRows(db: Database, table: PgTable, key: string, rows: readonly object[]) {
  const assignments = sql.join(
    columnNames(table, [key]).map((column) => sql`${column} = given.${column}`),
    sql`, `,
  );
  const id = sql.identifier(key);
  for (const part of chunks(rows))
    await db.execute(
      sql`update ${table} set ${assignments} from ${recordset(table, part)} where ${table}.${id} = given.${id}`,
    );
}

export async function putAssetRows(db: Database, rows: readonly AssetRow[]): Promise<void> {
  const columns = sql.join(columnNames(assets, []), sql`, `);
  const assignments = sql.join(
    columnNames(assets, ['asset_id']).map((column) => sql`${column} = excluded.${column}`),
    sql`, `,
  );
  for (const part of chunks(rows))
    await db.execute(
      sql`insert into ${assets} (${columns}) select ${columns} from ${recordset(assets, part)}
        on conflict (asset_id) do update set ${assignments}`,
    );
}

export async function knownDevices(db: Database, deviceIds: readonly string[]): Promise<KnownDevices> {
  const deviceRows = new Map<string, typeof devices.$inferSelect>();
  const sensorRows = new Map<string, SensorRow[]>();
  for (const part of chunks(deviceIds)) {
    for (const row of await db.select().from(devices).where(among(devices.deviceId, part)))
      deviceRows.set(row.deviceId, row);
    for (const row of await db.select().from(sensors).where(among(sensors.deviceId, part))) {
      const rows = sensorRows.get(row.deviceId);
      if (rows) rows.push(row);
      else sensorRows.set(row.deviceId, [row]);
    }
  }
  return { devices: deviceRows, sensors: sensorRows };
}

/** Those of the ids that are registered devices. */
export async function registeredAmong(db: Database, deviceIds: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const part of chunks(deviceIds))
    for (const row of await db.select({ id: devices.deviceId }).from(devices).where(among(devices.deviceId, part)))
      found.add(row.id);
  return found;
}

/** Those of the ids that are assets. */
export async function assetsAmong(db: Database, assetIds: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const part of chunks(assetIds))
    for (const row of await db.select({ id: assets.assetId }).from(assets).where(among(assets.assetId, part)))
      found.add(row.id);
  return found;
}

export async function writePlan(db: Database, plan: RegistryPlan): Promise<void> {
  await insertRows(db, devices, plan.newDevices);
  await updateRows(db, devices, 'device_id', plan.changedDevices);
  // The number is left out: the table gives it.
  await insertRows(db, sensors, plan.newSensors, ['sensor_no']);
  await updateRows(db, sensors, 'sensor_no', plan.changedSensors);
  for (const part of chunks(plan.retiredSensorNos))
    await db.update(sensors).set({ retired: true }).where(amongNumbers(sensors.sensorNo, part));
  // After a bulk the planner would go on with the counts of an empty table, and read all sensors for one device.
  if (plan.newSensors.length + plan.newDevices.length >= ROWS_THAT_CHANGE_PLANS)
    await db.execute(sql`analyze ${devices}, ${sensors}`);
}

/** Retires the sensors and takes the device out; gives the devices whose gateway it was, which have none from now on. */
export async function removeDevice(db: Database, deviceId: string): Promise<readonly string[]> {
  await db.update(sensors).set({ retired: true }).where(eq(sensors.deviceId, deviceId));
  await db.delete(devices).where(eq(devices.deviceId, deviceId));
  const orphans = await db
    .update(devices)
    .set({ gatewayId: null })
    .where(eq(devices.gatewayId, deviceId))
    .returning({ deviceId: devices.deviceId });
  return orphans.map((row) => row.deviceId);
}
