import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, ilike, or, sql } from 'drizzle-orm';
import type { Asset, Device, DevicePatch, ImportAnswer, NewDevice, Utility } from '@lifeline/contracts';
import type { Database, Engine } from './engine.js';
import { readImportCsv } from './import-csv.js';
import { planImport } from './import-plan.js';
import { pageOf, pageToken, readPageToken } from './page-token.js';
import {
  RegistryError,
  type Listed,
  type Page,
  type RegisteredDevice,
  type RegistryNotice,
  type RegistrySnapshot,
  type RegistryStore,
} from './port.js';
import { checkWanted } from './registry-checks.js';
import { notify, readNotice, REGISTRY_CHANNEL } from './registry-notices.js';
import { planDevices, type WantedDevice } from './registry-plan.js';
import { registeredDevices } from './registry-reading.js';
import { assetOf, assetRow, newSensorOf } from './registry-rows.js';
import {
  assetsAmong,
  knownDevices,
  lockRegistry,
  putAssetRows,
  registeredAmong,
  removeDevice,
  writePlan,
} from './registry-tables.js';
import { assets, deviceCredentials, devices } from './schema.js';

/** 192 bits of chance: a plain SHA-256 of it cannot be guessed back. */
const CREDENTIAL_BYTES = 24;

export class SqlRegistry implements RegistryStore {
  constructor(private readonly engine: Engine) {}

  async createDevice(device: NewDevice, nowMs: number): Promise<Device> {
    return this.change(async (db) => {
      const wanted = wantedOf(device);
      const known = await knownDevices(db, [device.deviceId]);
      if (known.devices.has(device.deviceId)) {
        const message = `"${device.deviceId}" is registered. Change it, or take another id.`;
        throw new RegistryError('device-exists', message, 'deviceId');
      }
      await checkWanted(db, [wanted], known);
      await writePlan(db, planDevices([wanted], known, nowMs));
      return { notice: [device.deviceId], result: await deviceNow(db, device.deviceId) };
    });
  }

  async changeDevice(deviceId: string, patch: DevicePatch, nowMs: number): Promise<Device> {
    return this.change(async (db) => {
      const known = await knownDevices(db, [deviceId]);
      const before = known.devices.get(deviceId);
      if (!before) throw unknownDevice(deviceId);
      const present = (known.sensors.get(deviceId) ?? []).filter((row) => !row.retired);
      const wanted: WantedDevice = {
        deviceId,
        utility: before.utility,
        name: patch.name ?? before.name,
        gatewayId: patch.gatewayId === undefined ? before.gatewayId : patch.gatewayId,
        sensors: patch.sensors ?? present.map(newSensorOf),
      };
      await checkWanted(db, [wanted], known);
      const plan = planDevices([wanted], known, nowMs);
      await writePlan(db, plan);
      return { notice: plan.touchedDeviceIds, result: await deviceNow(db, deviceId) };
    });
  }

  async deleteDevice(deviceId: string): Promise<void> {
    return this.change(async (db) => {
      if (!(await registeredAmong(db, [deviceId])).has(deviceId)) throw unknownDevice(deviceId);
      const orphans = await removeDevice(db, deviceId);
      return { notice: [deviceId, ...orphans], result: undefined };
    });
  }

  async device(deviceId: string): Promise<Device | undefined> {
    const [found] = await this.devicesById([deviceId]);
    return found?.device;
  }

  async devices(question: Page & { utility?: Utility | undefined; q?: string | undefined }): Promise<Listed<Device>> {
    const { limit, after, utility, q } = question;
    const [afterId] = after === undefined ? [] : readPageToken(after, 'string');
    const pattern = q ? holding(q) : undefined;
    return this.engine.run(async (db) => {
      const rows = await db
        .select()
        .from(devices)
        .where(
          and(
            afterId === undefined ? undefined : gt(devices.deviceId, afterId),
            utility ? eq(devices.utility, utility) : undefined,
            pattern ? or(ilike(devices.deviceId, pattern), ilike(devices.name, pattern)) : undefined,
          ),
        )
        .orderBy(devices.deviceId)
        .limit(limit + 1);
      const found = await registeredDevices(db, rows.slice(0, limit));
      const page = pageOf(
        rows,
        limit,
        (row) => row.deviceId,
        (row) => pageToken(row.deviceId),
      );
      return { ...page, items: found.map(({ device }) => device) };
    });
  }

  async putDevices(
    list: readonly NewDevice[],
    nowMs: number,
  ): Promise<{ created: number; changed: number; unchanged: number }> {
    const wanted = [...new Map(list.map((device) => [device.deviceId, wantedOf(device)])).values()];
    return this.change(async (db) => {
      const known = await knownDevices(
        db,
        wanted.map((device) => device.deviceId),
      );
      await checkWanted(db, wanted, known);
      const plan = planDevices(wanted, known, nowMs);
      await writePlan(db, plan);
      const created = plan.newDevices.length;
      const changed = plan.touchedDeviceIds.length - created;
      return { notice: plan.touchedDeviceIds, result: { created, changed, unchanged: plan.unchangedDevices } };
    });
  }

  async putAssets(list: readonly Asset[]): Promise<void> {
    const rows = [...new Map(list.map((asset) => [asset.assetId, assetRow(asset)])).values()];
    if (rows.length === 0) return;
    await this.change(async (db) => {
      await putAssetRows(db, rows);
      return { notice: 'everything', result: undefined };
    });
  }

