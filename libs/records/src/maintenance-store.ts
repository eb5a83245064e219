import { randomUUID } from 'node:crypto';
import { desc, eq, gt, inArray } from 'drizzle-orm';
import type { MaintenanceContent, MaintenanceWindow } from '@lifeline/contracts';
import type { Database, Engine } from './engine.js';
import { MaintenanceError, type MaintenanceEdit, type MaintenanceStore } from './port.js';
import { maintenanceWindows } from './schema.js';
import { storableJson, storableText } from './storable.js';

export class SqlMaintenance implements MaintenanceStore {
  constructor(private readonly engine: Engine) {}

  async create(content: MaintenanceContent, createdBy: string, nowMs: number): Promise<MaintenanceWindow> {
    const atMs = Math.round(nowMs);
    const window: MaintenanceWindow = {
      ...content,
      ...{ windowId: randomUUID(), version: 1, endedAtMs: null },
      ...{ createdBy, createdAtMs: atMs, changedBy: createdBy, changedAtMs: atMs },
    };
    await this.engine.run((db) => insert(db, window));
    return window;
  }

  async change(edit: MaintenanceEdit, nowMs: number): Promise<MaintenanceWindow> {
    const { windowId, expectedVersion, content, endedAtMs, changedBy } = edit;
    return this.engine.transaction(async (db) => {
      const newest = await newestOf(db, windowId);
      if (!newest) throw new MaintenanceError('window-unknown', `No maintenance window "${windowId}" is known.`);
      const changed: MaintenanceWindow = {
        ...newest,
        ...content,
        ...{ version: expectedVersion + 1, changedBy, changedAtMs: Math.round(nowMs) },
        endedAtMs: endedAtMs === null ? null : Math.round(endedAtMs),
      };
      // The key lets one of two in who saw the same version.
      const isIn = newest.version === expectedVersion && (await insert(db, changed));
      if (!isIn) {
        const by = (await newestOf(db, windowId))?.changedBy ?? newest.changedBy;
        throw new MaintenanceError(
          'version-conflict',
          `${by} changed this window meanwhile. Look at it, then do it again.`,
          by,
        );
      }
      return changed;
    });
  }

  async window(windowId: string): Promise<MaintenanceWindow | undefined> {
    return this.engine.run((db) => newestOf(db, windowId));
  }

  async endingAfter(afterMs: number): Promise<readonly MaintenanceWindow[]> {
    // A version may have moved the end: the newest alone decides, so what any version would let in is looked at.
    const rows = await this.engine.run((db) => {
      const { windowId, version, toMs } = maintenanceWindows;
      const named = db
        .select({ windowId })
        .from(maintenanceWindows)
        .where(gt(toMs, Math.floor(afterMs)));
      return db
        .selectDistinctOn([windowId])
        .from(maintenanceWindows)
        .where(inArray(windowId, named))
        .orderBy(windowId, desc(version));
    });
    return rows
      .map(({ window }) => window)
      .filter(({ toMs }) => toMs > afterMs)
      .sort((a, b) => a.fromMs - b.fromMs || (a.windowId < b.windowId ? -1 : 1));
  }
}

/** Gives whether it was let in. */
async function insert(db: Database, window: MaintenanceWindow): Promise<boolean> {
  const { windowId, version, toMs } = window;
  const stored = JSON.parse(storableJson(window)) as MaintenanceWindow;
  const rows = await db
    .insert(maintenanceWindows)
    .values({ windowId, version, toMs: Math.ceil(toMs), window: stored })
    .onConflictDoNothing()
    .returning({ version: maintenanceWindows.version });
  return rows.length > 0;
}

async function newestOf(db: Database, windowId: string): Promise<MaintenanceWindow | undefined> {
  const [row] = await db
    .select()
    .from(maintenanceWindows)
    .where(eq(maintenanceWindows.windowId, storableText(windowId)))
    .orderBy(desc(maintenanceWindows.version))
    .limit(1);
  return row?.window;
}
