import { z } from 'zod';
import { problemSchema } from '../answers.js';
import { callOutMessageSchema } from '../call-out.js';
import type { Route } from '../route.js';
import { API_ROOT, routes } from '../routes.js';
import { DocumentSchemas, type DocumentNode } from './json-schemas.js';

/** Name of the HttpOnly cookie that carries the session of the page. */
export const SESSION_COOKIE = 'lifeline_session';

const PROBLEM_TITLES: Readonly<Record<number, string>> = {
  400: 'The request is not as it must be; `errors` names each wrong field',
  401: 'Not logged in, or the session is over',
  403: 'The role may not do this',
  404: 'There is no such thing',
  409: 'It stands in the way of what is there',
  413: 'The body is too large',
  415: 'The content type is not taken',
  422: 'The content is understood and wrong',
  429: 'Too many attempts; see Retry-After',
  500: 'A fault of ours',
  503: 'Not at this time; try again',
};

/** The REST calls as an OpenAPI 3.1 document, from the same table that checks them. */
export function openApiDocument(): DocumentNode {
  const schemas = new DocumentSchemas();
  const paths: Record<string, DocumentNode> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    const path = (paths[`${API_ROOT}${route.path}`] ??= {});
    path[route.method.toLowerCase()] = operation(name, route, schemas);
  }
  // Referred to by every problem answer.
  const problem = schemas.of(problemSchema, 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lifeline',
      version: '1',
      description:
        'Watches the lifelines of a city. Times are epoch milliseconds or ISO 8601 with an offset. Lists answer `{items, next?}`: ask for `after={next}` until there is none. Errors are RFC 9457 problem documents.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
    webhooks: { callOut: { post: callOutWebhook(schemas) } },
    components: {
      schemas: schemas.components,
      responses: Object.fromEntries(
        Object.entries(PROBLEM_TITLES).map(([status, description]) => [
          `Problem${status}`,
          { description, content: { 'application/problem+json': { schema: problem } } },
        ]),
      ),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The token that POST /api/v1/session gives' },
        cookie: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
      },
    },
  };
}

/** What we send, where the settings name an address for it. */
function callOutWebhook(schemas: DocumentSchemas): DocumentNode {
  return {
    operationId: 'callOutMessage',
    summary: 'A crew was called out: text or ring it. Sent to LIFELINE_CALL_OUT_WEBHOOK; the same id may come twice',
    security: [],
    parameters: [
      { name: 'Idempotency-Key', in: 'header', required: true, description: 'callOutId', schema: { type: 'string' } },
    ],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: schemas.of(callOutMessageSchema, 'output') } },
    },
    responses: {
      '2XX': { description: 'Taken' },
      '4XX': { description: 'Not taken, and not sent again, but for 408, 425 and 429' },
      '5XX': { description: 'Not taken now; sent again' },
    },
  };
}

function operation(name: string, route: Route, schemas: DocumentSchemas): DocumentNode {
  const parameters = [...parametersOf(route.params, 'path', schemas), ...parametersOf(route.query, 'query', schemas)];
  const content = requestContent(route, schemas);
  return {
    operationId: name,
    tags: [route.path.split('/')[1]],
    summary: route.summary,
    /** The least role that may call it. */
    'x-right': route.right,
    ...(route.right === 'anyone' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(content ? { requestBody: { required: !route.body?.safeParse({}).success, content } } : {}),
    responses: {
      [route.status]: {
        description: route.status === 204 ? 'Done' : 'What was asked for',
        ...(route.answer ? { content: { 'application/json': { schema: schemas.of(route.answer, 'output') } } } : {}),
        ...(route.answerTypes ? { content: Object.fromEntries(route.answerTypes.map((type) => [type, {}])) } : {}),
      },
      ...Object.fromEntries(
        problemsOf(route).map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
      ),
    },
  };
}

function problemsOf(route: Route): number[] {
  const always = route.right === 'anyone' ? [400, 500] : [400, 401, 403, 500];
  return [...new Set([...always, ...(route.problems ?? [])])].sort((a, b) => a - b);
}

function parametersOf(
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  schemas: DocumentSchemas,
): DocumentNode[] {
  if (!schema) return [];
  const { properties, required } = schemas.of(schema, 'input');
  return Object.entries((properties ?? {}) as DocumentNode).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (Array.isArray(required) && required.includes(name)),
    schema: property,
  }));
}

function requestContent(route: Route, schemas: DocumentSchemas): DocumentNode | undefined {
  const types = route.bodyTypes ?? (route.body ? ['application/json'] : []);
  if (types.length === 0) return undefined;
  return Object.fromEntries(
    types.map((type) => [type, { schema: route.body ? schemas.of(route.body, 'input') : { type: 'string' } }]),
  );
}
