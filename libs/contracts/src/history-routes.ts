import { z } from 'zod';
import type { Route } from './route.js';

/** The calls about the history as a whole, and about the city as it was. */
export const historyRoutes = {
  getHistory: {
    method: 'GET',
    path: '/history',
    summary: 'How long readings are kept',
    right: 'operator',
    status: 200,
    answer: z.object({
      /** Readings measured longer ago are gone. */
      keptMs: z.number(),
    }),
  },
} as const satisfies Record<string, Route>;
