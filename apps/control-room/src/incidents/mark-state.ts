import type { AlarmState, Incident } from '@lifeline/contracts';

/** How the mark of an incident is drawn: by what waits for a person; hollow where none of its alarms stands. */
export function markState({ counts }: Pick<Incident, 'counts'>, waiting = counts.unacknowledged): AlarmState {
  if (waiting > 0) return 'unacknowledged';
  return counts.open > 0 ? 'acknowledged' : 'normal';
}
