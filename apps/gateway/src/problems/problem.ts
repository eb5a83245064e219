import { STATUS_CODES } from 'node:http';
import type { Problem, RefusalCode } from '@lifeline/contracts';
import type { z } from 'zod';

export const PROBLEM_TYPE = 'application/problem+json';

/** What a page says a refusal by in its reader's language. */
export interface Told {
  readonly code: RefusalCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** An expected refusal of a call: becomes an RFC 9457 problem document. The detail says what, where and how to mend it. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly errors?: Problem['errors'],
    readonly headers: Readonly<Record<string, string>> = {},
    readonly told?: Told,
  ) {
    super(detail);
  }
}

/** The problem document of a status; its type is `about:blank`, so its title is the status' own words (RFC 9457, 4.2.1). */
export function problemOf(
  status: number,
  detail: string,
  instance: string,
  errors?: Problem['errors'],
  told?: Told,
): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance,
    ...(errors === undefined || errors.length === 0 ? {} : { errors }),
    ...(told === undefined ? {} : { code: told.code, params: { ...told.params } }),
  };
}

/**
 * Each wrong field of a checked value. Of a union, the complaints of its first branch that got furthest.
 * @param where `body`, `query` or `params`; it begins the path of what does not lie in the body
 */
export function errorsOf(error: z.ZodError, where: 'body' | 'query' | 'params'): NonNullable<Problem['errors']> {
  const found: { path: string; message: string }[] = [];
  for (const issue of error.issues) {
    const path = [...(where === 'body' ? [] : [where]), ...issue.path.map(String)].join('.');
    if (issue.code === 'unrecognized_keys') {
      const parent = path === '' ? '' : `${path}.`;
      for (const key of issue.keys) found.push({ path: `${parent}${key}`, message: 'is not known here' });
    } else {
      found.push({ path, message: issue.message });
    }
  }
  return found.slice(0, 100);
}
