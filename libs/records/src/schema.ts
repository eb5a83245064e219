import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type {
  AlarmDefinitionContent,
  AlarmTransition,
  Asset,
  Incident,
  IncidentAct,
  IncidentMember,
  Limits,
  MaintenanceWindow,
} from '@lifeline/contracts';

/**
 * The tables of the records, the same for PGlite and PostgreSQL. A change here goes with a new file in `migrations/`
 * (`npm run migration` in this folder). Times are epoch milliseconds in bigint.
 */

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (value) => value,
  fromDriver: (value) => new Uint8Array(value),
});
const ms = (name: string) => bigint(name, { mode: 'number' });

export const assets = pgTable(
  'assets',
  {
    assetId: text('asset_id').primaryKey(),
    utility: text('utility').$type<Asset['utility']>().notNull(),
    kind: text('kind').$type<Asset['kind']>().notNull(),
    name: text('name').notNull(),
    nameZh: text('name_zh').notNull(),
    district: text('district').notNull(),
    /** GeoJSON geometry, WGS 84. */
    geometry: jsonb('geometry').$type<Asset['geometry']>().notNull(),
    west: doublePrecision('west').notNull(),
    south: doublePrecision('south').notNull(),
    east: doublePrecision('east').notNull(),
    north: doublePrecision('north').notNull(),
    properties: jsonb('properties').$type<Asset['properties']>().notNull(),
  },
  (t) => [index('assets_utility').on(t.utility, t.assetId)],
);

export const devices = pgTable(
  'devices',
  {
    deviceId: text('device_id').primaryKey(),
    utility: text('utility').$type<Asset['utility']>().notNull(),
    name: text('name').notNull(),
    /** The device that may publish for this one. No foreign key: every write of the registry holds one lock and checks it itself. */
    gatewayId: text('gateway_id'),
    createdAtMs: ms('created_at_ms').notNull(),
  },
  (t) => [index('devices_utility').on(t.utility, t.deviceId), index('devices_gateway').on(t.gatewayId)],
);

export const sensors = pgTable(
  'sensors',
  {
    /** Given once and never again to another sensor: the log and the history know a sensor by it. */
    sensorNo: integer('sensor_no').primaryKey().generatedAlwaysAsIdentity(),
    /** No foreign key: the sensor keeps its number after its device has left the registry. */
    deviceId: text('device_id').notNull(),
    channel: text('channel').notNull(),
    name: text('name').notNull(),
    unit: text('unit').notNull(),
    lon: doublePrecision('lon').notNull(),
    lat: doublePrecision('lat').notNull(),
    assetId: text('asset_id'),
    type: text('type'),
    intervalS: doublePrecision('interval_s').notNull(),
    rangeLow: doublePrecision('range_low'),
    rangeHigh: doublePrecision('range_high'),
    limits: jsonb('limits').$type<Limits>().notNull(),
    /** Out of the registry; only its number is kept. */
    retired: boolean('retired').notNull().default(false),
  },
  (t) => [unique('sensors_device_channel').on(t.deviceId, t.channel)],
);

export const deviceCredentials = pgTable('device_credentials', {
  deviceId: text('device_id')
    .primaryKey()
    .references(() => devices.deviceId, { onDelete: 'cascade' }),
  sha256: bytea('sha256').notNull(),
  issuedAtMs: ms('issued_at_ms').notNull(),
});

export const alarms = pgTable(
  'alarms',
  {
    alarmId: text('alarm_id').primaryKey(),
    sensorId: text('sensor_id').notNull(),
    /** Of the newest transition, for lists. */
    state: text('state').$type<AlarmTransition['state']>().notNull(),
    sequence: integer('sequence').notNull(),
    raisedAtMs: ms('raised_at_ms').notNull(),
  },
  (t) => [
    index('alarms_raised').on(t.raisedAtMs, t.alarmId),
    index('alarms_state').on(t.state, t.raisedAtMs),
    index('alarms_sensor').on(t.sensorId, t.raisedAtMs),
  ],
);

export const alarmTransitions = pgTable(
  'alarm_transitions',
  {
    alarmId: text('alarm_id').notNull(),
    sequence: integer('sequence').notNull(),
    streamSequence: bigint('stream_sequence', { mode: 'number' }).notNull(),
    event: text('event').$type<AlarmTransition['event']>().notNull(),
    priority: text('priority').$type<AlarmTransition['priority']>().notNull(),
    atMs: ms('at_ms').notNull(),
    transition: jsonb('transition').$type<AlarmTransition>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.alarmId, t.sequence] }), index('alarm_transitions_event').on(t.event, t.atMs)],
);

/** Every version of every definition of the master alarm database; rows are added, never changed. */
export const alarmDefinitions = pgTable(
  'alarm_definitions',
  {
    definitionId: text('definition_id').notNull(),
    version: integer('version').notNull(),
    content: jsonb('content').$type<AlarmDefinitionContent>().notNull(),
    /** Null: as Lifeline ships it. */
    editedBy: text('edited_by'),
    editedAtMs: ms('edited_at_ms').notNull(),
    note: text('note'),
  },
  (t) => [primaryKey({ columns: [t.definitionId, t.version] })],
);

