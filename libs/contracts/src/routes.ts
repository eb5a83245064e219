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
import { alarmRoutes } from './alarm-routes.js';
import { callOutRoutes } from './call-out-routes.js';
import { maintenanceRoutes } from './maintenance-routes.js';
import { incidentRoutes } from './incident-routes.js';
import {
  assetSchema,
  deviceIdSchema,
  devicePatchSchema,
  deviceSchema,
  newDeviceSchema,
  utilitySchema,
} from './registry.js';
import { historyRoutes } from './history-routes.js';
import { placeRoutes } from './place-routes.js';
import { list, page, timeSchema, type Route } from './route.js';
import { REJECT_REASONS, ROLES } from './vocabulary.js';

/** The REST calls as one table: the checks, the rights, the types and the OpenAPI page all come from here. */

export const API_ROOT = '/api/v1';

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
    query: z.object({
      ...page,
      utility: utilitySchema.optional(),
      /** Words in the id or a name, any case. */
      q: z.string().max(100).optional(),
    }),
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
  ...alarmRoutes,
  ...historyRoutes,
  ...placeRoutes,
  ...maintenanceRoutes,
  ...callOutRoutes,
  ...incidentRoutes,
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
