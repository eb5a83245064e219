import { LEARNING_RULES, type Alarm, type AlarmTransition, type Verdict } from '@lifeline/contracts';
import { ProblemError } from '../problems/problem.js';
import { refusal } from '../problems/refusals.js';

/** Says before the desk is asked, and from what it does meanwhile, why it will refuse: the desk decides. */

/** @throws ProblemError 409 where the alarm does not wait to be acknowledged */
export function refuseUnlessWaiting(alarm: Alarm): void {
  if (alarm.state === 'acknowledged' || alarm.state === 'latched-acknowledged')
    throw refusal('already-acknowledged', { who: alarm.acknowledgedBy ?? 'Somebody' });
  refuseUnlessOpen(alarm);
  refuseHeld(alarm);
}

/** Why an alarm is not acknowledged with others that were seen. */
export const UNSEEN = 'This alarm got worse or came again meanwhile. Look at it first.';

/** @throws ProblemError 409 where the alarm got worse or came again after what the person saw of it */
export function refuseUnseen({ transitions }: Alarm, seenSequence: number): void {
  const isNews = ({ event }: AlarmTransition) => event === 'raise' || event === 'escalate' || event === 're-alarm';
  if (transitions.some((step) => step.sequence > seenSequence && isNews(step))) throw new ProblemError(409, UNSEEN);
}

/** @throws ProblemError 409 where a verdict says nothing to the detector, or comes too late */
export function refuseUnlessJudged(alarm: Alarm, verdict: Verdict): void {
  refuseUnlessOpen(alarm);
  // A false alarm is acknowledged by it, which nothing that is held can be; the new normal ends its condition all the same.
  if (verdict === 'false-alarm') refuseHeld(alarm);
  if (!LEARNING_RULES.includes(alarm.rule)) throw refusal('not-learned');
}

function refuseHeld({ holds }: Alarm): void {
  if (holds !== null) throw refusal('alarm-held');
}

function refuseUnlessOpen(alarm: Alarm): void {
  if (alarm.state === 'normal') throw refusal('alarm-over');
}
