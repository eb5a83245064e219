import type { AlarmEvent, AlarmState } from '@lifeline/contracts';

/**
 * The alarm's life (ISA-18.2 / IEC 62682, states A to D; domain defaults 8.1). What is not in a row does not move the state.
 * A verdict acknowledges as well: who judged an alarm has seen it; the new normal is no condition any more.
 * A condition that is true again on D goes back to B as the same alarm; after A it is a new alarm.
 */
export const NEXT_STATE: Readonly<Record<AlarmState, Partial<Record<AlarmEvent, AlarmState>>>> = {
  normal: { raise: 'unacknowledged' },
  unacknowledged: {
    'new-normal': 'normal',
    'false-alarm': 'acknowledged',
    acknowledge: 'acknowledged',
    clear: 'returned-unacknowledged',
    escalate: 'unacknowledged',
  },
  acknowledged: {
    clear: 'normal',
    escalate: 'unacknowledged',
    'new-normal': 'normal',
    'false-alarm': 'acknowledged',
  },
  'returned-unacknowledged': {
    acknowledge: 'normal',
    raise: 'unacknowledged',
    'new-normal': 'normal',
    'false-alarm': 'normal',
  },
};

/** Whether the condition behind the alarm is true. */
export function isActive(state: AlarmState): boolean {
  return state === 'unacknowledged' || state === 'acknowledged';
}
