import { asc, desc, eq, sql } from 'drizzle-orm';
import { priorityByConsequence, type AlarmDefinition, type AlarmDefinitionContent } from '@lifeline/contracts';
import type { Database, Engine } from './engine.js';
import { DefinitionError, type AlarmDefinitionStore, type DefinitionEdit, type StepTick } from './port.js';
import { alarmDefinitions, alarmStepTicks } from './schema.js';
import { storableJson, storableText } from './storable.js';

/** Ids of changed definitions as NOTIFY payloads. */
const CHANNEL = 'lifeline_alarm_definitions';
/** Several changed at once, as after an upgrade. */
const SEVERAL = '*';

export class SqlAlarmDefinitions implements AlarmDefinitionStore {
  constructor(private readonly engine: Engine) {}

  async newest(): Promise<readonly AlarmDefinition[]> {
    return this.engine.run(newestOf);
  }

  async versions(definitionId: string): Promise<readonly AlarmDefinition[]> {
    const rows = await this.engine.run((db) =>
      db
        .select()
        .from(alarmDefinitions)
        .where(eq(alarmDefinitions.definitionId, storableText(definitionId)))
        .orderBy(desc(alarmDefinitions.version)),
    );
    return rows.map(definitionOf);
  }

  async put(edit: DefinitionEdit, nowMs: number): Promise<AlarmDefinition> {
    const { definitionId, expectedVersion } = edit;
    return this.engine.transaction(async (db) => {
      const { version } = alarmDefinitions;
      const [newest] = await db
        .select({ version: sql<number>`coalesce(max(${version}), 0)::integer` })
        .from(alarmDefinitions)
        .where(eq(alarmDefinitions.definitionId, definitionId));
      // The key lets one of two in who saw the same version.
      const [row] =
        newest?.version === expectedVersion ? await insert(db, [{ ...edit, version: expectedVersion + 1 }], nowMs) : [];
      if (!row) {
        throw new DefinitionError(
          'version-conflict',
          `Version ${expectedVersion} of "${definitionId}" is not the newest any more. Look at what was changed, then edit again.`,
        );
      }
      await notify(db, definitionId);
      return definitionOf(row);
    });
  }

  async ship(shipped: ReadonlyMap<string, AlarmDefinitionContent>, nowMs: number): Promise<number> {
    return this.engine.transaction(async (db) => {
      const newest = new Map((await newestOf(db)).map((one) => [one.definitionId, one]));
      const added = [...shipped].flatMap(([definitionId, content]) => {
        const known = newest.get(definitionId);
        // What a person has edited is that person's.
        if (known && (known.editedBy !== null || isSame(known, content))) return [];
        const note = known ? 'Shipped with a newer Lifeline' : null;
        return [{ definitionId, version: (known?.version ?? 0) + 1, content, editedBy: null, note }];
      });
      if (added.length === 0) return 0;
      const rows = await insert(db, added, nowMs);
      await notify(db, SEVERAL);
      return rows.length;
    });
  }

  async onChange(listener: () => void): Promise<() => Promise<void>> {
    return this.engine.listen(CHANNEL, listener, listener);
  }

  async tick(tick: Omit<StepTick, 'atMs'>, nowMs: number): Promise<void> {
    await this.engine.run((db) => db.insert(alarmStepTicks).values({ ...tick, atMs: Math.round(nowMs) }));
  }

  async ticks(alarmId: string): Promise<readonly StepTick[]> {
    const rows = await this.engine.run((db) =>
      db
        .select()
        .from(alarmStepTicks)
        .where(eq(alarmStepTicks.alarmId, storableText(alarmId)))
        .orderBy(asc(alarmStepTicks.tickId)),
    );
    return rows.map(({ tickId: _, ...tick }) => tick);
  }
}

type Row = typeof alarmDefinitions.$inferSelect;
type Added = Pick<Row, 'definitionId' | 'version' | 'content' | 'editedBy' | 'note'>;

async function newestOf(db: Database): Promise<AlarmDefinition[]> {
  const rows = await db
    .selectDistinctOn([alarmDefinitions.definitionId])
    .from(alarmDefinitions)
    .orderBy(asc(alarmDefinitions.definitionId), desc(alarmDefinitions.version));
  return rows.map(definitionOf);
}

/** Gives the rows that were added: one that another writer added meanwhile is left as it is. */
async function insert(db: Database, added: readonly Added[], nowMs: number): Promise<Row[]> {
  return db
    .insert(alarmDefinitions)
    .values(
      added.map(({ definitionId, version, content, editedBy, note }) => ({
        ...{ definitionId, version, editedBy, editedAtMs: Math.round(nowMs) },
        note: note === null ? null : storableText(note),
        content: JSON.parse(storableJson(content)) as AlarmDefinitionContent,
      })),
    )
    .onConflictDoNothing()
    .returning();
}

async function notify(db: Database, payload: string): Promise<void> {
  await db.execute(sql`select pg_notify(${CHANNEL}, ${payload})`);
}

function definitionOf({ content, ...row }: Row): AlarmDefinition {
  return { ...content, ...row, priority: priorityByConsequence(content.consequenceClass, content.minutesToRespond) };
}

/** jsonb keeps no order of keys: the shipped content is compared field by field. */
function isSame(known: AlarmDefinition, content: AlarmDefinitionContent): boolean {
  return (Object.keys(content) as (keyof AlarmDefinitionContent)[]).every(
    (key) => sorted(known[key]) === sorted(content[key]),
  );
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
}
