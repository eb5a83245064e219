import { and, desc, eq, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import type { Knock, Reject, RejectReason } from '@lifeline/contracts';
import type { Engine } from './engine.js';
import { pageOf, pageToken, readPageToken } from './page-token.js';
import type { Listed, Page, ProjectionCursor, RejectStore } from './port.js';
import { projectOnce } from './projection-cursor.js';
import { rejects } from './schema.js';
import { storableText } from './storable.js';
import { chunks } from './registry-tables.js';

const KNOCK_REASONS = ['unknown-device', 'bad-credential'] as const satisfies readonly RejectReason[];
const KNOCKS_KEPT_MS = 7 * 86_400_000;
/** More different strangers than this is an attack or a wrong import; the newest are enough to see it. */
const MOST_KNOCKS = 1_000;
/** Eight parameters a row, far under PostgreSQL's 65,535. */
const ROWS_A_STATEMENT = 500;

export class SqlRejects implements RejectStore {
  constructor(private readonly engine: Engine) {}

  async project(list: readonly Omit<Reject, 'rejectId'>[], cursor: ProjectionCursor): Promise<void> {
    await projectOnce(this.engine, cursor, async (db) => {
      for (const part of chunks(list, ROWS_A_STATEMENT))
        await db.insert(rejects).values(
          part.map((reject) => ({
            arrivedAtMs: Math.round(reject.arrivedAtMs),
            inlet: storableText(reject.inlet),
            deviceId: reject.deviceId === null ? null : storableText(reject.deviceId),
            topic: storableText(reject.topic),
            reason: reject.reason,
            detail: storableText(reject.detail),
            count: reject.count,
            bodyExcerpt: storableText(reject.bodyExcerpt),
          })),
        );
    });
  }

  async rejects(
    question: Page & { deviceId?: string | undefined; reason?: string | undefined },
  ): Promise<Listed<Reject>> {
    const { limit, after, deviceId, reason } = question;
    const [before] = after === undefined ? [] : readPageToken(after, 'number');
    const rows = await this.engine.run((db) =>
      db
        .select()
        .from(rejects)
        .where(
          and(
            before === undefined ? undefined : lt(rejects.rejectId, before),
            deviceId === undefined ? undefined : eq(rejects.deviceId, storableText(deviceId)),
            reason === undefined ? undefined : eq(rejects.reason, storableText(reason)),
          ),
        )
        .orderBy(desc(rejects.rejectId))
        .limit(limit + 1),
    );
    return pageOf(
      rows,
      limit,
      (row) => ({ ...row, rejectId: String(row.rejectId), reason: row.reason as RejectReason }),
      (row) => pageToken(row.rejectId),
    );
  }

  async knocks(nowMs: number): Promise<readonly Knock[]> {
    const lastAtMs = sql<number>`max(${rejects.arrivedAtMs})`.mapWith(Number);
    const rows = await this.engine.run((db) =>
      db
        .select({
          deviceId: rejects.deviceId,
          reason: rejects.reason,
          count: sql<number>`sum(${rejects.count})`.mapWith(Number),
          firstAtMs: sql<number>`min(${rejects.arrivedAtMs})`.mapWith(Number),
          lastAtMs,
        })
        .from(rejects)
        .where(
          and(
            isNotNull(rejects.deviceId),
            inArray(rejects.reason, [...KNOCK_REASONS]),
            gte(rejects.arrivedAtMs, Math.round(nowMs - KNOCKS_KEPT_MS)),
          ),
        )
        .groupBy(rejects.deviceId, rejects.reason)
        .orderBy(desc(lastAtMs), rejects.deviceId)
        .limit(MOST_KNOCKS),
    );
    return rows.map((row) => ({ ...row, deviceId: row.deviceId ?? '', reason: row.reason as RejectReason }));
  }

  async retain(keep: number): Promise<void> {
    await this.engine.run((db) =>
      db.execute(sql`delete from ${rejects} where ${rejects.rejectId} <=
        (select reject_id from ${rejects} order by reject_id desc offset ${Math.max(0, Math.floor(keep))}::bigint limit 1)`),
    );
    await this.engine.tidy();
  }
}
