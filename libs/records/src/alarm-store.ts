import { and, desc, eq, gt, gte, inArray, lt, lte, ne, or, sql } from 'drizzle-orm';
import type { Alarm, AlarmTransition } from '@lifeline/contracts';
import { alarmOf } from '@lifeline/alarms';
import { ALARM_EVENTS, ALARM_STATES } from '@lifeline/contracts';
import type { Database, Engine } from './engine.js';
import { pageOf, pageToken, readPageToken } from './page-token.js';
import type { AlarmStore, Listed, Page, ProjectionCursor } from './port.js';
import { projectOnce } from './projection-cursor.js';
import { chunks } from './registry-tables.js';
import { alarms, alarmTransitions } from './schema.js';
import { among, storableJson } from './storable.js';

export class SqlAlarms implements AlarmStore {
  constructor(private readonly engine: Engine) {}

  async project(
    transitions: readonly { transition: AlarmTransition; streamSequence: number }[],
    cursor: ProjectionCursor,
  ): Promise<void> {
    await projectOnce(this.engine, cursor, async (db, after) => {
      for (const part of chunks(transitions.filter(({ streamSequence }) => streamSequence > after))) {
        const given = sql`jsonb_to_recordset(${storableJson(part)}::jsonb) as given(transition jsonb, "streamSequence" bigint)`;
        const field = (name: keyof AlarmTransition) => sql`given.transition->>${sql.raw(`'${name}'`)}`;
        await db.execute(sql`insert into ${alarmTransitions}
          (alarm_id, sequence, stream_sequence, event, priority, at_ms, transition)
          select ${field('alarmId')}, (${field('sequence')})::integer, given."streamSequence", ${field('event')},
            ${field('priority')}, (${field('atMs')})::double precision::bigint, given.transition
          from ${given} on conflict (alarm_id, sequence) do nothing`);
        // The newest of each alarm in this part; a row that is newer already stays.
        await db.execute(sql`insert into ${alarms} (alarm_id, sensor_id, state, sequence, raised_at_ms)
          select distinct on (1) ${field('alarmId')}, ${field('sensorId')}, ${field('state')},
            (${field('sequence')})::integer, (${field('raisedAtMs')})::double precision::bigint
          from ${given} order by 1, 4 desc
          on conflict (alarm_id) do update set state = excluded.state, sequence = excluded.sequence
          where excluded.sequence > ${alarms.sequence}`);
      }
    });
  }

  async alarm(alarmId: string): Promise<Alarm | undefined> {
    const [alarm] = await this.engine.run((db) => alarmsById(db, [alarmId]));
    return alarm;
  }

  async alarmsById(alarmIds: readonly string[]): Promise<readonly Alarm[]> {
    return this.engine.run((db) => alarmsById(db, alarmIds));
  }

  async alarms(
    question: Page & {
      states: readonly string[];
      fromMs?: number | undefined;
      toMs?: number | undefined;
      sensorId?: string | undefined;
    },
  ): Promise<Listed<Alarm>> {
    const { limit, after, states, fromMs, toMs, sensorId } = question;
    const known = ALARM_STATES.filter((state) => states.includes(state));
    const place = after === undefined ? undefined : readPageToken(after, 'number', 'string');
    return this.engine.run(async (db) => {
      const rows = await db
        .select({ alarmId: alarms.alarmId, raisedAtMs: alarms.raisedAtMs })
        .from(alarms)
        .where(
          and(
            states.length > 0 ? inArray(alarms.state, known) : undefined,
            fromMs === undefined ? undefined : gte(alarms.raisedAtMs, Math.ceil(fromMs)),
            toMs === undefined ? undefined : lt(alarms.raisedAtMs, Math.ceil(toMs)),
            sensorId === undefined ? undefined : eq(alarms.sensorId, sensorId),
            place && sql`(${alarms.raisedAtMs}, ${alarms.alarmId}) < (${place[0]}::bigint, ${place[1]})`,
          ),
        )
        .orderBy(desc(alarms.raisedAtMs), desc(alarms.alarmId))
        .limit(limit + 1);
      const page = pageOf(
        rows,
        limit,
        (row) => row.alarmId,
        (row) => pageToken(row.raisedAtMs, row.alarmId),
      );
      return { ...page, items: await alarmsById(db, page.items) };
    });
  }

