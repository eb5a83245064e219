import { z } from 'zod';
import { alarmSchema } from './alarm.js';
import { CONCLUSION_CAUSES, incidentFileSchema, incidentSchema, incidentWithMembersSchema } from './incident.js';
import { utilitySchema } from './registry.js';
import { page, timeSchema, type Route } from './route.js';

const incidentParams = z.object({ incidentId: z.string().max(300) });
const alarmIds = z.array(z.string().max(300)).min(1).max(500);
const sentence = (most: number) => z.string().trim().min(1).max(most);

/** The calls about incidents. */
export const incidentRoutes = {
  listIncidents: {
    method: 'GET',
    path: '/incidents',
    summary: 'Open alarms that share a cause, each as one incident with its alarms and why they are in it',
    right: 'operator',
    status: 200,
    answer: z.object({ items: z.array(incidentWithMembersSchema) }),
  },
  listIncidentRecords: {
    method: 'GET',
    path: '/incident-records',
    summary: 'Incidents that are open, or were closed lately, newest first, as they are kept',
    right: 'operator',
    query: z.object({
      ...page,
      state: z.enum(['open', 'closed']).optional(),
      utility: utilitySchema.optional(),
      /** Part of the headline or of the conclusion. */
      q: z.string().max(200).optional(),
      /** Those that were closed before are left out. */
      closedSince: timeSchema.optional(),
      /** Only those that were open at this moment. */
      at: timeSchema.optional(),
    }),
    status: 200,
    answer: z.object({ items: z.array(incidentSchema), next: z.string().optional() }),
    problems: [503],
  },
  getIncident: {
    method: 'GET',
    path: '/incidents/{incidentId}',
    summary: 'An incident, open or closed, with its alarms and what people did to it',
    right: 'operator',
    params: incidentParams,
    status: 200,
    answer: incidentFileSchema,
    problems: [404, 503],
  },
  openIncident: {
    method: 'POST',
    path: '/incidents',
    summary: 'Open an incident by hand: it stays open until a person closes it, and these alarms stay in it',
    right: 'operator',
    body: z.strictObject({ headline: sentence(200), alarmIds }),
    status: 201,
    answer: incidentFileSchema,
    problems: [404, 409, 503],
  },
  noteIncident: {
    method: 'POST',
    path: '/incidents/{incidentId}/notes',
    summary: 'Write a note to an incident, open or closed; it is never rewritten',
    right: 'operator',
    params: incidentParams,
    body: z.strictObject({ text: sentence(2000) }),
    status: 201,
    answer: incidentFileSchema,
    problems: [404, 503],
  },
  addIncidentAlarms: {
    method: 'POST',
    path: '/incidents/{incidentId}/alarms',
    summary: 'Put alarms into an open incident by hand: they stay in it',
    right: 'operator',
    params: incidentParams,
    body: z.strictObject({ alarmIds }),
    status: 200,
    answer: incidentFileSchema,
    problems: [404, 409, 503],
  },
  takeAlarmOut: {
    method: 'POST',
    path: '/incidents/{incidentId}/alarms/take-out',
    summary: 'Take an alarm out of an open incident: it is a line of its own, and no rule joins it again',
    right: 'operator',
    params: incidentParams,
    body: z.strictObject({ alarmId: z.string().max(300) }),
    status: 200,
    answer: incidentFileSchema,
    problems: [404, 409, 503],
  },
  closeIncident: {
    method: 'POST',
    path: '/incidents/{incidentId}/close',
    summary: 'Close an incident with what it was; refused while its alarms stand, unless it is said why all the same',
    right: 'operator',
    params: incidentParams,
    body: z.strictObject({
      /** Newest act that the caller saw (0: none); another one meanwhile is a conflict. */
      seenAct: z.int().min(0),
      cause: z.enum(CONCLUSION_CAUSES),
      text: sentence(2000),
      /** Why it is closed though alarms stand. */
      standingReason: sentence(500).optional(),
    }),
    status: 200,
    answer: incidentFileSchema,
    problems: [404, 409, 503],
  },
  reopenIncident: {
    method: 'POST',
    path: '/incidents/{incidentId}/reopen',
    summary: 'Open a closed incident again: it stays open until a person closes it',
    right: 'operator',
    params: incidentParams,
    body: z.strictObject({ reason: sentence(500) }),
    status: 200,
    answer: incidentFileSchema,
    problems: [404, 409, 503],
  },
  acknowledgeIncident: {
    method: 'POST',
    path: '/incidents/{incidentId}/acknowledge',
    summary: 'Acknowledge alarms of an incident as the caller saw them; what moved since is refused, not done unseen',
    right: 'operator',
    params: incidentParams,
    body: z.strictObject({
      /** Each alarm with the sequence of its newest transition that the caller saw. */
      seen: z
        .array(z.strictObject({ alarmId: z.string(), sequence: z.int().positive() }))
        .min(1)
        .max(5000),
      note: z.string().max(500).optional(),
    }),
    status: 200,
    answer: z.object({
      /** Those that are acknowledged now. */
      alarms: z.array(alarmSchema),
      refused: z.array(z.object({ alarmId: z.string(), detail: z.string() })),
    }),
    problems: [404, 503],
  },
} as const satisfies Record<string, Route>;
