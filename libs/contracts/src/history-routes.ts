import { z } from 'zod';
import { alarmSchema, alarmTransitionSchema } from './alarm.js';
import { timeSchema, type Route } from './route.js';
import { QUALITIES } from './vocabulary.js';

/** Sensors of one file; as many as the page shows in one chart. */
export const MOST_EXPORTED_SENSORS = 8;
/** Days from the start to the end of one file. */
export const MOST_EXPORTED_DAYS = 3_660;

export const EXPORT_TYPES = { csv: 'text/csv', parquet: 'application/vnd.apache.parquet' } as const;
export type ExportFormat = keyof typeof EXPORT_TYPES;

const sensorListSchema = z
  .string()
  .transform((text) => [...new Set(text.split(','))])
  .refine(
    (ids) => ids.every((id) => /^[^/\s]+\/[^/\s]+$/.test(id)),
    'must be sensor ids (device/channel) with commas between',
  )
  .refine(
    (ids) => ids.length <= MOST_EXPORTED_SENSORS,
    `must name ${MOST_EXPORTED_SENSORS} sensors at most; ask for the others in another file`,
  );

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
  exportHistory: {
    method: 'GET',
    path: '/history/export',
    summary: 'Readings of sensors as a file: each, or as a chart of them shows',
    right: 'operator',
    query: z.object({
      /** Sensor ids with commas between. */
      sensors: sensorListSchema,
      from: timeSchema,
      to: timeSchema,
      format: z.enum(['csv', 'parquet']).default('csv'),
      /** Every reading; or what a chart shows: buckets with their extremes where there are more readings than `points`. */
      rows: z.enum(['raw', 'shown']).default('raw'),
      points: z.coerce.number().int().min(1).max(10_000).default(1000),
      /** A name by which the caller asks how far it is (getExport). */
      exportId: z.uuid().optional(),
    }),
    status: 200,
    answerTypes: Object.values(EXPORT_TYPES),
    problems: [404, 503],
  },
  getExport: {
    method: 'GET',
    path: '/history/exports/{exportId}',
    summary: 'How far an export is that is under way',
    right: 'operator',
    params: z.object({ exportId: z.string() }),
    status: 200,
    answer: z.object({
      /** Rows that were given out. */
      rows: z.int(),
      /** Rows that the file will have, as counted at its start; missing where that is not known. */
      total: z.int().optional(),
    }),
    problems: [404],
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
