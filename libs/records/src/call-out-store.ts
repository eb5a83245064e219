import { and, asc, desc, eq, lt, or, sql } from 'drizzle-orm';
import { deliveryOf, mayFollow, newestResult, type CallOut, type CallOutStep } from '@lifeline/contracts';
import type { Database, Engine } from './engine.js';
import { pageOf, pageToken, readPageToken } from './page-token.js';
import type { Listed, Page } from './port.js';
import { CallOutError, type CallOutStore, type NewCallOutStep } from './call-out-port.js';
import { callOuts, callOutSteps } from './call-out-schema.js';
import { among, storableJson, storableText } from './storable.js';

/** Ids of changed call-outs as NOTIFY payloads. */
const CHANNEL = 'lifeline_call_outs';

type Made = Omit<CallOut, 'steps'>;

export class SqlCallOuts implements CallOutStore {
  constructor(private readonly engine: Engine) {}

  async create(callOut: Made): Promise<CallOut> {
    const { callOutId, alarmId, incidentId, atMs } = callOut;
    return this.engine.transaction(async (db) => {
      const stored = JSON.parse(storableJson({ ...callOut, atMs: Math.round(atMs) })) as Made;
      const added = await db
        .insert(callOuts)
        .values({ callOutId, alarmId, incidentId, atMs: Math.round(atMs), callOut: stored })
        .onConflictDoNothing()
        .returning({ callOutId: callOuts.callOutId });
      if (added.length > 0) {
        await notify(db, callOutId);
        return { ...stored, steps: [] };
      }
      const known = await one(db, callOutId);
      if (known && isSame(known, stored)) return known;
      throw new CallOutError('id-taken', `Another call-out has the id "${callOutId}".`);
    });
  }

  async add(callOutId: string, step: NewCallOutStep, seen?: number): Promise<CallOut> {
    return this.engine.transaction(async (db) => {
      // Two who speak at once come one after the other, and the second hears of the first.
      await db
        .select({ callOutId: callOuts.callOutId })
        .from(callOuts)
        .where(eq(callOuts.callOutId, storableText(callOutId)))
        .for('update');
      const known = await one(db, callOutId);
      if (!known) throw new CallOutError('call-out-unknown', `No call-out "${callOutId}" is known.`);
      refuseUnlessFits(known, step, seen);
      const placed = { ...step, atMs: Math.round(step.atMs), sequence: (known.steps.at(-1)?.sequence ?? 0) + 1 };
      const stored = JSON.parse(storableJson(placed)) as CallOutStep;
      await db.insert(callOutSteps).values({ callOutId, sequence: stored.sequence, step: stored });
      await notify(db, callOutId);
      return { ...known, steps: [...known.steps, stored] };
    });
  }

  async callOut(callOutId: string): Promise<CallOut | undefined> {
    return this.engine.run((db) => one(db, callOutId));
  }

  async callOuts({
    limit,
    after,
    alarmId,
    incidentId,
  }: Page & { alarmId?: string | undefined; incidentId?: string | undefined }): Promise<Listed<CallOut>> {
    const [atMs, id] = after === undefined ? [] : readPageToken(after, 'number', 'string');
    const rows = await this.engine.run((db) =>
      db
        .select()
        .from(callOuts)
        .where(
          and(
            alarmId === undefined ? undefined : eq(callOuts.alarmId, storableText(alarmId)),
            incidentId === undefined ? undefined : eq(callOuts.incidentId, storableText(incidentId)),
            atMs === undefined
              ? undefined
              : or(lt(callOuts.atMs, atMs), and(eq(callOuts.atMs, atMs), lt(callOuts.callOutId, id!))),
          ),
        )
        .orderBy(desc(callOuts.atMs), desc(callOuts.callOutId))
        .limit(limit + 1),
    );
    const steps = await this.engine.run((db) =>
      stepsOf(
        db,
        rows.map(({ callOutId }) => callOutId),
      ),
    );
    return pageOf(
      rows,
      limit,
      ({ callOut }): CallOut => ({ ...callOut, steps: steps.get(callOut.callOutId) ?? [] }),
      (row) => pageToken(row.atMs, row.callOutId),
    );
  }

  async undelivered(): Promise<readonly CallOut[]> {
    const byWebhook = sql`${callOuts.callOut}->>'delivery' = 'webhook'`;
    const ended = sql`exists (select 1 from ${callOutSteps} where ${callOutSteps.callOutId} = ${callOuts.callOutId} and ${callOutSteps.step}->>'kind' in ('sent', 'not-sent'))`;
    const rows = await this.engine.run((db) =>
      db
        .select()
        .from(callOuts)
        .where(and(byWebhook, sql`not ${ended}`))
        .orderBy(asc(callOuts.atMs)),
    );
    return rows.map(({ callOut }) => ({ ...callOut, steps: [] }));
  }

  async onChange(listener: (callOutId: string | undefined) => void): Promise<() => Promise<void>> {
    return this.engine.listen(CHANNEL, listener, () => listener(undefined));
  }
}

function refuseUnlessFits(known: CallOut, step: NewCallOutStep, seen: number | undefined): void {
  if (step.kind === 'sent' || step.kind === 'not-sent') {
    // It is told once how the message fared, whichever process says it first.
    if (deliveryOf(known) !== 'sending') throw new CallOutError('over', 'How the message fared is told already.');
    return;
  }
  const newest = newestResult(known);
  if (seen !== undefined && seen !== (newest?.sequence ?? 0)) {
    const by = newest?.by ?? '';
    throw new CallOutError('moved', `${by} said something of this call-out meanwhile.`, by);
  }
  if (!mayFollow(known, step.kind)) throw new CallOutError('over', 'This cannot be said of the call-out as it stands.');
}

/** Whether it is the same call-out asked for again, and not another one under its id. */
function isSame(known: CallOut, asked: Made): boolean {
  return (
    known.by === asked.by &&
    known.alarmId === asked.alarmId &&
    known.crew.postId === asked.crew.postId &&
    known.message === asked.message
  );
}

async function one(db: Database, callOutId: string): Promise<CallOut | undefined> {
  const id = storableText(callOutId);
  const [row] = await db.select().from(callOuts).where(eq(callOuts.callOutId, id));
  if (!row) return undefined;
  return { ...row.callOut, steps: (await stepsOf(db, [id])).get(id) ?? [] };
}

async function stepsOf(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, CallOutStep[]>> {
  const steps = new Map<string, CallOutStep[]>();
  if (ids.length === 0) return steps;
  const rows = await db
    .select()
    .from(callOutSteps)
    .where(among(callOutSteps.callOutId, ids))
    .orderBy(asc(callOutSteps.callOutId), asc(callOutSteps.sequence));
  for (const { callOutId, step } of rows) {
    const known = steps.get(callOutId);
    if (known) known.push(step);
    else steps.set(callOutId, [step]);
  }
  return steps;
}

/** Within the transaction of the change: heard when it commits, and only then. */
async function notify(db: Database, callOutId: string): Promise<void> {
  await db.execute(sql`select pg_notify(${CHANNEL}, ${callOutId})`);
}