  async open(): Promise<readonly Alarm[]> {
    return this.engine.run(async (db) => {
      const rows = await db
        .select({ alarmId: alarms.alarmId })
        .from(alarms)
        .where(ne(alarms.state, 'normal'))
        .orderBy(desc(alarms.raisedAtMs), desc(alarms.alarmId));
      return alarmsById(
        db,
        rows.map((row) => row.alarmId),
      );
    });
  }

  async lives(fromMs: number, toMs: number): Promise<readonly AlarmTransition[]> {
    const [from, to] = [Math.ceil(fromMs), Math.ceil(toMs)];
    return this.engine.run(async (db) => {
      const moved = db
        .select({ id: alarmTransitions.alarmId })
        .from(alarmTransitions)
        .where(gte(alarmTransitions.atMs, from));
      const rows = await db
        .select({ transition: alarmTransitions.transition })
        .from(alarmTransitions)
        .innerJoin(alarms, eq(alarms.alarmId, alarmTransitions.alarmId))
        .where(
          and(
            lt(alarmTransitions.atMs, to),
            lt(alarms.raisedAtMs, to),
            or(ne(alarms.state, 'normal'), inArray(alarms.alarmId, moved)),
          ),
        );
      return rows.map((row) => row.transition);
    });
  }

  async moved(afterMs: number, untilMs: number, most: number): Promise<readonly AlarmTransition[]> {
    const rows = await this.engine.run((db) =>
      db
        .select({ transition: alarmTransitions.transition })
        .from(alarmTransitions)
        .where(
          and(
            // Every event there is: so the index by event and time serves.
            inArray(alarmTransitions.event, [...ALARM_EVENTS]),
            gt(alarmTransitions.atMs, Math.floor(afterMs)),
            lte(alarmTransitions.atMs, Math.floor(untilMs)),
          ),
        )
        .orderBy(alarmTransitions.atMs, alarmTransitions.streamSequence)
        .limit(most),
    );
    return rows.map((row) => row.transition);
  }

  async rate(
    fromMs: number,
    toMs: number,
    slots: number,
  ): Promise<readonly { startMs: number; raised: Partial<Record<string, number>> }[]> {
    const slotMs = (toMs - fromMs) / slots;
    if (!(slotMs > 0) || !Number.isInteger(slots)) return [];
    const slot = sql<number>`least(floor((${alarmTransitions.atMs} - ${fromMs}::double precision) / ${slotMs}::double precision)::integer, ${slots - 1}::integer)`;
    const rows = await this.engine.run((db) =>
      db
        .select({ slot, priority: alarmTransitions.priority, count: sql<number>`count(*)::integer` })
        .from(alarmTransitions)
        .where(
          and(
            eq(alarmTransitions.event, 'raise'),
            gte(alarmTransitions.atMs, Math.ceil(fromMs)),
            lt(alarmTransitions.atMs, Math.ceil(toMs)),
          ),
        )
        .groupBy(sql`1`, alarmTransitions.priority),
    );
    const answer = Array.from({ length: slots }, (_, i) => ({
      startMs: Math.round(fromMs + i * slotMs),
      raised: {} as Partial<Record<string, number>>,
    }));
    for (const row of rows) answer[row.slot]!.raised[row.priority] = row.count;
    return answer;
  }
}

/** The alarms in the order of the ids, each with its whole life; ids without an alarm are left out. */
async function alarmsById(db: Database, alarmIds: readonly string[]): Promise<Alarm[]> {
  const lives = new Map<string, AlarmTransition[]>();
  for (const part of chunks(alarmIds))
    for (const { transition } of await db
      .select({ transition: alarmTransitions.transition })
      .from(alarmTransitions)
      .where(among(alarmTransitions.alarmId, part))) {
      const life = lives.get(transition.alarmId);
      if (life) life.push(transition);
      else lives.set(transition.alarmId, [transition]);
    }
  return alarmIds.flatMap((id) => {
    const life = lives.get(id);
    return life ? [alarmOf(life)] : [];
  });
}
