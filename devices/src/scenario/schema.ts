import { z } from 'zod';
import { ALARM_LIMITS, ALARM_RULES, ASSET_KINDS, UTILITIES } from '@lifeline/contracts';

/** Scenario files: what goes wrong when and where, and what must be found of it. They are the ground truth. */

const seconds = z
  .number()
  .nonnegative()
  .max(30 * 86_400);

export const targetSchema = z.union([
  z.literal('city').describe('What befalls the whole city: weather, holidays'),
  z.strictObject({ assetId: z.string().min(1) }),
  z.strictObject({ sensorId: z.string().regex(/^[^/]+\/[^/]+$/, 'must be deviceId/channel') }),
  z
    .strictObject({
      utility: z.enum(UTILITIES),
      assetKind: z.enum(ASSET_KINDS).optional(),
      role: z.string().optional(),
      town: z.string().optional(),
      /** A channel type: the sensor that a sensor's fault strikes; of an asset's fault, what the asset or a thing along it must have. */
      sensorType: z.string().optional(),
      /** Which of those that fit, counted from 0; on each repetition the next one. */
      index: z.int().nonnegative().default(0),
    })
    .describe('The nth asset (or sensor) that fits'),
]);
export type ScenarioTarget = z.infer<typeof targetSchema>;

export const expectationSchema = z.strictObject({
  /** Channel type of the sensors on the target of which at least one must raise an alarm; missing: whatever points at the target. */
  sensorType: z.string().min(1).optional(),
  /** Which limit must be passed; missing: any rule may speak. */
  limit: z.enum(ALARM_LIMITS).optional(),
  /** Seconds from the start of the fault. */
  withinS: seconds,
});

export const scenarioEventSchema = z.strictObject({
  atS: seconds.describe('Seconds from the start of the scenario'),
  fault: z.string().min(1),
  target: targetSchema,
  durationS: seconds,
  parameters: z.record(z.string(), z.number()).default({}),
  /** Of a fault somewhere on a line: how far along it, as a share of its length from its first point. The fault gets it as `alongShare`. */
  position: z.number().min(0).max(1).optional(),
  /** How far the fault reaches: alarms of its utility's sensors within so many metres of the target, or all of them, are its own. */
  reachM: z.union([z.number().nonnegative(), z.literal('lifeline')]).default(0),
  /** Whether what feeds the target feels it too: then alarms there are its own as well. */
  atSource: z.boolean().default(false),
  expects: z.array(expectationSchema).default([]),
});
export type ScenarioEvent = z.infer<typeof scenarioEventSchema>;

export const scenarioSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]+$/, 'must be small letters, digits and "-"'),
    description: z.string().min(1),
    /** Starts again this long after its start; missing: it plays once. */
    repeatEveryS: seconds.optional(),
    /** Nothing is wrong: whatever alarm is raised is a false one, but of the rules in `tolerates`. */
    expectsNothing: z.literal(true).optional(),
    /** Rules that may speak all the same, e.g. `stale` while a gateway is silent. */
    tolerates: z.array(z.enum(ALARM_RULES)).default([]),
    /** How a trial plays it: `seconds` with readings as often as live, `minutes` with readings every minute to a quarter of an hour. */
    pace: z.enum(['seconds', 'minutes']).default('seconds'),
    /** How long after its end it is still felt, where that is longer than usual: a test may hold its finding for hours. */
    settleS: seconds.optional(),
    /** Time of the year it is tried in. */
    season: z.enum(['summer', 'winter']).default('summer'),
    /** Local hour at which it begins, where it matters, 0 to 24. */
    startsAtHour: z.number().min(0).max(24).optional(),
    /** Local day on which it begins, where it has a day: `02-15`. */
    startsOnDay: z
      .string()
      .regex(/^\d\d-\d\d$/, 'must be month-day, e.g. 02-15')
      .optional(),
    events: z.array(scenarioEventSchema).min(1),
  })
  .refine(({ expectsNothing, events }) => !expectsNothing || events.every(({ expects }) => expects.length === 0), {
    path: ['expectsNothing'],
    message: 'must not be set where an event expects something',
  });
export type Scenario = z.infer<typeof scenarioSchema>;
