import { MOST_SHELVED, type AlarmBehaviour } from '@lifeline/alarms';
import type { Alarm, AlarmState } from '@lifeline/contracts';
import { ProblemError } from '../problems/problem.js';

/** What a person may ask that keeps an alarm from being announced, ends that, or resets it. */
export type HoldRequest =
  | { readonly kind: 'reset' | 'unshelve' | 'return-to-service' }
  | { readonly kind: 'shelve'; readonly untilMs: number }
  | { readonly kind: 'remove-from-service'; readonly permit: string };

/** The state that the request ends, and what to say where the alarm is not in it. */
const NEEDS: Partial<Record<HoldRequest['kind'], readonly [AlarmState, string]>> = {
  reset: ['latched-acknowledged', 'Only a latched alarm that was acknowledged can be reset.'],
  unshelve: ['shelved', 'This alarm is not shelved.'],
  'return-to-service': ['out-of-service', 'This alarm is not out of service.'],
};

/** @throws ProblemError 409 with the reason; the desk decides, this only says why before it is asked */
export function refuseUnlessHoldable(
  alarm: Alarm,
  { kind }: HoldRequest,
  { mayBeShelved }: Pick<AlarmBehaviour, 'mayBeShelved'>,
  open: Iterable<Alarm>,
): void {
  const needs = NEEDS[kind];
  if (needs && alarm.state !== needs[0]) throw new ProblemError(409, needs[1]);
  if (kind !== 'shelve') return;
  if (!mayBeShelved) {
    throw new ProblemError(
      409,
      'This alarm is never shelved: people may be in danger. Acknowledge it and do the steps of its procedure.',
    );
  }
  if (alarm.state === 'suppressed' || alarm.state === 'out-of-service') {
    throw new ProblemError(409, 'This alarm is not announced anyhow: there is nothing to shelve.');
  }
  let shelved = 0;
  for (const one of open) if (one.state === 'shelved' && one.alarmId !== alarm.alarmId) shelved++;
  if (shelved >= MOST_SHELVED) {
    throw new ProblemError(
      409,
      `${shelved} alarms are shelved, as many as may be. Unshelve what can be announced again, then shelve this one.`,
    );
  }
}
