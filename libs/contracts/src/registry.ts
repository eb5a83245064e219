import { z } from 'zod';
import { CHANNEL_PATTERN, DEVICE_ID_PATTERN } from './topics.js';
import { UTILITIES } from './vocabulary.js';

/** Devices, sensors and assets, as REST and the page know them. */

export const utilitySchema = z.enum(UTILITIES);
export const deviceIdSchema = z
  .string()
  .regex(DEVICE_ID_PATTERN, 'must be 1 to 64 letters, digits, ".", "_" or "-", starting with a letter or digit');
export const channelSchema = z
  .string()
  .regex(CHANNEL_PATTERN, 'must be 1 to 64 letters, digits, ".", "_" or "-", starting with a letter or digit');

const finite = z.number().refine(Number.isFinite, 'must be a finite number');

/** Limits of a sensor, in its unit; delays in seconds. All optional; a missing limit watches nothing. */
export const limitsSchema = z
  .strictObject({
    lowLow: finite.nullish(),
    low: finite.nullish(),
    high: finite.nullish(),
    highHigh: finite.nullish(),
    /** Acts on clearing only (ISA-18.2). */
    deadband: finite.nonnegative().nullish(),
    onDelayS: finite.nonnegative().max(86_400).nullish(),
    offDelayS: finite.nonnegative().max(86_400).nullish(),
    /** Largest believable change a minute, in the sensor's unit; either direction. */
    ratePerMinute: finite.positive().nullish(),
    /** Silence that is an alarm; default: three intervals, at least a minute. */
    staleAfterS: finite
      .positive()
      .max(30 * 86_400)
      .nullish(),
  })
  .superRefine((limits, context) => {
    const order = (['lowLow', 'low', 'high', 'highHigh'] as const).filter((key) => limits[key] != null);
    for (let i = 1; i < order.length; i++) {
      const below = order[i - 1]!;
      const above = order[i]!;
      if (limits[below]! > limits[above]!) {
        context.addIssue({ code: 'custom', path: [above], message: `${above} must not be under ${below}` });
      }
    }
  });
export type Limits = z.infer<typeof limitsSchema>;

/** The physical range of the instrument: a reading outside it is of bad quality. */
export const rangeSchema = z
  .union([
    z.strictObject({ low: finite, high: finite }),
    z.tuple([finite, finite]).transform(([low, high]) => ({ low, high })),
  ])
  .refine((range) => range.low < range.high, 'low must be under high');
export interface Range {
  readonly low: number;
  readonly high: number;
}

export const newSensorSchema = z.strictObject({
  channel: channelSchema,
  unit: z.string().min(1).max(32),
  name: z.string().min(1).max(120),
  lon: finite.min(-180).max(180),
  lat: finite.min(-90).max(90),
  assetId: z.string().min(1).max(64).nullish(),
  /** Channel type of the catalogue (domain catalogue code), e.g. `P_MID`. */
  type: z.string().min(1).max(32).nullish(),
  intervalS: finite
    .positive()
    .max(7 * 86_400)
    .nullish(),
  range: rangeSchema.nullish(),
  limits: limitsSchema.nullish(),
});
export type NewSensor = z.infer<typeof newSensorSchema>;

export const newDeviceSchema = z.strictObject({
  deviceId: deviceIdSchema,
  utility: utilitySchema,
  name: z.string().min(1).max(120),
  gatewayId: deviceIdSchema.nullish(),
  sensors: z
    .array(newSensorSchema)
    .max(256)
    .default([])
    .refine((sensors) => new Set(sensors.map((s) => s.channel)).size === sensors.length, 'channels must differ'),
});
export type NewDevice = z.infer<typeof newDeviceSchema>;

/** A change of a device: what is named is replaced; `sensors`, where given, is the whole new list. */
export const devicePatchSchema = z.strictObject({
  name: z.string().min(1).max(120).optional(),
  gatewayId: deviceIdSchema.nullish(),
  sensors: z
    .array(newSensorSchema)
    .max(256)
    .refine((sensors) => new Set(sensors.map((s) => s.channel)).size === sensors.length, 'channels must differ')
    .optional(),
});
export type DevicePatch = z.infer<typeof devicePatchSchema>;

export const sensorSchema = z.object({
  sensorId: z.string(),
  /** Number of the sensor in the log and the history; stays with the sensor for ever. */
  sensorNo: z.int(),
  deviceId: z.string(),
  channel: z.string(),
  utility: utilitySchema,
  name: z.string(),
  unit: z.string(),
  lon: z.number(),
  lat: z.number(),
  assetId: z.string().nullable(),
  type: z.string().nullable(),
  intervalS: z.number(),
  range: z.object({ low: z.number(), high: z.number() }).nullable(),
  limits: limitsSchema,
});
/** One channel of a device with a place, a unit and limits (SensorThings: Datastream). */
export type Sensor = z.infer<typeof sensorSchema>;

export const deviceSchema = z.object({
  deviceId: z.string(),
  utility: utilitySchema,
  name: z.string(),
  gatewayId: z.string().nullable(),
  hasCredential: z.boolean(),
  createdAtMs: z.number(),
  sensors: z.array(sensorSchema),
});
export type Device = z.infer<typeof deviceSchema>;

export const ASSET_KINDS = [
  'pipe-segment',
  'regulator',
  'manhole',
  'substation',
  'feeder',
  'transformer',
  'bridge',
  'drain-segment',
  'drain-node',
  'pump-station',
] as const;

/** What is watched, with its place in WGS 84 longitude and latitude (GeoJSON geometry). */
export const assetSchema = z.object({
  assetId: z.string(),
  utility: utilitySchema,
  kind: z.enum(ASSET_KINDS),
  name: z.string(),
  nameZh: z.string(),
  district: z.string(),
  geometry: z.discriminatedUnion('type', [
    z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }),
    z.object({ type: z.literal('LineString'), coordinates: z.array(z.tuple([z.number(), z.number()])).min(2) }),
  ]),
  /** Facts of the asset in the words of its utility, e.g. diameterMm, ratedKva. */
  properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type Asset = z.infer<typeof assetSchema>;
export type AssetKind = (typeof ASSET_KINDS)[number];
