import { API_ROOT, problemSchema, routes, type Problem, type Route, type RouteName } from '@lifeline/contracts';
import type { z } from 'zod';

type Table = typeof routes;
type Part<Name extends RouteName, Key extends string> =
  Table[Name] extends Record<Key, infer Schema extends z.ZodType> ? Schema : undefined;

type ParamsPart<Schema> = Schema extends z.ZodType ? { readonly params: z.input<Schema> } : unknown;
type QueryPart<Schema> = Schema extends z.ZodType ? { readonly query?: Partial<z.output<Schema>> } : unknown;
type BodyPart<Schema> = Schema extends z.ZodType ? { readonly body: z.input<Schema> } : unknown;
type TextPart<Name extends RouteName> = Table[Name] extends { readonly bodyTypes: readonly string[] }
  ? { readonly text: string | Blob; readonly contentType: string }
  : unknown;

/** What a call takes: path parameters, query and body as the table of routes has them. */
export type Ask<Name extends RouteName> = ParamsPart<Part<Name, 'params'>> &
  QueryPart<Part<Name, 'query'>> &
  BodyPart<Part<Name, 'body'>> &
  TextPart<Name> & { readonly signal?: AbortSignal };

/** What a call answers; undefined where the route answers no body. */
export type Answer<Name extends RouteName> =
  Part<Name, 'answer'> extends infer Schema ? (Schema extends z.ZodType ? z.output<Schema> : undefined) : never;

/** A call that did not succeed: `status` 0 where the server was not reached. */
export class CallError extends Error {
  override readonly name = 'CallError';
  constructor(
    readonly route: RouteName,
    readonly status: number,
    readonly problem: Problem | undefined,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const unauthorisedListeners = new Set<() => void>();

/** Calls back when the server no longer knows the session; gives what stops it. */
export function onUnauthorised(listener: () => void): () => void {
  unauthorisedListeners.add(listener);
  return () => unauthorisedListeners.delete(listener);
}

/** A person may always log in and out. */
const NEVER_CLOSED: readonly RouteName[] = ['createSession', 'deleteSession'];
let actsClosed: string | undefined;

/**
 * While a reason is given, no call that would change anything is sent: it rejects with the reason. The last lock behind the
 * closed buttons and keys; undefined opens it.
 */
export function closeActs(why: string | undefined): void {
  actsClosed = why;
}

interface LooseAsk {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly text?: string | Blob;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

/** The address of a call under the page's own host: path parameters are escaped, lists joined by commas. */
export function addressOf(route: Route, ask: Pick<LooseAsk, 'params' | 'query'>): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ask.params?.[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(ask.query ?? {})) {
    if (value === undefined || value === '') continue;
    search.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = search.toString();
  return `${API_ROOT}${path}${text === '' ? '' : `?${text}`}`;
}

/**
 * Calls the gateway by the name of a route; the session's cookie goes along.
 * Rejects with `CallError`; a 401 is also told to `onUnauthorised`.
 */
export async function call<Name extends RouteName>(name: Name, ask: Ask<Name>): Promise<Answer<Name>> {
  const route: Route = routes[name];
  const loose: LooseAsk = ask;
  const response = await send(name, route, loose);
  if (!response.ok) throw await refusalOf(name, response);
  if (route.answer === undefined || response.status === 204) return undefined as Answer<Name>;
  const answer = route.answer.safeParse(await response.json());
  if (!answer.success) {
    throw new CallError(name, response.status, undefined, `unexpected answer: ${answer.error.issues[0]?.message}`, {
      cause: answer.error,
    });
  }
  return answer.data as Answer<Name>;
}

/** Opens a call that answers a file: rejects as `call` does, and gives the answer with its body unread. */
export async function openFile<Name extends RouteName>(name: Name, ask: Ask<Name>): Promise<Response> {
  const response = await send(name, routes[name], ask);
  if (!response.ok) throw await refusalOf(name, response);
  return response;
}

async function send(name: RouteName, route: Route, ask: LooseAsk): Promise<Response> {
  if (actsClosed !== undefined && route.method !== 'GET' && !NEVER_CLOSED.includes(name)) {
    throw new CallError(name, 409, undefined, actsClosed);
  }
  const headers: Record<string, string> = { accept: 'application/json' };
  let body: string | Blob | undefined;
  if (ask.text !== undefined) {
    body = ask.text;
    headers['content-type'] = ask.contentType ?? 'text/plain';
  } else if (ask.body !== undefined) {
    body = JSON.stringify(ask.body);
    headers['content-type'] = 'application/json';
  }
  try {
    const request: RequestInit = { method: route.method, headers, credentials: 'same-origin' };
    if (body !== undefined) request.body = body;
    if (ask.signal !== undefined) request.signal = ask.signal;
    return await fetch(addressOf(route, ask), request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new CallError(name, 0, undefined, 'server not reached', { cause: error });
  }
}

async function refusalOf(name: RouteName, response: Response): Promise<CallError> {
  if (response.status === 401 && name !== 'createSession') for (const listener of unauthorisedListeners) listener();
  const body: unknown = await response.json().catch(() => undefined);
  const problem = problemSchema.safeParse(body);
  const text = problem.success ? (problem.data.detail ?? problem.data.title) : response.statusText;
  return new CallError(name, response.status, problem.success ? problem.data : undefined, text);
}
