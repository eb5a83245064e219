import { z } from 'zod';
import { WINDOW_STATES, listedWindowSchema, maintenanceContentSchema } from './maintenance.js';
import type { Route } from './route.js';

const windowParams = z.object({ windowId: z.string().max(64) });
/** The version that this began from; another one meanwhile is a conflict. */
const expectedVersion = z.int().positive();

/** The calls about maintenance windows. */
export const maintenanceRoutes = {
  listMaintenance: {
    method: 'GET',
    path: '/maintenance-windows',
    summary: 'Maintenance windows: those that are on, that come, and of the past the newest, by their begin',
    right: 'operator',
    query: z.object({ state: z.enum(WINDOW_STATES).optional() }),
    status: 200,
    answer: z.object({ items: z.array(listedWindowSchema) }),
  },
  createMaintenance: {
    method: 'POST',
    path: '/maintenance-windows',
    summary: 'Plan work: while it lasts, alarms of what is worked on are suppressed by design',
    right: 'engineer',
    body: maintenanceContentSchema,
    status: 201,
    answer: listedWindowSchema,
    problems: [503],
  },
  changeMaintenance: {
    method: 'PUT',
    path: '/maintenance-windows/{windowId}',
    summary: 'Change a window, or take its early end back',
    right: 'engineer',
    params: windowParams,
    body: z.strictObject({ expectedVersion, content: maintenanceContentSchema }),
    status: 200,
    answer: listedWindowSchema,
    problems: [404, 409, 503],
  },
  endMaintenance: {
    method: 'POST',
    path: '/maintenance-windows/{windowId}/end',
    summary: 'End a window now, or call it off: what is still true is announced',
    right: 'operator',
    params: windowParams,
    body: z.strictObject({ expectedVersion }),
    status: 200,
    answer: listedWindowSchema,
    problems: [404, 409, 503],
  },
} as const satisfies Record<string, Route>;
