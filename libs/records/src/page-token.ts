/** Where a page ends, as the opaque text that the next question brings back. */
export function pageToken(...key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** A page token that we did not give. */
export class PageTokenError extends Error {
  readonly code = 'page-token';
  constructor() {
    super('"after" is not the "next" of an answer. Leave it out to begin with the first page.');
  }
}

/**
 * Reads a token back.
 * @throws PageTokenError where it is not one with these types
 */
export function readPageToken<Key extends readonly ('string' | 'number')[]>(
  token: string,
  ...types: Key
): { [I in keyof Key]: Key[I] extends 'string' ? string : number } {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw new PageTokenError();
  }
  if (!Array.isArray(key) || key.length !== types.length || !key.every((part, i) => typeof part === types[i]))
    throw new PageTokenError();
  return key as { [I in keyof Key]: Key[I] extends 'string' ? string : number };
}

/** A page of what was read with one more than `limit` rows. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  token: (row: Row) => string,
): { items: Item[]; next?: string } {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return {
    items: kept.map(item),
    ...(rows.length > limit && last !== undefined ? { next: token(last) } : {}),
  };
}
