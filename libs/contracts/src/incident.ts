import { z } from 'zod';
import { utilitySchema } from './registry.js';
import { PRIORITIES } from './vocabulary.js';
import { wordsSchema } from './words.js';

const positionSchema = z.object({ lon: z.number(), lat: z.number() });

export const INCIDENT_KINDS = ['gas-leak', 'supply', 'flooding', 'silence', 'asset', 'kind'] as const;
/** What joins the alarms of an incident; the strongest first. */
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** An alarm of an incident: which rule joined it, to which other alarm, and why. */
export const incidentMemberSchema = z.object({
  alarmId: z.string(),
  rule: z.enum(INCIDENT_KINDS),
  to: z.string(),
  why: wordsSchema,
});

export type IncidentMember = Readonly<z.infer<typeof incidentMemberSchema>>;

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

export const INCIDENT_EVENTS = [
  'opened',
  'joined',
  'left',
  'escalated',
  'merged',
  'closed',
  'reopened',
  'updated',
] as const;
/** `left`: alarms became lines of their own, or went to a stronger cause. `updated`: only its counts moved. */
export type IncidentEvent = (typeof INCIDENT_EVENTS)[number];

/** Server to client `incident`: one step in the life of an incident; what is not named in it stays. */
export const liveIncidentSchema = z.object({
  event: z.enum(INCIDENT_EVENTS),
  atMs: z.number(),
  incident: incidentSchema,
  joined: z.array(incidentMemberSchema).readonly(),
  /** Ids of alarms. */
  left: z.array(z.string()).readonly(),
});
export type LiveIncident = z.infer<typeof liveIncidentSchema>;
