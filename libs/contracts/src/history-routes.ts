import { z } from 'zod';
import { alarmSchema, alarmTransitionSchema } from './alarm.js';
import { timeSchema, type Route } from './route.js';
import { QUALITIES } from './vocabulary.js';

/** The calls about the history as a whole, and about the city as it was. */
export const historyRoutes = {
  getHistory: {
    method: 'GET',
    path: '/history',
    summary: 'How long readings are kept',
    right: 'operator',
    status: 200,
    answer: z.object({
      /** Readings measured longer ago are gone. */
      keptMs: z.number(),
    }),
  },
  getPastValues: {
    method: 'GET',
    path: '/past/values',
    summary: 'Newest value of each sensor as of a moment, or of those that changed since another',
    right: 'operator',
    query: z.object({
      at: timeSchema,
      /** Only what was measured later than this, and up to `at`; else what is up to 31 days older than `at`. */
      since: timeSchema.optional(),
      /** Sensors of one page. */
      limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
      after: z.coerce.number().int().nonnegative().optional(),
    }),
    status: 200,
    answer: z.object({
      /** [sensorId, measuredAtMs, value, quality] */
      values: z.array(z.tuple([z.string(), z.number(), z.number().nullable(), z.enum(QUALITIES)])),
      next: z.int().optional(),
    }),
    problems: [503],
  },
  getPastAlarms: {
    method: 'GET',
    path: '/past/alarms',
    summary: 'Alarms that were open at a moment, each with its life up to then',
    right: 'operator',
    query: z.object({ at: timeSchema }),
    status: 200,
    answer: z.object({ items: z.array(alarmSchema) }),
    problems: [503],
  },
  getPastTransitions: {
    method: 'GET',
    path: '/past/transitions',
    summary: 'What became of alarms after one moment and up to another, in order of time',
    right: 'operator',
    query: z.object({ since: timeSchema, at: timeSchema }),
    status: 200,
    answer: z.object({
      items: z.array(alarmTransitionSchema),
      /** Up to here the answer is whole: `at`, or earlier where there is too much for one answer. */
      untilMs: z.number(),
    }),
    problems: [503],
  },
} as const satisfies Record<string, Route>;
