import type { AlarmDefinition, AlarmTransition } from '@lifeline/contracts';
import type { AlarmBehaviour } from './port.js';

const PLAIN: AlarmBehaviour = { latches: false, reAlarmMs: null, mayBeShelved: true };
const NEVER_SHELVED: AlarmBehaviour = { ...PLAIN, mayBeShelved: false };

/** Where the master alarm database says nothing: level 1 of gas and bridges is never shelved (domain defaults 8.1, [P]). */
export function defaultBehaviour({ priority, utility }: AlarmTransition): AlarmBehaviour {
  return priority === 'red' && (utility === 'gas' || utility === 'bridge') ? NEVER_SHELVED : PLAIN;
}

/** How an alarm behaves by its definition in the master alarm database; what the default never shelves stays so. */
export function behaviourBy(
  definition: Pick<AlarmDefinition, 'latches' | 'reAlarmMinutes' | 'mayBeShelved'> | undefined,
  alarm: AlarmTransition,
): AlarmBehaviour {
  const otherwise = defaultBehaviour(alarm);
  if (!definition) return otherwise;
  const { latches, reAlarmMinutes, mayBeShelved } = definition;
  return {
    latches,
    reAlarmMs: reAlarmMinutes === null ? null : reAlarmMinutes * 60_000,
    mayBeShelved: mayBeShelved && otherwise.mayBeShelved,
  };
}
