import { resolve } from 'node:path';
import { z } from 'zod';

/** All settings of Lifeline, from the environment; each has a default that runs with nothing installed. */

const port = z.coerce.number().int().min(0).max(65_535);
const url = (...protocols: string[]) =>
  z.string().refine(
    (text) => {
      try {
        return protocols.includes(new URL(text).protocol);
      } catch {
        return false;
      }
    },
    `must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  );

const environmentSchema = z.object({
  LIFELINE_SIMULATE: z.enum(['0', '1']).default('0'),
  LIFELINE_HTTP_PORT: port.default(3000),
  LIFELINE_HTTP_HOST: z.string().min(1).default('127.0.0.1'),
  LIFELINE_MQTT_PORT: port.default(1883),
  LIFELINE_MQTT_HOST: z.string().min(1).default('127.0.0.1'),
  LIFELINE_DATA_DIR: z.string().min(1).default('./data'),
  LIFELINE_ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  LIFELINE_MQTT_URL: url('mqtt:', 'mqtts:', 'tcp:', 'ssl:').optional(),
  /** Connections of one shared subscription; messages under way side by side share a commit on each of them. */
  LIFELINE_MQTT_CONNECTIONS: z.coerce.number().int().min(1).max(256).default(4),
  LIFELINE_INFLUX_URL: url('http:', 'https:').optional(),
  LIFELINE_INFLUX_TOKEN: z.string().optional(),
  LIFELINE_INFLUX_ORG: z.string().default('lifeline'),
  LIFELINE_INFLUX_BUCKET: z.string().default('lifeline'),
  LIFELINE_POSTGRES_URL: url('postgres:', 'postgresql:').optional(),
  LIFELINE_NATS_URL: url('nats:', 'tls:').optional(),
  LIFELINE_LOG_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(16 * 1024 * 1024)
    .default(8 * 1024 ** 3),
  LIFELINE_LOG_MAX_AGE_DAYS: z.coerce.number().positive().default(7),
  LIFELINE_HISTORY_DAYS: z.coerce.number().positive().default(3650),
  /** The alarm budget of what is learned: what each sensor, and the whole city in a shift of eight hours, may bring. */
  LIFELINE_FINDINGS_PER_SENSOR_YEAR: z.coerce.number().positive().max(1000).default(0.5),
  LIFELINE_FINDINGS_PER_SHIFT: z.coerce.number().positive().max(100_000).default(48),
  /** Where a call-out is told as well, so that the city's own gateway rings or texts the crew. */
  LIFELINE_CALL_OUT_WEBHOOK: url('http:', 'https:').optional(),
  LIFELINE_BASEMAP_URL: z.string().min(1).optional(),
  LIFELINE_BASEMAP_ATTRIBUTION: z.string().default(''),
  LIFELINE_SEED: z.coerce.number().int().min(0).max(4_294_967_295).default(341_100),
});

/** Every setting that is read, by its name in the environment. */
export const SETTING_NAMES: readonly string[] = Object.keys(environmentSchema.shape);

/** Names that look like settings and are none: most likely misspelt. LIFELINE_PASSWORD belongs to the command line. */
export function unknownSettings(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(environment).filter(
    (name) => name.startsWith('LIFELINE_') && name !== 'LIFELINE_PASSWORD' && !SETTING_NAMES.includes(name),
  );
}

export interface Configuration {
  readonly simulate: boolean;
  readonly http: { readonly host: string; readonly port: number };
  readonly mqtt: { readonly host: string; readonly port: number };
  readonly dataDir: string;
  readonly adminPassword: string | undefined;
  readonly externalMqtt: { readonly url: string; readonly connections: number } | undefined;
  readonly influx:
    | { readonly url: string; readonly token: string | undefined; readonly org: string; readonly bucket: string }
    | undefined;
  readonly postgresUrl: string | undefined;
  readonly log: { readonly maxBytes: number; readonly maxAgeMs: number };
  readonly historyMs: number;
  /** Statistical findings that the learned thresholds are held to. */
  readonly alarmBudget: { readonly findingsPerSensorYear: number; readonly findingsPerShift: number };
  /** May carry a name and a password, or a token: never to be said. */
  readonly callOutWebhook: string | undefined;
  readonly basemap: { readonly url: string; readonly attribution: string } | undefined;
  /** Seed of the simulated city. */
  readonly seed: number;
}

/** A setting that cannot be used; the message names the variable, its value's fault and the mend. */
export class ConfigurationError extends Error {
  readonly code = 'configuration';
}

/**
 * Reads and checks the settings.
 * @throws ConfigurationError with one clear line where a value is wrong
 */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([key, value]) => key.startsWith('LIFELINE_') && value !== ''),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigurationError(`Wrong setting: ${lines.join('; ')}. Mend it in the environment and start again.`);
  }
  const e = parsed.data;
  if (e.LIFELINE_NATS_URL) {
    throw new ConfigurationError(
      'Wrong setting: LIFELINE_NATS_URL: the NATS reading log is not built yet; unset it to use the log on disk.',
    );
  }
  const day = 86_400_000;
  return {
    simulate: e.LIFELINE_SIMULATE === '1',
    http: { host: e.LIFELINE_HTTP_HOST, port: e.LIFELINE_HTTP_PORT },
    mqtt: { host: e.LIFELINE_MQTT_HOST, port: e.LIFELINE_MQTT_PORT },
    dataDir: resolve(e.LIFELINE_DATA_DIR),
    adminPassword: e.LIFELINE_ADMIN_PASSWORD,
    externalMqtt: e.LIFELINE_MQTT_URL
      ? { url: e.LIFELINE_MQTT_URL, connections: e.LIFELINE_MQTT_CONNECTIONS }
      : undefined,
    influx: e.LIFELINE_INFLUX_URL
      ? {
          url: e.LIFELINE_INFLUX_URL,
          token: e.LIFELINE_INFLUX_TOKEN,
          org: e.LIFELINE_INFLUX_ORG,
          bucket: e.LIFELINE_INFLUX_BUCKET,
        }
      : undefined,
    postgresUrl: e.LIFELINE_POSTGRES_URL,
    log: { maxBytes: e.LIFELINE_LOG_MAX_BYTES, maxAgeMs: e.LIFELINE_LOG_MAX_AGE_DAYS * day },
    historyMs: e.LIFELINE_HISTORY_DAYS * day,
    alarmBudget: {
      findingsPerSensorYear: e.LIFELINE_FINDINGS_PER_SENSOR_YEAR,
      findingsPerShift: e.LIFELINE_FINDINGS_PER_SHIFT,
    },
    callOutWebhook: e.LIFELINE_CALL_OUT_WEBHOOK,
    basemap: e.LIFELINE_BASEMAP_URL
      ? { url: e.LIFELINE_BASEMAP_URL, attribution: e.LIFELINE_BASEMAP_ATTRIBUTION }
      : undefined,
    seed: e.LIFELINE_SEED,
  };
}
