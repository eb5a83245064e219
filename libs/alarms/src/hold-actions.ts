import { LONGEST_SHELF_MS, type AlarmAction } from '@lifeline/contracts';
import type { LifeEvent } from './life-cycle.js';
import type { AlarmBehaviour, Refusal } from './port.js';

/** Actions that hold an alarm back, end a hold, or reset a latched one. */
export type HoldAction = Exclude<AlarmAction, { kind: 'acknowledge' | 'feedback' }>;

export function isHoldAction(action: AlarmAction): action is HoldAction {
  return action.kind !== 'acknowledge' && action.kind !== 'feedback';
}

export function lifeEventOf(action: HoldAction): LifeEvent {
  switch (action.kind) {
    case 'shelve':
      return { event: 'shelve', untilMs: action.untilMs };
    case 'remove-from-service':
      return { event: 'remove-from-service', permit: action.permit };
    default:
      return { event: action.kind };
  }
}

/** Why an alarm of this behaviour may not be held so; undefined: it may. */
export function holdRefusal(
  action: HoldAction,
  behaviour: AlarmBehaviour,
  nowMs: number,
  isFull: () => boolean,
): Refusal | undefined {
  if (action.kind !== 'shelve') return undefined;
  if (!behaviour.mayBeShelved) return 'never-shelved';
  if (!(action.untilMs > nowMs && action.untilMs <= nowMs + LONGEST_SHELF_MS)) return 'shelf-too-long';
  return isFull() ? 'too-many-shelved' : undefined;
}
