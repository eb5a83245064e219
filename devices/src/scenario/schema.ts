import { z } from 'zod';
import { ALARM_LIMITS, ASSET_KINDS, UTILITIES } from '@lifeline/contracts';

/** Scenario files: what goes wrong when and where, and which alarms must follow. They are the ground truth. */

const seconds = z
  .number()
  .nonnegative()
  .max(7 * 86_400);

export const targetSchema = z.union([
  z.strictObject({ assetId: z.string().min(1) }),
  z.strictObject({ sensorId: z.string().regex(/^[^/]+\/[^/]+$/, 'must be deviceId/channel') }),
  z
    .strictObject({
      utility: z.enum(UTILITIES),
      assetKind: z.enum(ASSET_KINDS).optional(),
      role: z.string().optional(),
      town: z.string().optional(),
      /** For faults of a sensor: one with this channel type on the asset. */
      sensorType: z.string().optional(),
      /** Which of those that fit, counted from 0; on each repetition the next one. */
      index: z.int().nonnegative().default(0),
    })
    .describe('The nth asset (or sensor) that fits'),
]);
export type ScenarioTarget = z.infer<typeof targetSchema>;

export const expectationSchema = z.strictObject({
  /** Channel type of the sensors of which at least one must raise an alarm. */
  sensorType: z.string().min(1),
  limit: z.enum(ALARM_LIMITS),
  /** Seconds from the start of the fault. */
  withinS: seconds,
});

export const scenarioEventSchema = z.strictObject({
  atS: seconds.describe('Seconds from the start of the scenario'),
  fault: z.string().min(1),
  target: targetSchema,
  durationS: seconds,
  parameters: z.record(z.string(), z.number()).default({}),
  expects: z.array(expectationSchema).default([]),
});
export type ScenarioEvent = z.infer<typeof scenarioEventSchema>;

export const scenarioSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/, 'must be small letters, digits and "-"'),
  description: z.string().min(1),
  /** Starts again this long after its start; missing: it plays once. */
  repeatEveryS: seconds.optional(),
  events: z.array(scenarioEventSchema).min(1),
});
export type Scenario = z.infer<typeof scenarioSchema>;
