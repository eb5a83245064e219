import { PRIORITIES, type AlarmTransition, type Priority } from '@lifeline/contracts';
import { isActive } from './life-cycle.js';
import type { Condition, DeskEntry } from './port.js';

/** What a condition does to the alarm; undefined where it is a repeat, or older than what is known. */
export function eventOf(given: Condition, entry: DeskEntry | undefined): 'raise' | 'escalate' | 'clear' | undefined {
  const active = entry !== undefined && isActive(entry.current);
  const beganAtMs = entry?.beganAtMs ?? -Infinity;
  const clearedAtMs = entry?.clearedAtMs ?? -Infinity;
  if (given.change === 'end') return active && given.atMs > beganAtMs ? 'clear' : undefined;
  if (!active) return given.atMs >= clearedAtMs && given.atMs > beganAtMs ? 'raise' : undefined;
  if (given.atMs <= beganAtMs) return undefined;
  return isWorse(given, entry.current) ? 'escalate' : undefined;
}

/** Rank of the limits within a rule: crossing a worse one is news even where the priority stays (domain 8.1, C to B). */
function isWorse(given: Condition, current: AlarmTransition): boolean {
  if (rank(given.priority) < rank(current.priority)) return true;
  const outer = given.limit === 'low-low' || given.limit === 'high-high';
  return outer && current.limit?.kind !== given.limit;
}

/** An escalation never lessens the priority; a raise has its own. */
export function priorityAfter(
  event: 'raise' | 'escalate' | 'clear',
  given: Priority,
  before: AlarmTransition | undefined,
): Priority {
  if (!before) return given;
  if (event === 'raise') return given;
  return rank(given) < rank(before.priority) ? given : before.priority;
}

function rank(priority: Priority): number {
  return PRIORITIES.indexOf(priority);
}
