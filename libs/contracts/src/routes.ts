import { z } from 'zod';
import {
  userSchema,
  liveSensorSchema,
  readingsAnswerSchema,
  rejectSchema,
  knockSchema,
  accountRowSchema,
  importAnswerSchema,
  cityAnswerSchema,
} from './answers.js';
import {
  alarmDefinitionContentSchema,
  alarmDefinitionSchema,
  alarmProcedureSchema,
  definitionIdSchema,
} from './alarm-definition.js';
import { alarmPerformanceSchema } from './alarm-performance.js';
import { LONGEST_SHELF_MS, alarmSchema } from './alarm.js';
import {
  assetSchema,
  deviceIdSchema,
  devicePatchSchema,
  deviceSchema,
  newDeviceSchema,
  utilitySchema,
} from './registry.js';
import { incidentWithMembersSchema } from './incident.js';
import { PRIORITIES, REJECT_REASONS, ROLES, VERDICTS, type Role } from './vocabulary.js';

/** The REST calls as one table: the checks, the rights, the types and the OpenAPI page all come from here. */

export const API_ROOT = '/api/v1';

/** Epoch milliseconds, or ISO 8601 with an offset (or Z). Gives milliseconds. */
export const timeSchema = z.union([
  z.coerce.number().refine(Number.isFinite),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  // A plus sign that was not escaped arrives as a space: 2026-11-24T21:40:00 08:00.
  z
    .string()
    .regex(/^\S+ \d\d:\d\d$/)
    .transform((text) => text.replace(' ', '+'))
    .pipe(z.iso.datetime({ offset: true }))
    .transform((text) => Date.parse(text)),
]);

const page = { limit: z.coerce.number().int().min(1).max(1000).default(100), after: z.string().max(200).optional() };
const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().optional() });
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under /api/v1, with `{name}` for path parameters. */
  readonly path: string;
  readonly summary: string;
  /** The least role that may call it; `anyone` needs no login. */
  readonly right: Role | 'anyone';
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Content types of the body where it is not JSON. */
  readonly bodyTypes?: readonly string[];
  readonly status: number;
  readonly answer?: z.ZodType;
  /** Problem statuses this call may answer beside 400, 401, 403 and 500. */
  readonly problems?: readonly number[];
}

const deviceParams = z.object({ deviceId: deviceIdSchema });
const bboxText = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .refine(
    (box) => box.length === 4 && box.every(Number.isFinite) && box[0]! <= box[2]! && box[1]! <= box[3]!,
    'must be west,south,east,north',
  );

