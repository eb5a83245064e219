import { and, eq, sql } from 'drizzle-orm';
import type { Database, Engine } from './engine.js';
import type { ProjectionCursor } from './port.js';
import { projectionCursors } from './schema.js';

/** Where the consumer stands in each partition; 0 where a partition has written nothing yet. */
export async function readCursor(engine: Engine, consumer: string): Promise<readonly number[]> {
  const rows = await engine.run((db) =>
    db.select().from(projectionCursors).where(eq(projectionCursors.consumer, consumer)),
  );
  const cursor: number[] = [];
  for (const { partition, sequence } of rows) {
    while (cursor.length <= partition) cursor.push(0);
    cursor[partition] = sequence;
  }
  return cursor;
}

/**
 * Runs the projection's writes once: the cursor's row is locked first, so two workers at the same batch come one after the other,
 * and moves in the same transaction. `work` gets the sequence after which records are new; it is not called where there are none.
 */
export async function projectOnce(
  engine: Engine,
  cursor: ProjectionCursor,
  work: (db: Database, after: number) => Promise<void>,
): Promise<void> {
  const { consumer, partition, sequence } = cursor;
  await engine.transaction(async (db) => {
    // Makes the row where it is missing, and locks it either way.
    const [row] = await db
      .insert(projectionCursors)
      .values({ consumer, partition, sequence: 0 })
      .onConflictDoUpdate({
        target: [projectionCursors.consumer, projectionCursors.partition],
        set: { sequence: sql`${projectionCursors.sequence}` },
      })
      .returning({ after: projectionCursors.sequence });
    const after = row?.after ?? 0;
    if (sequence <= after) return;
    await work(db, after);
    await db
      .update(projectionCursors)
      .set({ sequence })
      .where(and(eq(projectionCursors.consumer, consumer), eq(projectionCursors.partition, partition)));
  });
}
