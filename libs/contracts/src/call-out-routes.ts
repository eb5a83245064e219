import { z } from 'zod';
import { callOutSchema, DELIVERIES, newCallOutSchema, newResultSchema } from './call-out.js';
import { dutyContentSchema, dutyPostSchema } from './duty.js';
import { list, page, type Route } from './route.js';

const postParams = z.object({ postId: z.string().max(64) });
const callOutParams = z.object({ callOutId: z.string().max(64) });
/** The version that this began from; another one meanwhile is a conflict. */
const expectedVersion = z.int().positive();

/** The calls about the duty roster and call-outs. */
export const callOutRoutes = {
  listDuty: {
    method: 'GET',
    path: '/duty-posts',
    summary: 'The duty roster: crews and posts with their hours, and by what a call-out reaches them',
    right: 'operator',
    status: 200,
    answer: z.object({ items: z.array(dutyPostSchema), delivery: z.enum(DELIVERIES) }),
  },
  createDuty: {
    method: 'POST',
    path: '/duty-posts',
    summary: 'Put a crew or a post on the duty roster',
    right: 'engineer',
    body: dutyContentSchema,
    status: 201,
    answer: dutyPostSchema,
    problems: [409],
  },
  changeDuty: {
    method: 'PUT',
    path: '/duty-posts/{postId}',
    summary: 'Change a crew or a post, or put it back on the roster',
    right: 'engineer',
    params: postParams,
    body: z.strictObject({ expectedVersion, content: dutyContentSchema }),
    status: 200,
    answer: dutyPostSchema,
    problems: [404, 409],
  },
  removeDuty: {
    method: 'POST',
    path: '/duty-posts/{postId}/remove',
    summary: 'Take a crew or a post off the roster; its versions are kept',
    right: 'engineer',
    params: postParams,
    body: z.strictObject({ expectedVersion }),
    status: 200,
    answer: dutyPostSchema,
    problems: [404, 409],
  },
  listCallOuts: {
    method: 'GET',
    path: '/call-outs',
    summary: 'Call-outs, newest first: all, or those of an alarm or an incident',
    right: 'operator',
    query: z.object({
      ...page,
      alarmId: z.string().max(300).optional(),
      incidentId: z.string().max(300).optional(),
    }),
    status: 200,
    answer: list(callOutSchema),
  },
  callOut: {
    method: 'POST',
    path: '/call-outs',
    summary: 'Call a crew out for an alarm or an incident',
    right: 'operator',
    body: newCallOutSchema,
    status: 201,
    answer: callOutSchema,
    problems: [404, 409],
  },
  addCallOutResult: {
    method: 'POST',
    path: '/call-outs/{callOutId}/results',
    summary: 'Say what became of a call-out: reached, no answer, arrived, stood down',
    right: 'operator',
    params: callOutParams,
    body: z.strictObject({
      /** Sequence of the newest result that the caller saw; 0 where there was none. */
      seen: z.int().nonnegative(),
      result: newResultSchema,
    }),
    status: 200,
    answer: callOutSchema,
    problems: [404, 409],
  },
} as const satisfies Record<string, Route>;
