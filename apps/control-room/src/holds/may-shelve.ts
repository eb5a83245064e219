import { MOST_SHELVED, isHeld, type AlarmBehaviour } from '@lifeline/alarms';
import { shownState, type StandingAlarm } from '../live/alarm-book.js';

/** Why an alarm may not be shelved. */
export type ShelveBar = 'over' | 'never' | 'held' | 'tooMany';

/**
 * Says before the server is asked why an alarm may not be shelved; undefined where it may. The desk decides in the end.
 * @param behaviour what its definition says
 * @param shelved how many alarms are shelved now
 */
export function shelveBar(
  alarm: StandingAlarm,
  behaviour: Pick<AlarmBehaviour, 'mayBeShelved'>,
  shelved: number,
): ShelveBar | undefined {
  const state = shownState(alarm);
  if (state === 'normal') return 'over';
  if (isHeld(state)) return 'held';
  if (!behaviour.mayBeShelved) return 'never';
  return shelved >= MOST_SHELVED ? 'tooMany' : undefined;
}
