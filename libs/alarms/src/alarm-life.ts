import type { Alarm, AlarmTransition } from '@lifeline/contracts';

/**
 * The alarm as it stands, from its transitions (any order, at least one): the newest, with who acknowledged or judged what is standing now, and
 * when the condition cleared. An acknowledgement falls when the alarm wants one again (an escalation); a clearing falls when the condition is back.
 */
export function alarmOf(transitions: readonly AlarmTransition[]): Alarm {
  const life = [...transitions].sort((a, b) => a.sequence - b.sequence);
  const newest = life.at(-1);
  if (!newest) throw new RangeError('an alarm has at least one transition');
  let acknowledgedBy: string | null = null;
  let acknowledgedAtMs: number | null = null;
  let clearedAtMs: number | null = null;
  for (const { event, state, actor, atMs } of life) {
    const byPerson = event === 'acknowledge' || event === 'new-normal' || event === 'false-alarm';
    if (byPerson) {
      acknowledgedBy = actor;
      acknowledgedAtMs = atMs;
    } else if (state === 'unacknowledged') {
      acknowledgedBy = null;
      acknowledgedAtMs = null;
    }
    if (event === 'clear' || (event === 'new-normal' && clearedAtMs === null)) clearedAtMs = atMs;
    else if (event === 'raise' || state === 'unacknowledged' || (state === 'acknowledged' && !byPerson))
      clearedAtMs = null;
  }
  return { ...newest, acknowledgedBy, acknowledgedAtMs, clearedAtMs, transitions: life };
}

/**
 * The alarm as it stood at a moment: of its transitions up to then the newest in sequence, with what had happened by then. Undefined
 * where it had not been raised yet.
 */
export function alarmAt(transitions: readonly AlarmTransition[], atMs: number): Alarm | undefined {
  const until = transitions.filter((transition) => transition.atMs <= atMs);
  return until.length === 0 ? undefined : alarmOf(until);
}