  async assets(question: Page & { utility?: Utility | undefined; q?: string | undefined }): Promise<Listed<Asset>> {
    const { limit, after, utility, q = '' } = question;
    const patterns = q.split(/\s+/).filter(Boolean).map(holding);
    const [afterId] = after === undefined ? [] : readPageToken(after, 'string');
    const rows = await this.engine.run((db) =>
      db
        .select()
        .from(assets)
        .where(
          and(
            afterId === undefined ? undefined : gt(assets.assetId, afterId),
            utility ? eq(assets.utility, utility) : undefined,
            ...patterns.map((pattern) =>
              or(ilike(assets.assetId, pattern), ilike(assets.name, pattern), ilike(assets.nameZh, pattern)),
            ),
          ),
        )
        .orderBy(assets.assetId)
        .limit(limit + 1),
    );
    return pageOf(rows, limit, assetOf, (row) => pageToken(row.assetId));
  }

  async asset(assetId: string): Promise<Asset | undefined> {
    const [row] = await this.engine.run((db) => db.select().from(assets).where(eq(assets.assetId, assetId)));
    return row && assetOf(row);
  }

  async importCsv(csv: string, options: { dryRun: boolean; nowMs: number }): Promise<ImportAnswer> {
    const file = await readImportCsv(csv);
    return this.change(async (db) => {
      const ids = (values: readonly (string | null)[]) => [...new Set(values.filter((id) => id !== null))];
      const known = await knownDevices(db, ids(file.rows.map((row) => row.deviceId)));
      const plan = planImport(file, {
        known,
        gateways: await registeredAmong(db, ids(file.rows.map((row) => row.gatewayId))),
        assets: await assetsAmong(db, ids(file.rows.map((row) => row.assetId))),
      });
      const errors = [...file.errors, ...plan.errors].sort((a, b) => a.row - b.row);
      if (errors.length > 0) {
        return { notice: [], result: { rows: file.rowCount, created: 0, changed: 0, unchanged: 0, errors } };
      }
      const { created, changed, unchanged } = plan;
      const result = { rows: file.rowCount, created, changed, unchanged, errors };
      if (options.dryRun) return { notice: [], result };
      const writing = planDevices(plan.wanted, known, options.nowMs);
      await writePlan(db, writing);
      return { notice: writing.touchedDeviceIds, result };
    });
  }

  async issueCredential(deviceId: string, nowMs: number): Promise<{ username: string; password: string }> {
    const password = randomBytes(CREDENTIAL_BYTES).toString('base64url');
    const sha256 = new Uint8Array(createHash('sha256').update(password).digest());
    return this.change(async (db) => {
      if (!(await registeredAmong(db, [deviceId])).has(deviceId)) throw unknownDevice(deviceId);
      await db
        .insert(deviceCredentials)
        .values({ deviceId, sha256, issuedAtMs: nowMs })
        .onConflictDoUpdate({ target: deviceCredentials.deviceId, set: { sha256, issuedAtMs: nowMs } });
      return { notice: [deviceId], result: { username: deviceId, password } };
    });
  }

  async snapshot(): Promise<RegistrySnapshot> {
    return this.engine.transaction(async (db) => {
      // One moment of the database for all the statements.
      await db.execute(sql`set transaction isolation level repeatable read, read only`);
      const assetRows = await db.select().from(assets);
      const deviceRows = await db.select().from(devices).orderBy(devices.deviceId);
      return { devices: await registeredDevices(db, deviceRows), assets: assetRows.map(assetOf) };
    });
  }

  async onChange(listener: (notice: RegistryNotice) => void): Promise<() => Promise<void>> {
    return this.engine.listen(
      REGISTRY_CHANNEL,
      (payload) => listener(readNotice(payload)),
      () => listener('everything'),
    );
  }

  async devicesById(deviceIds: readonly string[]): Promise<readonly RegisteredDevice[]> {
    return this.engine.transaction(async (db) => {
      await db.execute(sql`set transaction isolation level repeatable read, read only`);
      const { devices: rows } = await knownDevices(db, deviceIds);
      return registeredDevices(db, [...rows.values()]);
    });
  }

  /** A writing turn: one writer at a time, and everyone hears of it with the commit. */
  private async change<Result>(
    work: (db: Database) => Promise<{ readonly notice: RegistryNotice; readonly result: Result }>,
  ): Promise<Result> {
    return this.engine.transaction(async (db) => {
      await lockRegistry(db);
      const { notice, result } = await work(db);
      await notify(db, notice);
      return result;
    });
  }
}

function wantedOf(device: NewDevice): WantedDevice {
  return { ...device, gatewayId: device.gatewayId ?? null };
}

function unknownDevice(deviceId: string): RegistryError {
  return new RegistryError('device-unknown', `No device "${deviceId}" is registered.`, 'deviceId');
}

async function deviceNow(db: Database, deviceId: string): Promise<Device> {
  const rows = await db.select().from(devices).where(eq(devices.deviceId, deviceId));
  const [found] = await registeredDevices(db, rows);
  if (!found) throw unknownDevice(deviceId);
  return found.device;
}

/** A pattern for what holds the text, signs of patterns in it taken as they are. */
function holding(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
