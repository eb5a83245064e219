import { and, asc, desc, eq, gt, gte, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Incident, IncidentAct, IncidentMember, NewIncidentAct } from '@lifeline/contracts';
import type { Database, Engine } from './engine.js';
import { pageOf, pageToken, readPageToken } from './page-token.js';
import {
  IncidentError,
  type IncidentQuestion,
  type IncidentStore,
  type KeptFile,
  type Listed,
  type NumberedAct,
  type StandingIncident,
  type ToldIncident,
} from './port.js';
import { chunks } from './registry-tables.js';
import { incidentActs, incidentMembers, incidents } from './schema.js';
import { among, storableJson, storableText } from './storable.js';

const CHANNEL = 'lifeline_incident_acts';
/** Writers of acts wait for each other: so their numbers come in the order in which they are seen. */
const ACT_LOCK = 7_341_003;
const INCIDENTS_A_STATEMENT = 500;

export class SqlIncidents implements IncidentStore {
  constructor(private readonly engine: Engine) {}

  async keep(told: readonly ToldIncident[]): Promise<void> {
    // In one order for all writers, so that two never wait for each other.
    const inOrder = told.toSorted((a, b) => (a.incident.incidentId < b.incident.incidentId ? -1 : 1));
    await this.engine.transaction(async (db) => {
      for (const part of chunks(inOrder, INCIDENTS_A_STATEMENT)) {
        const kept = await upsert(db, part);
        const news = part.filter(({ incident }) => kept.has(incident.incidentId));
        await removeMembers(db, news);
        await putMembers(db, news);
      }
    });
  }

