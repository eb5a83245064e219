import { z } from 'zod';
import { sensorSchema } from './registry.js';
import { IMPORT_CODES } from './sensor-import.js';
import { ALARM_STATES, PRIORITIES, QUALITIES, QUALITY_REASONS, REJECT_REASONS, ROLES } from './vocabulary.js';
import { wordsSchema } from './words.js';

/** What the REST calls answer. */

/** RFC 9457 problem document. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  /** Each wrong field, where the request was not as it must be. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** One of REFUSAL_CODES: what was refused, for a program or a page in another language to tell; with what it names. */
  code: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const userSchema = z.object({ username: z.string(), role: z.enum(ROLES) });
export type User = z.infer<typeof userSchema>;

export const liveSensorSchema = sensorSchema.extend({
  deviceName: z.string(),
  last: z
    .object({
      measuredAtMs: z.number(),
      value: z.number().nullable(),
      quality: z.enum(QUALITIES),
      reason: z.enum(QUALITY_REASONS),
    })
    .nullable(),
  alarm: z.object({
    state: z.enum(ALARM_STATES),
    priority: z.enum(PRIORITIES).nullable(),
    alarmIds: z.array(z.string()),
  }),
  /** True while the sensor is silent for longer than its limits allow. */
  stale: z.boolean(),
});
/** A sensor with its last value, quality and alarm state. */
export type LiveSensor = z.infer<typeof liveSensorSchema>;

export const readingsAnswerSchema = z.union([
  z.object({ unit: z.string(), readings: z.array(z.tuple([z.number(), z.number().nullable(), z.enum(QUALITIES)])) }),
  z.object({
    unit: z.string(),
    buckets: z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])),
  }),
]);
/** `readings: [[tMs, value, quality]]`, or `buckets: [[tMs, min, max, mean, count]]` where there are more than `points`. */
export type ReadingsAnswer = z.infer<typeof readingsAnswerSchema>;

export const rejectSchema = z.object({
  rejectId: z.string(),
  arrivedAtMs: z.number(),
  inlet: z.string(),
  deviceId: z.string().nullable(),
  topic: z.string(),
  reason: z.enum(REJECT_REASONS),
  /** What was wrong, where, and how to mend it. */
  detail: z.string(),
  /** How many alike this row stands for. */
  count: z.int(),
  /** First 512 bytes of the body, with what is not UTF-8 replaced. */
  bodyExcerpt: z.string(),
});
export type Reject = z.infer<typeof rejectSchema>;

export const knockSchema = z.object({
  deviceId: z.string(),
  reason: z.enum(REJECT_REASONS),
  count: z.int(),
  firstAtMs: z.number(),
  lastAtMs: z.number(),
});
/** An unregistered device (or one with a wrong credential) that tries to get in. */
export type Knock = z.infer<typeof knockSchema>;

export const accountRowSchema = z.object({
  minuteMs: z.number(),
  inlet: z.string(),
  received: z.int(),
  stored: z.int(),
  rejected: z.int(),
  duplicate: z.int(),
  waiting: z.int(),
});
export type AccountRow = z.infer<typeof accountRowSchema>;

export const importErrorSchema = z.object({
  row: z.int(),
  column: z.string(),
  code: z.enum(IMPORT_CODES),
  message: z.string(),
});
export const importAnswerSchema = z.object({
  rows: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  errors: z.array(importErrorSchema),
});
export type ImportAnswer = z.infer<typeof importAnswerSchema>;

/** What an outsider needs to start the page: the city's name, its base map and where devices connect. */
export const cityAnswerSchema = z.object({
  name: wordsSchema,
  timeZone: z.string(),
  centre: z.tuple([z.number(), z.number()]),
  zoom: z.number(),
  simulated: z.boolean(),
  mqtt: z.object({ host: z.string(), port: z.int() }),
  /** A base map of the city's own, over the one we serve. */
  basemap: z.object({
    kind: z.enum(['built-in', 'pmtiles', 'xyz', 'wmts']),
    url: z.string().nullable(),
    attribution: z.string(),
  }),
});
export type CityAnswer = z.infer<typeof cityAnswerSchema>;
