import { and, asc, gte, lt, sql } from 'drizzle-orm';
import type { AccountRow } from '@lifeline/contracts';
import type { Engine } from './engine.js';
import type { AccountDelta, AccountStore, ProjectionCursor } from './port.js';
import { projectOnce } from './projection-cursor.js';
import { accountMinutes } from './schema.js';
import { storableJson } from './storable.js';

export class SqlAccount implements AccountStore {
  constructor(private readonly engine: Engine) {}

  async add(deltas: readonly AccountDelta[], cursor: ProjectionCursor): Promise<void> {
    await projectOnce(this.engine, cursor, async (db) => {
      if (deltas.length === 0) return;
      // Several deltas of one minute and inlet are added up first: one statement touches a row once. In one order, so that two
      // projections that touch the same minutes cannot wait for each other.
      await db.execute(sql`insert into ${accountMinutes} as kept (minute_ms, inlet, received, stored, rejected, duplicate)
        select "minuteMs", inlet, sum(received), sum(stored), sum(rejected), sum(duplicate)
        from jsonb_to_recordset(${storableJson(deltas)}::jsonb) as given("minuteMs" bigint, inlet text, received bigint,
          stored bigint, rejected bigint, duplicate bigint)
        group by 1, 2 order by 1, 2
        on conflict (minute_ms, inlet) do update set received = kept.received + excluded.received,
          stored = kept.stored + excluded.stored, rejected = kept.rejected + excluded.rejected,
          duplicate = kept.duplicate + excluded.duplicate`);
    });
  }

  async account(fromMs: number, toMs: number): Promise<readonly AccountRow[]> {
    const rows = await this.engine.run((db) =>
      db
        .select()
        .from(accountMinutes)
        .where(and(gte(accountMinutes.minuteMs, Math.ceil(fromMs)), lt(accountMinutes.minuteMs, Math.ceil(toMs))))
        .orderBy(asc(accountMinutes.minuteMs), asc(accountMinutes.inlet)),
    );
    return rows.map((row) => ({
      ...row,
      waiting: row.received - row.stored - row.rejected - row.duplicate,
    }));
  }
}
