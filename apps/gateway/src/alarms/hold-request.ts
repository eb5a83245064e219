import { MOST_SHELVED, type AlarmBehaviour } from '@lifeline/alarms';
import type { Alarm, AlarmState, RefusalCode } from '@lifeline/contracts';
import { refusal } from '../problems/refusals.js';

/** What a person may ask that keeps an alarm from being announced, ends that, or resets it. */
export type HoldRequest =
  | { readonly kind: 'reset' | 'unshelve' | 'return-to-service' }
  | { readonly kind: 'shelve'; readonly untilMs: number }
  | { readonly kind: 'remove-from-service'; readonly permit: string };

/** The state that the request ends, and the refusal where the alarm is not in it. */
const NEEDS: Partial<Record<HoldRequest['kind'], readonly [AlarmState, RefusalCode]>> = {
  reset: ['latched-acknowledged', 'not-latched'],
  unshelve: ['shelved', 'not-shelved'],
  'return-to-service': ['out-of-service', 'not-out-of-service'],
};

/** @throws ProblemError 409 with the reason; the desk decides, this only says why before it is asked */
export function refuseUnlessHoldable(
  alarm: Alarm,
  { kind }: HoldRequest,
  { mayBeShelved }: Pick<AlarmBehaviour, 'mayBeShelved'>,
  open: Iterable<Alarm>,
): void {
  const needs = NEEDS[kind];
  if (needs && alarm.state !== needs[0]) throw refusal(needs[1]);
  if (alarm.state === 'normal') throw refusal('alarm-over');
  if (kind !== 'shelve') return;
  if (!mayBeShelved) throw refusal('never-shelved');
  if (alarm.state === 'suppressed' || alarm.state === 'out-of-service') throw refusal('nothing-to-shelve');
  let shelved = 0;
  for (const one of open) if (one.state === 'shelved' && one.alarmId !== alarm.alarmId) shelved++;
  if (shelved >= MOST_SHELVED) throw refusal('too-many-shelved', { count: shelved });
}