  async act(act: NewIncidentAct, after: number): Promise<NumberedAct> {
    return this.engine.transaction(async (db) => {
      await db.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(ACT_LOCK))})`);
      const newest = (await actsOf(db, [act.incidentId])).at(-1);
      const stored = JSON.parse(storableJson({ ...act, sequence: after + 1 })) as IncidentAct;
      const { incidentId, sequence } = stored;
      // The key lets one of two in who knew the same acts.
      const rows =
        (newest?.sequence ?? 0) === after
          ? await db
              .insert(incidentActs)
              .values({ incidentId, sequence, act: stored })
              .onConflictDoNothing()
              .returning({ actNo: incidentActs.actNo })
          : [];
      if (rows.length === 0) {
        const by = newest?.by ?? '';
        throw new IncidentError('act-conflict', `${by} did something to incident "${incidentId}" meanwhile.`, by);
      }
      await db.execute(sql`select pg_notify(${CHANNEL}, ${''})`);
      return { actNo: rows[0]!.actNo, act: stored };
    });
  }

  async acts(incidentId: string): Promise<readonly IncidentAct[]> {
    return this.engine.run((db) => actsOf(db, [incidentId]));
  }

  async actsAfter(actNo: number, most: number): Promise<readonly NumberedAct[]> {
    return this.engine.run((db) =>
      db
        .select({ actNo: incidentActs.actNo, act: incidentActs.act })
        .from(incidentActs)
        .where(gt(incidentActs.actNo, actNo))
        .orderBy(asc(incidentActs.actNo))
        .limit(most),
    );
  }

  async newestActNo(): Promise<number> {
    const [row] = await this.engine.run((db) =>
      db.select({ newest: sql<string | null>`max(${incidentActs.actNo})` }).from(incidentActs),
    );
    return Number(row?.newest ?? 0);
  }

  async standing(alarmIds: readonly string[], incidentIds: readonly string[]): Promise<readonly StandingIncident[]> {
    return this.engine.run(async (db) => {
      const ofAlarms = db
        .select({ incidentId: incidentMembers.incidentId })
        .from(incidentMembers)
        .where(among(incidentMembers.alarmId, alarmIds));
      const rows = await db
        .select({ incident: incidents.incident })
        .from(incidents)
        .where(
          or(
            eq(incidents.state, 'open'),
            inArray(incidents.incidentId, ofAlarms),
            among(incidents.incidentId, incidentIds),
          ),
        )
        .orderBy(asc(incidents.openedAtMs), asc(incidents.incidentId));
      const known = rows.map(({ incident }) => incident);
      const told = db.select({ incidentId: incidents.incidentId }).from(incidents);
      const untold = await db
        .selectDistinct({ incidentId: incidentActs.incidentId })
        .from(incidentActs)
        .where(sql`${incidentActs.incidentId} not in ${told}`);
      const ids = known.map(({ incidentId }) => incidentId);
      const members = byIncident(await membersOf(db, ids));
      const acts = byIncident(await actsOf(db, [...ids, ...untold.map(({ incidentId }) => incidentId)]));
      return [
        ...known.map((incident) => ({
          incident,
          members: (members.get(incident.incidentId) ?? []).map(({ member }) => member),
          acts: acts.get(incident.incidentId) ?? [],
        })),
        ...untold.map(({ incidentId }) => ({ incident: null, members: [], acts: acts.get(incidentId) ?? [] })),
      ];
    });
  }

  async incident(incidentId: string): Promise<KeptFile | undefined> {
    return this.engine.run(async (db) => {
      const [row] = await db
        .select({ incident: incidents.incident })
        .from(incidents)
        .where(eq(incidents.incidentId, storableText(incidentId)));
      if (!row) return undefined;
      const members = (await membersOf(db, [incidentId])).map(({ member }) => member);
      return { incident: row.incident, members, acts: await actsOf(db, [incidentId]) };
    });
  }

  async incidents(question: IncidentQuestion): Promise<Listed<Incident>> {
    const { limit, after, state, utility, q, closedSinceMs, openAtMs } = question;
    const { openedAtMs, closedAtMs, incidentId, alarms, actSequence, words, incident } = incidents;
    const place = after === undefined ? undefined : readPageToken(after, 'number', 'string');
    const rows = await this.engine.run((db) =>
      db
        .select({ incident, openedAtMs, incidentId })
        .from(incidents)
        .where(
          and(
            or(gt(alarms, 0), gt(actSequence, 0)),
            state === undefined ? undefined : eq(incidents.state, state),
            utility === undefined ? undefined : sql`${incident}->'utilities' @> ${JSON.stringify([utility])}::jsonb`,
            q === undefined ? undefined : sql`strpos(${words}, ${storableText(q).toLowerCase()}) > 0`,
            closedSinceMs === undefined ? undefined : orOpen(gte(closedAtMs, Math.ceil(closedSinceMs))),
            openAtMs === undefined
              ? undefined
              : and(lte(openedAtMs, Math.floor(openAtMs)), orOpen(gt(closedAtMs, Math.floor(openAtMs)))),
            place && sql`(${openedAtMs}, ${incidentId}) < (${place[0]}::bigint, ${place[1]})`,
          ),
        )
        .orderBy(desc(openedAtMs), desc(incidentId))
        .limit(limit + 1),
    );
    return pageOf(
      rows,
      limit,
      (row) => row.incident,
      (row) => pageToken(row.openedAtMs, row.incidentId),
    );
  }

  async onAct(listener: () => void): Promise<() => Promise<void>> {
    return this.engine.listen(CHANNEL, listener, listener);
  }
}

function orOpen(closed: SQL): SQL | undefined {
  return or(isNull(incidents.closedAtMs), closed);
}

/** Gives the ids of those that were newer than what was kept, or as new. */
async function upsert(db: Database, told: readonly ToldIncident[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .insert(incidents)
    .values(
      told.map(({ incident, position }) => {
        const { incidentId, state, openedAtMs, closedAtMs, actSequence, headline, conclusion, counts } = incident;
        return {
          ...{ incidentId, position, actSequence, state },
          openedAtMs: Math.round(openedAtMs),
          closedAtMs: closedAtMs === null ? null : Math.round(closedAtMs),
          alarms: counts.members,
          words: storableText(`${headline.en}\n${headline.zh}\n${conclusion?.text ?? ''}`).toLowerCase(),
          incident: JSON.parse(storableJson(incident)) as Incident,
        };
      }),
    )
    .onConflictDoUpdate({
      target: incidents.incidentId,
      set: Object.fromEntries(
        ['position', 'act_sequence', 'state', 'opened_at_ms', 'closed_at_ms', 'alarms', 'words', 'incident'].map(
          (column) => [camel(column), sql.raw(`excluded.${column}`)],
        ),
      ),
      setWhere: sql`(excluded.position, excluded.act_sequence) >= (${incidents.position}, ${incidents.actSequence})`,
    })
    .returning({ incidentId: incidents.incidentId });
  return new Set(rows.map(({ incidentId }) => incidentId));
}

function camel(column: string): string {
  return column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

async function putMembers(db: Database, told: readonly ToldIncident[]): Promise<void> {
  const rows = told.flatMap(({ incident: { incidentId }, joined }) => joined.map((member) => ({ incidentId, member })));
  for (const part of chunks(rows)) {
    await db.execute(sql`insert into ${incidentMembers} (incident_id, alarm_id, member)
      select given."incidentId", given.member->>'alarmId', given.member
      from jsonb_to_recordset(${storableJson(part)}::jsonb) as given("incidentId" text, member jsonb)
      on conflict (incident_id, alarm_id) do update set member = excluded.member`);
  }
}

async function removeMembers(db: Database, told: readonly ToldIncident[]): Promise<void> {
  const whole = told.flatMap(({ incident, isWhole }) => (isWhole ? [incident.incidentId] : []));
  if (whole.length > 0) await db.delete(incidentMembers).where(among(incidentMembers.incidentId, whole));
  const rows = told.flatMap(({ incident: { incidentId }, left }) => left.map((alarmId) => ({ incidentId, alarmId })));
  for (const part of chunks(rows)) {
    await db.execute(sql`delete from ${incidentMembers} using
      jsonb_to_recordset(${storableJson(part)}::jsonb) as given("incidentId" text, "alarmId" text)
      where ${incidentMembers.incidentId} = given."incidentId" and ${incidentMembers.alarmId} = given."alarmId"`);
  }
}

async function membersOf(db: Database, incidentIds: readonly string[]) {
  const rows: { incidentId: string; member: IncidentMember }[] = [];
  for (const part of chunks(incidentIds))
    rows.push(
      ...(await db
        .select({ incidentId: incidentMembers.incidentId, member: incidentMembers.member })
        .from(incidentMembers)
        .where(among(incidentMembers.incidentId, part))
        .orderBy(asc(incidentMembers.alarmId))),
    );
  return rows;
}

async function actsOf(db: Database, incidentIds: readonly string[]): Promise<IncidentAct[]> {
  const rows = await db
    .select({ act: incidentActs.act })
    .from(incidentActs)
    .where(among(incidentActs.incidentId, incidentIds))
    .orderBy(asc(incidentActs.incidentId), asc(incidentActs.sequence));
  return rows.map(({ act }) => act);
}

function byIncident<Item extends { readonly incidentId: string }>(items: readonly Item[]): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const there = found.get(item.incidentId);
    if (there) there.push(item);
    else found.set(item.incidentId, [item]);
  }
  return found;
}
