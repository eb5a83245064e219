import { z } from 'zod';
import { ALARM_EVENTS, ALARM_LIMITS, ALARM_RULES, ALARM_STATES, PRIORITIES } from './vocabulary.js';
import { utilitySchema } from './registry.js';

/** One step in the life of an alarm; keyed by (alarmId, sequence), never rewritten. Also the live event `alarm`. */
export const alarmTransitionSchema = z.object({
  alarmId: z.string(),
  /** 1 for the raise, then one more each transition of this alarm. */
  sequence: z.int().positive(),
  sensorId: z.string(),
  assetId: z.string().nullable(),
  utility: utilitySchema,
  rule: z.enum(ALARM_RULES),
  event: z.enum(ALARM_EVENTS),
  state: z.enum(ALARM_STATES),
  priority: z.enum(PRIORITIES),
  /** Measured time of the reading that raised the alarm. */
  raisedAtMs: z.number(),
  /** Time of this transition: measured time for raise, escalate, clear; the clock for what a person did. */
  atMs: z.number(),
  value: z.number().nullable(),
  unit: z.string(),
  /** Which limit was passed and its value in the sensor's unit; null where the rule has none. */
  limit: z.object({ kind: z.enum(ALARM_LIMITS), value: z.number().nullable() }).nullable(),
  /** What happened, as a sentence an operator understands, in both languages. */
  reason: z.object({ en: z.string(), zh: z.string() }),
  position: z.object({ lon: z.number(), lat: z.number() }).nullable(),
  sensorName: z.string(),
  /** Who did it, for acknowledge; null for what the detector did. */
  actor: z.string().nullable(),
  note: z.string().nullable(),
});
export type AlarmTransition = z.infer<typeof alarmTransitionSchema>;

/** An alarm as it stands (its newest transition) with its whole life. */
export const alarmSchema = alarmTransitionSchema.extend({
  acknowledgedBy: z.string().nullable(),
  acknowledgedAtMs: z.number().nullable(),
  clearedAtMs: z.number().nullable(),
  transitions: z.array(alarmTransitionSchema),
});
export type Alarm = z.infer<typeof alarmSchema>;

/** What a person asks of an alarm; written to the log, answered by a transition. */
export const alarmActionSchema = z.object({
  actionId: z.string(),
  alarmId: z.string(),
  kind: z.literal('acknowledge'),
  actor: z.string(),
  note: z.string().nullable(),
  atMs: z.number(),
  /** Sequence of the newest transition that this person saw: what came after it is not acknowledged unseen. */
  seenSequence: z.int().nonnegative(),
});
export type AlarmAction = z.infer<typeof alarmActionSchema>;
