import { z } from 'zod';
import type { Role } from './vocabulary.js';

/** Epoch milliseconds, or ISO 8601 with an offset (or Z). Gives milliseconds. */
export const timeSchema = z.union([
  z.coerce.number().refine(Number.isFinite),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  // A plus sign that was not escaped arrives as a space: 2026-11-24T21:40:00 08:00.
  z
    .string()
    .regex(/^\S+ \d\d:\d\d$/)
    .transform((text) => text.replace(' ', '+'))
    .pipe(z.iso.datetime({ offset: true }))
    .transform((text) => Date.parse(text)),
]);

/** How a list is paged. */
export const page = {
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.string().max(200).optional(),
};
export const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() });
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under /api/v1, with `{name}` for path parameters. */
  readonly path: string;
  readonly summary: string;
  /** The least role that may call it; `anyone` needs no login. */
  readonly right: Role | 'anyone';
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Content types of the body where it is not JSON. */
  readonly bodyTypes?: readonly string[];
  readonly status: number;
  readonly answer?: z.ZodType;
  /** Content types of the answer where it is not JSON; it is a file then, and `answer` is missing. */
  readonly answerTypes?: readonly string[];
  /** Problem statuses this call may answer beside 400, 401, 403 and 500. */
  readonly problems?: readonly number[];
}
