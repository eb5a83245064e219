import { z } from 'zod';
import { channelSchema } from '../registry.js';
import { MAX_BODY_BYTES, MAX_BODY_READINGS } from './limits.js';

/** The bodies as schemas: for the documents, and for programs that write them. `decodeTelemetry` reads them. */

export const plainTelemetrySchema = z
  .looseObject({
    ts: z
      .union([z.number(), z.iso.datetime({ offset: true })])
      .optional()
      .describe('Measured time: epoch milliseconds, or ISO 8601 with an offset; missing: the time of arrival'),
    values: z
      .record(channelSchema, z.number())
      .describe('Value of each channel, in the unit the sensor is registered with'),
  })
  .describe('Readings of one device at one time');
export type PlainTelemetry = z.infer<typeof plainTelemetrySchema>;

export const senmlRecordSchema = z
  .looseObject({
    bn: z.string().optional().describe('Base name'),
    bt: z.number().optional().describe('Base time, seconds'),
    bu: z.string().optional().describe('Base unit'),
    bv: z.number().optional().describe('Base value'),
    bver: z.int().max(10).optional(),
    n: z.string().optional().describe('Name; the channel is what comes after the last "/" or ":" of bn and n together'),
    u: z.string().optional().describe('Unit'),
    v: z.number().optional().describe('Value'),
    vb: z.boolean().optional().describe('Taken as 1 or 0'),
    t: z.number().optional().describe('Seconds; bt + t under 2^28 is relative to the arrival'),
  })
  .describe('SenML record (RFC 8428)');

export const telemetryBodySchema = z
  .union([plainTelemetrySchema, z.array(plainTelemetrySchema).min(1), z.array(senmlRecordSchema).min(1)])
  .describe(`At most ${MAX_BODY_BYTES} bytes and ${MAX_BODY_READINGS} readings`);

export const deviceStatusSchema = z
  .enum(['online', 'offline'])
  .describe('Retained; offline is the last will of the device');
