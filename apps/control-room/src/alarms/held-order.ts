/** What the list shows while a pointer is over it, and how many new alarms wait behind it. */
export interface HeldOrder {
  readonly shown: readonly string[];
  readonly waiting: number;
}

/**
 * A list that is held shows what it showed: no line moves under the pointer, not even for an alarm that ended. New ones
 * are counted and wait. A list that showed nothing has nothing to hold.
 */
export function heldOrder(held: readonly string[] | undefined, sorted: readonly string[]): HeldOrder {
  if (held === undefined || held.length === 0) return { shown: sorted, waiting: 0 };
  const known = new Set(held);
  let waiting = 0;
  for (const id of sorted) if (!known.has(id)) waiting++;
  return { shown: held, waiting };
}

/** The line that a step of `by` lines leads to; the first or last where there was none. Undefined in an empty list. */
export function stepFrom(shown: readonly string[], cursor: string | undefined, by: 1 | -1): string | undefined {
  const at = cursor === undefined ? -1 : shown.indexOf(cursor);
  if (at === -1) return by === 1 ? shown[0] : shown.at(-1);
  return shown[Math.min(shown.length - 1, Math.max(0, at + by))];
}
