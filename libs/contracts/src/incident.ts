import { z } from 'zod';
import { alarmSchema } from './alarm.js';
import { utilitySchema } from './registry.js';
import { PRIORITIES } from './vocabulary.js';
import { wordsSchema } from './words.js';

const positionSchema = z.object({ lon: z.number(), lat: z.number() });

export const INCIDENT_KINDS = ['hand', 'gas-leak', 'supply', 'flooding', 'silence', 'asset', 'kind'] as const;
/** What joins the alarms of an incident; the strongest first. `hand`: a person put it there, and nothing else moves it. */
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** An alarm of an incident: which rule joined it, to which other alarm, and why. By hand it may be joined to itself. */
export const incidentMemberSchema = z.object({
  alarmId: z.string(),
  rule: z.enum(INCIDENT_KINDS),
  to: z.string(),
  why: wordsSchema,
});

export type IncidentMember = Readonly<z.infer<typeof incidentMemberSchema>>;

/** What it was, as a person concluded it. */
export const CONCLUSION_CAUSES = [
  'leak',
  'equipment',
  'sensor',
  'third-party',
  'weather',
  'false-alarm',
  'other',
] as const;
export type ConclusionCause = (typeof CONCLUSION_CAUSES)[number];

export const conclusionSchema = z.object({
  cause: z.enum(CONCLUSION_CAUSES),
  text: z.string(),
  by: z.string(),
  atMs: z.number(),
});
export type IncidentConclusion = Readonly<z.infer<typeof conclusionSchema>>;

/** Alarms that share a cause, as one thing to respond to. */
export const incidentSchema = z.object({
  incidentId: z.string(),
  /** One more each change. */
  sequence: z.int(),
  kind: z.enum(INCIDENT_KINDS),
  state: z.enum(['open', 'closed']),
  /** Where its alarms went, when it is closed because another incident took them. */
  mergedInto: z.string().nullable(),
  /** Worst of its announced alarms, or of all where none is announced any more. */
  priority: z.enum(PRIORITIES),
  utility: utilitySchema,
  utilities: z.array(utilitySchema).readonly(),
  causeAssetId: z.string().nullable(),
  openedAtMs: z.number(),
  /** Null while it is open. */
  closedAtMs: z.number().nullable(),
  /** A person opened it, or opened it again: it stays open until a person closes it, even when its alarms are over. */
  staysOpen: z.boolean(),
  /** Why a person closed it; null while it is open, or where its alarms were over and nobody has said why. */
  conclusion: conclusionSchema.nullable(),
  /** Sequence of the newest of its acts; 0 where nobody has done anything to it. */
  actSequence: z.int(),
  isGasLeak: z.boolean(),
  /** The alarm that began it, by measured time (first-out). */
  firstOut: z.object({
    alarmId: z.string(),
    sensorId: z.string(),
    assetId: z.string().nullable(),
    sensorName: z.string(),
    raisedAtMs: z.number(),
  }),
  newestAtMs: z.number(),
  respondWithinMs: z.number(),
  position: positionSchema.nullable(),
  /** West, south, east, north in degrees. */
  extent: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly().nullable(),
  district: z.string().nullable(),
  headline: wordsSchema,
  counts: z.object({
    members: z.int(),
    open: z.int(),
    announced: z.int(),
    unacknowledged: z.int(),
    assets: z.int(),
    leakSigns: z.int(),
  }),
});

export type Incident = Readonly<z.infer<typeof incidentSchema>>;

/** An incident with all its alarms, as REST lists it. */
export const incidentWithMembersSchema = incidentSchema.extend({ members: z.array(incidentMemberSchema) });
export type IncidentWithMembers = z.infer<typeof incidentWithMembersSchema>;

const actFields = { incidentId: z.string(), sequence: z.int().positive(), atMs: z.number(), by: z.string() };
/** What a person did to an incident. Acts are added and never rewritten; they are numbered from 1 in each incident. */
export const incidentActSchema = z.discriminatedUnion('kind', [
  z.object({ ...actFields, kind: z.literal('opened'), headline: z.string(), alarmIds: z.array(z.string()) }),
  z.object({ ...actFields, kind: z.literal('note'), text: z.string() }),
  z.object({ ...actFields, kind: z.literal('alarms-added'), alarmIds: z.array(z.string()) }),
  z.object({ ...actFields, kind: z.literal('alarm-taken-out'), alarmId: z.string() }),
  z.object({
    ...actFields,
    kind: z.literal('closed'),
    cause: z.enum(CONCLUSION_CAUSES),
    text: z.string(),
    /** Alarms that stood, and why it was closed all the same. */
    standing: z.object({ count: z.int(), reason: z.string() }).nullable(),
  }),
  z.object({ ...actFields, kind: z.literal('reopened'), reason: z.string() }),
]);
export type IncidentAct = Readonly<z.infer<typeof incidentActSchema>>;
/** An act before it has its number. */
export type NewIncidentAct = IncidentAct extends infer Act
  ? Act extends IncidentAct
    ? Omit<Act, 'sequence'>
    : never
  : never;

/** Alarms that are over are given with an incident up to this many, the oldest first. */
export const MOST_OVER_GIVEN = 500;

/** An incident with its alarms and all that people did to it, in their order. */
export const incidentFileSchema = z.object({
  incident: incidentSchema,
  members: z.array(incidentMemberSchema),
  acts: z.array(incidentActSchema),
  /** Those of its alarms that are over. */
  over: z.array(alarmSchema),
});
export type IncidentFile = z.infer<typeof incidentFileSchema>;

export const INCIDENT_EVENTS = [
  'opened',
  'joined',
  'left',
  'escalated',
  'merged',
  'closed',
  'reopened',
  'updated',
  'noted',
] as const;
/**
 * `left`: alarms became lines of their own, or went to a stronger cause. `updated`: only its counts moved. `noted`: a person did
 * what moved nothing else.
 */
export type IncidentEvent = (typeof INCIDENT_EVENTS)[number];

/** Server to client `incident`: one step in the life of an incident; what is not named in it stays. */
export const liveIncidentSchema = z.object({
  event: z.enum(INCIDENT_EVENTS),
  atMs: z.number(),
  incident: incidentSchema,
  joined: z.array(incidentMemberSchema).readonly(),
  /** Ids of alarms. */
  left: z.array(z.string()).readonly(),
  /** What people did, where that was the step. */
  acts: z.array(incidentActSchema).readonly(),
});
export type LiveIncident = z.infer<typeof liveIncidentSchema>;
