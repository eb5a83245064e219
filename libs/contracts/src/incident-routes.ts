import { z } from 'zod';
import { alarmSchema } from './alarm.js';
import { incidentWithMembersSchema } from './incident.js';
import type { Route } from './route.js';

const incidentParams = z.object({ incidentId: z.string() });

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
