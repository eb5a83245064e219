import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { CallOut, CallOutStep, DutyPost } from '@lifeline/contracts';

/** The tables of the duty roster and of call-outs; see schema.ts. */

/** Every version of every entry of the duty roster; rows are added, never changed. */
export const dutyPosts = pgTable(
  'duty_posts',
  {
    postId: text('post_id').notNull(),
    version: integer('version').notNull(),
    post: jsonb('post').$type<DutyPost>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.version] })],
);

/** Every call-out as it was made; rows are added, never changed. */
export const callOuts = pgTable(
  'call_outs',
  {
    callOutId: text('call_out_id').primaryKey(),
    alarmId: text('alarm_id').notNull(),
    incidentId: text('incident_id'),
    atMs: bigint('at_ms', { mode: 'number' }).notNull(),
    callOut: jsonb('call_out').$type<Omit<CallOut, 'steps'>>().notNull(),
  },
  (t) => [
    index('call_outs_at').on(t.atMs, t.callOutId),
    index('call_outs_alarm').on(t.alarmId, t.atMs),
    index('call_outs_incident').on(t.incidentId, t.atMs),
  ],
);

/** What became of each call-out; rows are added, never changed. */
export const callOutSteps = pgTable(
  'call_out_steps',
  {
    callOutId: text('call_out_id')
      .notNull()
      .references(() => callOuts.callOutId),
    sequence: integer('sequence').notNull(),
    step: jsonb('step').$type<CallOutStep>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.callOutId, t.sequence] })],
);
