import {
  applyDecorators,
  Delete,
  Get,
  HttpCode,
  Patch,
  Post,
  Put,
  SetMetadata,
  createParamDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { API_ROOT, routes, type Role, type Route, type RouteName, type User } from '@lifeline/contracts';
import type { Request } from 'express';
import type { z } from 'zod';
import { ProblemError, errorsOf } from '../problems/problem.js';

/** Key of the metadata that names the call of a handler; the guard lets nothing through that has neither this nor a right. */
export const CALL = 'lifeline.call';
/** Key of the right of what is served beside the table. */
export const RIGHT = 'lifeline.right';

const METHODS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete } as const;

/** Where Express serves a call of the table: `/devices/{deviceId}` becomes `/api/v1/devices/:deviceId`. */
export function servedPath(route: Route): string {
  return API_ROOT + route.path.replace(/\{(\w+)\}/g, ':$1');
}

/** Serves a call of the table: its method, path, status and right, so that none is declared without its right. */
export function Call(name: RouteName): MethodDecorator {
  const route: Route = routes[name];
  return applyDecorators(METHODS[route.method](servedPath(route)), HttpCode(route.status), SetMetadata(CALL, name));
}

/** The right of what is served beside the table (health, map layers, documents). */
export function Needs(right: Role | 'anyone'): MethodDecorator {
  return SetMetadata(RIGHT, right);
}

type Part<Name extends RouteName, Key extends 'params' | 'query' | 'body'> = (typeof routes)[Name] extends {
  readonly [K in Key]: infer Schema;
}
  ? Schema extends z.ZodType
    ? z.output<Schema>
    : undefined
  : undefined;

/** The checked input of a call. */
export interface InputOf<Name extends RouteName> {
  readonly params: Part<Name, 'params'>;
  readonly query: Part<Name, 'query'>;
  readonly body: Part<Name, 'body'>;
}

/** What the call answers with. */
export type AnswerOf<Name extends RouteName> = (typeof routes)[Name] extends { readonly answer: infer Schema }
  ? Schema extends z.ZodType
    ? z.output<Schema>
    : never
  : void;

/** A request that the guard has let through. */
export interface KnownRequest extends Request {
  user?: User;
  sessionToken?: string;
}

function isEmpty(request: Request): boolean {
  return request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0;
}

/** `?bbox=&q=` asks for nothing in particular: a blank stands for what is not given. */
function withoutBlanks(query: Request['query']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}

function checkBodyType(route: Route, request: Request): void {
  if (isEmpty(request)) {
    if (route.bodyTypes)
      throw new ProblemError(400, `The body is missing; send it as ${route.bodyTypes.join(' or ')}.`);
    return;
  }
  if (!route.body && !route.bodyTypes) return;
  const accepted = route.bodyTypes ?? ['application/json'];
  if (request.is([...accepted]) === false) {
    throw new ProblemError(
      415,
      `This call reads ${accepted.join(' or ')}, not ${request.headers['content-type'] ?? 'a body without Content-Type'}.`,
    );
  }
}

/**
 * Checks a request against the table and gives what the schemas made of it.
 * @throws ProblemError 400 with each wrong field, 415 for a body of another kind
 */
export function inputOf(name: RouteName, request: Request): InputOf<RouteName> {
  const route: Route = routes[name];
  checkBodyType(route, request);
  const errors = [];
  const checked: Record<'params' | 'query' | 'body', unknown> = {
    params: undefined,
    query: undefined,
    body: undefined,
  };
  const given = {
    params: request.params,
    query: withoutBlanks(request.query),
    body: isEmpty(request) ? {} : (request.body ?? {}),
  };
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = route[part];
    if (!schema) continue;
    const result = schema.safeParse(given[part]);
    if (result.success) checked[part] = result.data;
    else errors.push(...errorsOf(result.error, part));
  }
  if (errors.length > 0) {
    const first = errors[0]!;
    throw new ProblemError(400, `The request is not as it must be: ${first.path}: ${first.message}`, errors);
  }
  return checked as unknown as InputOf<RouteName>;
}

/** The checked input of the handler's call, as InputOf. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const name = Reflect.getMetadata(CALL, context.getHandler()) as RouteName;
  return inputOf(name, context.switchToHttp().getRequest<Request>());
});

/** Who calls; the guard has checked that there is one wherever the table names a role. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): User => {
  const { user } = context.switchToHttp().getRequest<KnownRequest>();
  if (!user) throw new ProblemError(401, 'Log in first.');
  return user;
});
