import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** A NUL, or half of a surrogate pair: PostgreSQL keeps neither in text nor in jsonb. */
const UNSTORABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The text with what PostgreSQL cannot keep replaced by U+FFFD: a device's bytes must not stop a projection. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '\uFFFD');
}

/** JSON for a jsonb parameter, with its strings storable. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) => (typeof field === 'string' ? storableText(field) : field));
}

/** `column in (values)` with one parameter for all of them: PostgreSQL takes no more than 65,535. */
export function among(column: PgColumn, values: readonly string[]): SQL {
  return sql`${column} in (select jsonb_array_elements_text(${storableJson(values)}::jsonb))`;
}

/** As `among`, for numbers. */
export function amongNumbers(column: PgColumn, values: readonly number[]): SQL {
  return sql`${column} in (select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)::bigint)`;
}