export const routes = {
  createSession: {
    method: 'POST',
    path: '/session',
    summary: 'Log in',
    right: 'anyone',
    body: z.strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(256) }),
    status: 201,
    answer: z.object({ token: z.string(), user: userSchema }),
    problems: [429],
  },
  getSession: {
    method: 'GET',
    path: '/session',
    summary: 'Who am I',
    right: 'operator',
    status: 200,
    answer: z.object({ user: userSchema }),
  },
  deleteSession: { method: 'DELETE', path: '/session', summary: 'Log out', right: 'operator', status: 204 },
  getCity: {
    method: 'GET',
    path: '/city',
    summary: 'The city and its map',
    right: 'anyone',
    status: 200,
    answer: cityAnswerSchema,
  },
  listAssets: {
    method: 'GET',
    path: '/assets',
    summary: 'Assets with their geometry',
    right: 'operator',
    query: z.object({ ...page, utility: utilitySchema.optional() }),
    status: 200,
    answer: list(assetSchema),
  },
  getAsset: {
    method: 'GET',
    path: '/assets/{assetId}',
    summary: 'One asset',
    right: 'operator',
    params: z.object({ assetId: z.string() }),
    status: 200,
    answer: assetSchema,
    problems: [404],
  },
  createDevice: {
    method: 'POST',
    path: '/devices',
    summary: 'Register a device with its sensors',
    right: 'engineer',
    body: newDeviceSchema,
    status: 201,
    answer: deviceSchema,
    problems: [409],
  },
  listDevices: {
    method: 'GET',
    path: '/devices',
    summary: 'Registered devices',
    right: 'operator',
    query: z.object({ ...page, utility: utilitySchema.optional(), q: z.string().max(100).optional() }),
    status: 200,
    answer: list(deviceSchema),
  },
  getDevice: {
    method: 'GET',
    path: '/devices/{deviceId}',
    summary: 'One device',
    right: 'operator',
    params: deviceParams,
    status: 200,
    answer: deviceSchema,
    problems: [404],
  },
  changeDevice: {
    method: 'PATCH',
    path: '/devices/{deviceId}',
    summary: 'Change a device',
    right: 'engineer',
    params: deviceParams,
    body: devicePatchSchema,
    status: 200,
    answer: deviceSchema,
    problems: [404],
  },
  deleteDevice: {
    method: 'DELETE',
    path: '/devices/{deviceId}',
    summary: 'Take a device out of the registry; its history stays',
    right: 'engineer',
    params: deviceParams,
    status: 204,
    problems: [404],
  },
  issueCredential: {
    method: 'POST',
    path: '/devices/{deviceId}/credential',
    summary: 'Issue a new MQTT credential; shown this once',
    right: 'engineer',
    params: deviceParams,
    status: 201,
    answer: z.object({ username: z.string(), password: z.string() }),
    problems: [404],
  },
  importSensors: {
    method: 'POST',
    path: '/sensors/import',
    summary: 'Import sensors from CSV, all or nothing',
    right: 'engineer',
    bodyTypes: ['text/csv'],
    query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
    status: 200,
    answer: importAnswerSchema,
    problems: [413, 415, 422],
  },
  listSensors: {
    method: 'GET',
    path: '/sensors',
    summary: 'Sensors with last value, quality and alarm state',
    right: 'operator',
    query: z.object({
      ...page,
      bbox: bboxText.optional(),
      utility: utilitySchema.optional(),
      q: z.string().max(100).optional(),
      assetId: z.string().optional(),
      /** Only those that report, or only those that never did or are silent for too long. */
      reporting: z.enum(['true', 'false']).optional(),
    }),
    status: 200,
    answer: list(liveSensorSchema),
  },
  getSensor: {
    method: 'GET',
    path: '/sensors/{deviceId}/{channel}',
    summary: 'One sensor',
    right: 'operator',
    params: z.object({ deviceId: z.string(), channel: z.string() }),
    status: 200,
    answer: liveSensorSchema,
    problems: [404],
  },
  getReadings: {
    method: 'GET',
    path: '/sensors/{deviceId}/{channel}/readings',
    summary: 'History of a sensor, downsampled with its extremes kept',
    right: 'operator',
    params: z.object({ deviceId: z.string(), channel: z.string() }),
    query: z.object({
      from: timeSchema.optional(),
      to: timeSchema.optional(),
      points: z.coerce.number().int().min(1).max(10_000).default(1000),
    }),
    status: 200,
    answer: readingsAnswerSchema,
    problems: [404, 503],
  },
  listAlarms: {
    method: 'GET',
    path: '/alarms',
    summary: 'Alarms with their transitions, newest first',
    right: 'operator',
    query: z.object({
      ...page,
      state: z.string().max(200).optional(),
      from: timeSchema.optional(),
      to: timeSchema.optional(),
      sensorId: z.string().optional(),
    }),
    status: 200,
    answer: list(alarmSchema),
  },
  getAlarm: {
    method: 'GET',
    path: '/alarms/{alarmId}',
    summary: 'One alarm',
    right: 'operator',
    params: z.object({ alarmId: z.string() }),
    status: 200,
    answer: alarmSchema,
    problems: [404],
  },
  acknowledgeAlarm: {
    method: 'POST',
    path: '/alarms/{alarmId}/acknowledge',
    summary: 'Acknowledge an alarm',
    right: 'operator',
    params: z.object({ alarmId: z.string() }),
    body: z.strictObject({ note: z.string().max(500).optional() }),
    status: 200,
    answer: alarmSchema,
    problems: [404, 409, 503],
  },
  shelveAlarm: {
    method: 'POST',
    path: '/alarms/{alarmId}/shelve',
    summary: 'Shelve an alarm for some minutes, with the reason: it is followed and not announced',
    right: 'operator',
    params: z.object({ alarmId: z.string() }),
    body: z.strictObject({
      minutes: z
        .number()
        .positive()
        .max(LONGEST_SHELF_MS / 60_000),
      reason: z.string().trim().min(1).max(500),
    }),
    status: 200,
    answer: alarmSchema,
    problems: [404, 409, 503],
  },
  unshelveAlarm: {
    method: 'POST',
    path: '/alarms/{alarmId}/unshelve',
    summary: 'End a shelf before its time',
    right: 'operator',
    params: z.object({ alarmId: z.string() }),
    body: z.strictObject({ note: z.string().max(500).optional() }),
    status: 200,
    answer: alarmSchema,
    problems: [404, 409, 503],
  },
  resetAlarm: {
    method: 'POST',
    path: '/alarms/{alarmId}/reset',
    summary: 'Reset a latched alarm that was acknowledged',
    right: 'operator',
    params: z.object({ alarmId: z.string() }),
    body: z.strictObject({ note: z.string().max(500).optional() }),
    status: 200,
    answer: alarmSchema,
    problems: [404, 409, 503],
  },
  removeAlarmFromService: {
    method: 'POST',
    path: '/alarms/{alarmId}/remove-from-service',
    summary: 'Take an alarm out of service under a permit, until it is returned',
    right: 'engineer',
    params: z.object({ alarmId: z.string() }),
    body: z.strictObject({
      permit: z.string().trim().min(1).max(120),
      note: z.string().max(500).optional(),
    }),
    status: 200,
    answer: alarmSchema,
    problems: [404, 409, 503],
  },
  returnAlarmToService: {
    method: 'POST',
    path: '/alarms/{alarmId}/return-to-service',
    summary: 'Close the permit: the alarm is announced again where its condition is true',
    right: 'engineer',
    params: z.object({ alarmId: z.string() }),
    body: z.strictObject({ note: z.string().max(500).optional() }),
    status: 200,
    answer: alarmSchema,
    problems: [404, 409, 503],
  },
  judgeAlarm: {
    method: 'POST',
    path: '/alarms/{alarmId}/feedback',
    summary:
      'Say that an alarm shows the new normal, which closes it, or that it was false; the detector learns from it',
    right: 'operator',
    params: z.object({ alarmId: z.string() }),
    body: z.strictObject({ verdict: z.enum(VERDICTS), note: z.string().max(500).optional() }),
    status: 200,
    answer: alarmSchema,
    problems: [404, 409, 503],
  },
  getAlarmProcedure: {
    method: 'GET',
    path: '/alarms/{alarmId}/procedure',
    summary: 'What to do about an alarm: the definition that holds for it, and which steps were done',
    right: 'operator',
    params: z.object({ alarmId: z.string() }),
    status: 200,
    answer: alarmProcedureSchema,
    problems: [404],
  },
  tickAlarmStep: {
    method: 'POST',
    path: '/alarms/{alarmId}/steps/{step}',
    summary: 'Tick a step of the procedure of an alarm, or take the tick away; step 1 is the first',
    right: 'operator',
    params: z.object({ alarmId: z.string(), step: z.coerce.number<string>().int().min(1).max(20) }),
    body: z.strictObject({ done: z.boolean() }),
    status: 200,
    answer: alarmProcedureSchema,
    problems: [404],
  },
  listAlarmDefinitions: {
    method: 'GET',
    path: '/alarm-definitions',
    summary: 'The master alarm database: the newest version of every definition, by its id',
    right: 'operator',
    query: z.object({ q: z.string().max(100).optional() }),
    status: 200,
    answer: list(alarmDefinitionSchema),
  },
  getAlarmDefinition: {
    method: 'GET',
    path: '/alarm-definitions/{definitionId}',
    summary: 'One definition with all its versions, newest first',
    right: 'operator',
    params: z.object({ definitionId: definitionIdSchema }),
    status: 200,
    answer: z.object({ definition: alarmDefinitionSchema, versions: z.array(alarmDefinitionSchema) }),
    problems: [404],
  },
  putAlarmDefinition: {
    method: 'PUT',
    path: '/alarm-definitions/{definitionId}',
    summary: 'A new version of a definition, or a new one where 0 is the version expected',
    right: 'engineer',
    params: z.object({ definitionId: definitionIdSchema }),
    body: z.strictObject({
      /** The version that this edit began from; another one meanwhile is a conflict. */
      expectedVersion: z.int().nonnegative(),
      /** Why. */
      note: z.string().trim().min(1).max(500),
      content: alarmDefinitionContentSchema,
    }),
    status: 200,
    answer: alarmDefinitionSchema,
    problems: [409],
  },
  listIncidents: {
    method: 'GET',
    path: '/incidents',
    summary: 'Open alarms that share a cause, each as one incident with its alarms and why they are in it',
    right: 'operator',
    status: 200,
    answer: z.object({ items: z.array(incidentWithMembersSchema) }),
  },
  alarmRate: {
    method: 'GET',
    path: '/alarm-rate',
    summary: 'Alarms raised in each slot, for the timeline',
    right: 'operator',
    query: z.object({ from: timeSchema, to: timeSchema, slots: z.coerce.number().int().min(1).max(1440).default(288) }),
    status: 200,
    answer: z.object({
      slots: z.array(z.object({ startMs: z.number(), raised: z.record(z.enum(PRIORITIES), z.int()) })),
    }),
  },
  alarmPerformance: {
    method: 'GET',
    path: '/alarm-performance',
    summary: 'What EEMUA 191 and ISA-18.2 measure an alarm system by, over a span of up to 31 days',
    right: 'operator',
    query: z.object({
      from: timeSchema,
      to: timeSchema,
      /** Operators on duty, who share the load. */
      operators: z.coerce.number().int().min(1).max(100).default(1),
    }),
    status: 200,
    answer: alarmPerformanceSchema,
  },
  listRejects: {
    method: 'GET',
    path: '/rejects',
    summary: 'Messages that could not become readings',
    right: 'operator',
    query: z.object({ ...page, deviceId: z.string().optional(), reason: z.enum(REJECT_REASONS).optional() }),
    status: 200,
    answer: list(rejectSchema),
  },
  listKnocks: {
    method: 'GET',
    path: '/knocks',
    summary: 'Devices that knock without being registered',
    right: 'operator',
    status: 200,
    answer: list(knockSchema),
  },
  getAccount: {
    method: 'GET',
    path: '/account',
    summary: 'What came in and what became of it, a minute and an inlet',
    right: 'operator',
    query: z.object({ from: timeSchema.optional(), to: timeSchema.optional() }),
    status: 200,
    answer: list(accountRowSchema),
  },
  listUsers: {
    method: 'GET',
    path: '/users',
    summary: 'Accounts of people',
    right: 'administrator',
    status: 200,
    answer: list(userSchema),
  },
  createUser: {
    method: 'POST',
    path: '/users',
    summary: 'Create an account',
    right: 'administrator',
    body: z.strictObject({
      username: z.string().regex(/^[a-z0-9._-]{2,64}$/),
      password: z.string().min(10).max(256),
      role: z.enum(ROLES),
    }),
    status: 201,
    answer: userSchema,
    problems: [409],
  },
  changePassword: {
    method: 'PATCH',
    path: '/users/{username}',
    summary: 'Give a person a new password; ends the sessions of that person',
    right: 'administrator',
    params: z.object({ username: z.string().min(1).max(64) }),
    body: z.strictObject({ password: z.string().min(10).max(256) }),
    status: 200,
    answer: userSchema,
    problems: [404],
  },
} as const satisfies Record<string, Route>;
export type RouteName = keyof typeof routes;
