import { z } from 'zod';
import { alarmTransitionSchema } from './alarm.js';
import { ALARM_STATES, QUALITIES } from './vocabulary.js';

/** socket.io namespace `/live`: what the server sends and what a client may ask. */
export const LIVE_NAMESPACE = '/live';

/** West, south, east, north in degrees (WGS 84). */
export const bboxSchema = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .refine(([w, s, e, n]) => w <= e && s <= n, 'bbox is west, south, east, north');

/** Client to server. What is named replaces what was subscribed before; the server answers with the present values. */
export const subscribeSchema = z.union([
  z.strictObject({ bbox: bboxSchema }),
  z.strictObject({ sensorIds: z.array(z.string()).max(1000) }),
  z.strictObject({ assetIds: z.array(z.string()).max(1000) }),
]);
export type Subscribe = z.infer<typeof subscribeSchema>;

/** Socket handshake `auth`: token (or the session cookie), and after a reconnect the newest alarm position seen. */
export const liveAuthSchema = z.object({
  token: z.string().optional(),
  lastSequence: z.int().nonnegative().optional(),
});

/** Server to client `alarm`: a transition with its position in the stream of all transitions, for `lastSequence`. */
export const liveAlarmSchema = alarmTransitionSchema.extend({ streamSequence: z.int() });
export type LiveAlarm = z.infer<typeof liveAlarmSchema>;

/**
 * Server to client `resync`: what the client missed is too far back to be told one by one. It loads alarms anew by REST and
 * goes on from this position.
 */
export const liveResyncSchema = z.object({ lastSequence: z.int() });
export type LiveResync = z.infer<typeof liveResyncSchema>;

/** Server to client `steps`: a step of the procedure of this alarm was ticked, or a tick taken away. */
export const liveStepsSchema = z.object({ alarmId: z.string() });
export type LiveSteps = z.infer<typeof liveStepsSchema>;

/** Server to client `readings`, at most four a second: the newest value of each sensor that changed. */
export const liveReadingsSchema = z.object({
  atMs: z.number(),
  /** [sensorId, measuredAtMs, value, quality] */
  values: z.array(z.tuple([z.string(), z.number(), z.number().nullable(), z.enum(QUALITIES)])),
});
export type LiveReadings = z.infer<typeof liveReadingsSchema>;

/** Server to client `health`, every five seconds and on change. */
export const liveHealthSchema = z.object({
  atMs: z.number(),
  sensors: z.int(),
  reporting: z.int(),
  readingsPerSecond: z.number(),
  /** Newest arrival of any reading; null before the first. */
  lastArrivalMs: z.number().nullable(),
  /** Readings in the log that the history does not hold yet. */
  waiting: z.int(),
  byUtility: z.record(
    z.string(),
    z.object({ sensors: z.int(), reporting: z.int(), unacknowledged: z.int(), worst: z.string().nullable() }),
  ),
});
export type LiveHealth = z.infer<typeof liveHealthSchema>;

export const sensorAlarmStateSchema = z.enum(ALARM_STATES);
