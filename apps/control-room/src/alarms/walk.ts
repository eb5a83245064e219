import { stepFrom } from './held-order.js';

/** Where an operator stood in a list, and what the list showed then. */
export interface Stand {
  readonly key: string;
  readonly order: readonly string[];
}

/**
 * The line that a step of `by` lines leads to. From a line that has gone, the step goes on to what stood beside it; so it does where
 * the list has put the line elsewhere since: what was acknowledged stands behind what waits, and walking on leaves nothing out.
 * Undefined in an empty list.
 */
export function walkOn(stand: Stand | undefined, shown: readonly string[], by: 1 | -1): string | undefined {
  if (stand === undefined) return stepFrom(shown, undefined, by);
  const { key, order } = stand;
  const at = shown.indexOf(key);
  const beside = nextStanding(order, key, shown, by);
  if (at === -1) return beside ?? nextStanding(order, key, shown, by === 1 ? -1 : 1) ?? stepFrom(shown, undefined, by);
  const isOvertaken = beside !== undefined && (shown.indexOf(beside) - at) * by < 0;
  return isOvertaken ? beside : stepFrom(shown, key, by);
}

/** The nearest line on one side of `key` that is still shown. */
function nextStanding(order: readonly string[], key: string, shown: readonly string[], by: 1 | -1): string | undefined {
  const standing = new Set(shown);
  const from = order.indexOf(key);
  if (from === -1) return undefined;
  for (let at = from + by; at >= 0 && at < order.length; at += by) if (standing.has(order[at]!)) return order[at];
  return undefined;
}