/** Every tick of a step of an alarm's procedure, and every tick taken away; rows are added, never changed. */
export const alarmStepTicks = pgTable(
  'alarm_step_ticks',
  {
    tickId: bigint('tick_id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    alarmId: text('alarm_id').notNull(),
    definitionId: text('definition_id').notNull(),
    /** Version of the definition that the step was read in. */
    version: integer('version').notNull(),
    step: integer('step').notNull(),
    done: boolean('done').notNull(),
    actor: text('actor').notNull(),
    atMs: ms('at_ms').notNull(),
  },
  (t) => [index('alarm_step_ticks_alarm').on(t.alarmId, t.tickId)],
);

/** Every version of every maintenance window; rows are added, never changed. */
export const maintenanceWindows = pgTable(
  'maintenance_windows',
  {
    windowId: text('window_id').notNull(),
    version: integer('version').notNull(),
    toMs: ms('to_ms').notNull(),
    window: jsonb('window').$type<MaintenanceWindow>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.windowId, t.version] }), index('maintenance_windows_to').on(t.toMs)],
);

/** What each incident is, as last told; its name, once given, stays. */
export const incidents = pgTable(
  'incidents',
  {
    incidentId: text('incident_id').primaryKey(),
    /** Position in the stream of alarms as of which it was told, and its newest act: what is older changes nothing. */
    position: bigint('position', { mode: 'number' }).notNull(),
    actSequence: integer('act_sequence').notNull(),
    state: text('state').$type<Incident['state']>().notNull(),
    openedAtMs: ms('opened_at_ms').notNull(),
    closedAtMs: ms('closed_at_ms'),
    alarms: integer('alarms').notNull(),
    /** What a person may look for, in lower case. */
    words: text('words').notNull(),
    incident: jsonb('incident').$type<Incident>().notNull(),
  },
  (t) => [index('incidents_opened').on(t.openedAtMs, t.incidentId), index('incidents_state').on(t.state, t.closedAtMs)],
);

export const incidentMembers = pgTable(
  'incident_members',
  {
    incidentId: text('incident_id').notNull(),
    alarmId: text('alarm_id').notNull(),
    member: jsonb('member').$type<IncidentMember>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.alarmId] }), index('incident_members_alarm').on(t.alarmId)],
);

/** What people did to incidents; rows are added, never changed. */
export const incidentActs = pgTable(
  'incident_acts',
  {
    incidentId: text('incident_id').notNull(),
    sequence: integer('sequence').notNull(),
    /** In the order in which they came, over all incidents. */
    actNo: bigint('act_no', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    act: jsonb('act').$type<IncidentAct>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.sequence] }), index('incident_acts_no').on(t.actNo)],
);

export const rejects = pgTable(
  'rejects',
  {
    rejectId: bigint('reject_id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    arrivedAtMs: ms('arrived_at_ms').notNull(),
    inlet: text('inlet').notNull(),
    deviceId: text('device_id'),
    topic: text('topic').notNull(),
    reason: text('reason').notNull(),
    detail: text('detail').notNull(),
    count: integer('count').notNull(),
    bodyExcerpt: text('body_excerpt').notNull(),
  },
  (t) => [
    index('rejects_device').on(t.deviceId, t.rejectId),
    index('rejects_reason').on(t.reason, t.rejectId),
    index('rejects_arrived').on(t.arrivedAtMs),
  ],
);

export const accountMinutes = pgTable(
  'account_minutes',
  {
    minuteMs: ms('minute_ms').notNull(),
    inlet: text('inlet').notNull(),
    received: bigint('received', { mode: 'number' }).notNull(),
    stored: bigint('stored', { mode: 'number' }).notNull(),
    rejected: bigint('rejected', { mode: 'number' }).notNull(),
    duplicate: bigint('duplicate', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.minuteMs, t.inlet] })],
);

/** Where each projection stands in its stream; moved in the transaction that writes its rows. */
export const projectionCursors = pgTable(
  'projection_cursors',
  {
    consumer: text('consumer').notNull(),
    partition: integer('partition').notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.consumer, t.partition] })],
);

export const people = pgTable('people', {
  username: text('username').primaryKey(),
  /** Encoded argon2id hash with its salt and parameters. */
  passwordHash: text('password_hash').notNull(),
  role: text('role').$type<'operator' | 'engineer' | 'administrator'>().notNull(),
  createdAtMs: ms('created_at_ms').notNull(),
});

export const sessions = pgTable(
  'sessions',
  {
    tokenSha256: bytea('token_sha256').primaryKey(),
    username: text('username')
      .notNull()
      .references(() => people.username, { onDelete: 'cascade' }),
    createdAtMs: ms('created_at_ms').notNull(),
    untilMs: ms('until_ms').notNull(),
  },
  (t) => [index('sessions_until').on(t.untilMs)],
);
