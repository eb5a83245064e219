import { z } from 'zod';
import { ALARM_RULES, PRIORITIES } from './vocabulary.js';

const share = z.number().min(0).max(1);

/** What EEMUA 191 and ISA-18.2 measure an alarm system by. Rates are per operator; times in ms, null where nothing was timed. */
export const alarmPerformanceSchema = z.object({
  announced: z.int(),
  averagePerTenMinutes: z.number(),
  peakPerTenMinutes: z.number(),
  /** Announcements of each ten minutes from the start on; the last slot may be cut short. */
  slots: z.array(z.int()),
  shareOfHoursOver30: share,
  shareOfSlotsOver10: share,
  shareInFlood: share,
  /** From more than 10 announcements in ten minutes until fewer than 5; `toMs` is at most the end of the span. */
  floods: z.array(z.object({ fromMs: z.number(), toMs: z.number(), alarms: z.int() })),
  /** Alarms announced and not normal at the end of the span, and those of them active for more than a day. */
  standing: z.int(),
  stale: z.int(),
  byPriority: z.record(z.enum(PRIORITIES), z.int()),
  /** Alarm points (a sensor and a rule) that were announced three times within a minute. */
  chattering: z.int(),
  /** The ten points announced most. */
  badActors: z.array(
    z.object({
      sensorId: z.string(),
      sensorName: z.string(),
      rule: z.enum(ALARM_RULES),
      announced: z.int(),
      chatters: z.int(),
      /** What would have made one alarm of nearly all its comings, by the record; missing where it came back too seldom. */
      suggestion: z
        .object({
          offDelayS: z.number(),
          /** In the sensor's unit; null where the record has no values beside a limit. */
          deadband: z.number().nullable(),
          unit: z.string(),
        })
        .optional(),
    }),
  ),
  shareOfTopTen: share,
  medianToAcknowledgeMs: z.number().nullable(),
  p95ToAcknowledgeMs: z.number().nullable(),
  medianToNormalMs: z.number().nullable(),
  shelved: z.int(),
});
export type AlarmPerformance = z.infer<typeof alarmPerformanceSchema>;
