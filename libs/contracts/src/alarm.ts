import { z } from 'zod';
import { ALARM_EVENTS, ALARM_LIMITS, ALARM_RULES, ALARM_STATES, PRIORITIES, VERDICTS } from './vocabulary.js';
import { wordsSchema } from './words.js';
import { utilitySchema } from './registry.js';

const coordinateSchema = z.tuple([z.number(), z.number()]);

/** Why a finding was made, for the operator to look at and the engineer to check. */
export const evidenceSchema = z.object({
  /** The test that spoke, e.g. `level-shift`, `mass-balance`. */
  test: z.string(),
  /** What was expected of the alarm's sensor and the band of the usual, in its unit. */
  expected: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Observed less expected, in robust standard deviations of the usual. */
  residual: z.number().nullable(),
  /** Sensors that carry the finding, the one that carries most first; shares are of 1. Values are in each sensor's unit. */
  carriers: z
    .array(
      z.object({
        sensorId: z.string(),
        share: z.number(),
        value: z.number().nullable(),
        expected: z.number().nullable(),
      }),
    )
    .max(16),
  /** 0 to 1: how sure the test is, given what it knows. */
  confidence: z.number().min(0).max(1).nullable(),
  /** Where on an asset, in metres along it from its first point, give or take; `stretch` is that part of its line. */
  location: z
    .object({
      assetId: z.string(),
      alongM: z.number(),
      uncertaintyM: z.number(),
      position: coordinateSchema,
      stretch: z.array(coordinateSchema).max(64),
    })
    .nullable(),
  /** Figures of the test worth showing, e.g. the loss in m3/h. */
  figures: z.array(z.object({ name: wordsSchema, value: z.number(), unit: z.string() })).max(12),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Why an alarm is not announced though its condition is followed (states G, H and I). */
export const alarmHoldsSchema = z.object({
  /** Whether the condition is true meanwhile. */
  active: z.boolean(),
  /** Shelved by a person, until then; null: not shelved. */
  shelvedUntilMs: z.number().nullable(),
  /** Suppressed by design: what explains it, e.g. a maintenance window or the outage of what feeds it. */
  suppressedBy: z.string().nullable(),
  /** What that is, as a sentence; missing where it is not suppressed, or in records of older versions. */
  explanation: wordsSchema.optional(),
  /** Taken out of service under this permit. */
  permit: z.string().nullable(),
});
export type AlarmHolds = z.infer<typeof alarmHoldsSchema>;

/** What is on where an alarm came and went so often that it stands as one line until it is quiet (ISA-18.2, EEMUA 191). */
export const chatterSchema = z.object({
  /** Times that its condition began since the first of them. */
  times: z.int(),
  sinceMs: z.number(),
  /** The newest of them. */
  newestMs: z.number(),
  /** The longest the condition was over between two of them; an off-delay that is longer would have made one alarm of all. */
  longestGapMs: z.number(),
  /** How far the value came back past the limit at most, in the sensor's unit; null where there is no limit or value. */
  deepestReturn: z.number().nullable(),
  /** So long nothing may change before it counts as quiet. */
  quietMs: z.number(),
});
export type Chatter = z.infer<typeof chatterSchema>;

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
  /** Not null in states G, H and I alone. */
  holds: alarmHoldsSchema.nullable().default(null),
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
  reason: wordsSchema,
  /** Of the newest raise or escalate; null where a limit speaks for itself. */
  evidence: evidenceSchema.nullable().default(null),
  position: z.object({ lon: z.number(), lat: z.number() }).nullable(),
  /** While it chatters or repeats; missing else. */
  chatter: chatterSchema.optional(),
  sensorName: z.string(),
  /** Who did it, for acknowledge and verdicts; null for what the detector did. */
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

const actionFields = {
  actionId: z.string(),
  alarmId: z.string(),
  actor: z.string(),
  note: z.string().nullable(),
  atMs: z.number(),
  /** Sequence of the newest transition that this person saw: what came after it is not acted on unseen. */
  seenSequence: z.int().nonnegative(),
};
const actionOf = <Kind extends string>(kind: Kind) => z.object({ ...actionFields, kind: z.literal(kind) });
const feedbackSchema = actionOf('feedback').extend({ verdict: z.enum(VERDICTS) });

/** The longest an alarm may be shelved at once (domain defaults 8.1). */
export const LONGEST_SHELF_MS = 8 * 3_600_000;

/** What a person asks of an alarm, or says of it; written to the log, answered by a transition. */
export const alarmActionSchema = z.discriminatedUnion('kind', [
  actionOf('acknowledge'),
  feedbackSchema,
  /** Ends a latched alarm. */
  actionOf('reset'),
  /** Not announced until then; the note tells why. */
  actionOf('shelve').extend({ untilMs: z.number() }),
  actionOf('unshelve'),
  /** Not announced until the permit is closed, e.g. while the sensor is repaired. */
  actionOf('remove-from-service').extend({ permit: z.string().min(1).max(120) }),
  actionOf('return-to-service'),
]);
export type AlarmAction = z.infer<typeof alarmActionSchema>;
export type AlarmFeedback = z.infer<typeof feedbackSchema>;
