import { randomUUID } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import type { DutyContent, DutyPost } from '@lifeline/contracts';
import type { Database, Engine } from './engine.js';
import { DutyError, type DutyEdit, type DutyStore } from './call-out-port.js';
import { dutyPosts } from './call-out-schema.js';
import { storableJson, storableText } from './storable.js';

/** Any fixed number that no other lock of ours uses: two services must not both make the first entries. */
const SEED_LOCK = 7_341_003;

export class SqlDuty implements DutyStore {
  constructor(private readonly engine: Engine) {}

  async create(content: DutyContent, createdBy: string, nowMs: number): Promise<DutyPost> {
    const post = firstVersion(content, createdBy, nowMs);
    await this.engine.run((db) => insert(db, post));
    return post;
  }

  async seed(contents: readonly DutyContent[], createdBy: string, nowMs: number): Promise<number> {
    return this.engine.transaction(async (db) => {
      await db.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(SEED_LOCK))})`);
      const [known] = await db.select({ postId: dutyPosts.postId }).from(dutyPosts).limit(1);
      if (known !== undefined) return 0;
      for (const content of contents) await insert(db, firstVersion(content, createdBy, nowMs));
      return contents.length;
    });
  }

  async change(edit: DutyEdit, nowMs: number): Promise<DutyPost> {
    const { postId, expectedVersion, content, removedAtMs, changedBy } = edit;
    return this.engine.transaction(async (db) => {
      const newest = await newestOf(db, postId);
      if (!newest) throw new DutyError('post-unknown', `Nothing with the id "${postId}" is on the duty roster.`);
      const changed: DutyPost = {
        ...newest,
        ...content,
        ...{ version: expectedVersion + 1, changedBy, changedAtMs: Math.round(nowMs) },
        removedAtMs: removedAtMs === null ? null : Math.round(removedAtMs),
      };
      // The key lets one of two in who saw the same version.
      const isIn = newest.version === expectedVersion && (await insert(db, changed));
      if (!isIn) {
        const by = (await newestOf(db, postId))?.changedBy ?? newest.changedBy;
        throw new DutyError(
          'version-conflict',
          `${by} changed this entry meanwhile. Look at it, then do it again.`,
          by,
        );
      }
      return changed;
    });
  }

  async post(postId: string): Promise<DutyPost | undefined> {
    return this.engine.run((db) => newestOf(db, postId));
  }

  async posts(): Promise<readonly DutyPost[]> {
    const { postId, version } = dutyPosts;
    const rows = await this.engine.run((db) =>
      db.selectDistinctOn([postId]).from(dutyPosts).orderBy(postId, desc(version)),
    );
    return rows
      .map(({ post }) => post)
      .filter(({ removedAtMs }) => removedAtMs === null)
      .sort((a, b) => a.createdAtMs - b.createdAtMs || (a.postId < b.postId ? -1 : 1));
  }
}

function firstVersion(content: DutyContent, createdBy: string, nowMs: number): DutyPost {
  const atMs = Math.round(nowMs);
  return {
    ...content,
    ...{ postId: randomUUID(), version: 1, removedAtMs: null },
    ...{ createdBy, createdAtMs: atMs, changedBy: createdBy, changedAtMs: atMs },
  };
}

/** Gives whether it was let in. */
async function insert(db: Database, post: DutyPost): Promise<boolean> {
  const { postId, version } = post;
  const stored = JSON.parse(storableJson(post)) as DutyPost;
  const rows = await db
    .insert(dutyPosts)
    .values({ postId, version, post: stored })
    .onConflictDoNothing()
    .returning({ version: dutyPosts.version });
  return rows.length > 0;
}

async function newestOf(db: Database, postId: string): Promise<DutyPost | undefined> {
  const [row] = await db
    .select()
    .from(dutyPosts)
    .where(eq(dutyPosts.postId, storableText(postId)))
    .orderBy(desc(dutyPosts.version))
    .limit(1);
  return row?.post;
}
