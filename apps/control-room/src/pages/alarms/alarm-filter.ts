import type { Alarm, AlarmState, Priority, Utility } from '@lifeline/contracts';
import type { StandingAlarm } from '../../live/alarm-book.js';

/** What the alarms page is narrowed to; undefined narrows nothing. */
export interface AlarmFilter {
  readonly state: AlarmState | undefined;
  readonly priority: Priority | undefined;
  readonly utility: Utility | undefined;
  readonly text: string | undefined;
}

/**
 * True where the alarm is of the chosen state, priority and lifeline, and every word of the text is in its names or its reason.
 * `shownName` is the name as the page shows it in its language.
 */
export function passes(
  alarm: Alarm,
  { state, priority, utility, text }: AlarmFilter,
  shownName = alarm.sensorName,
): boolean {
  if (state !== undefined && alarm.state !== state) return false;
  if (priority !== undefined && alarm.priority !== priority) return false;
  if (utility !== undefined && alarm.utility !== utility) return false;
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { sensorName, sensorId, assetId, reason } = alarm;
  const said = [sensorName, shownName, sensorId, assetId ?? '', reason.en, reason.zh].join('\n').toLowerCase();
  return words.every((word) => said.includes(word));
}

/**
 * The list as REST gave it, with what the live events have told since. An alarm raised after the list was read is not in it: the
 * list is read again for that.
 */
export function withLiveStates(alarms: readonly Alarm[], live: ReadonlyMap<string, StandingAlarm>): Alarm[] {
  return alarms.map((alarm) => {
    const newer = live.get(alarm.alarmId);
    if (newer === undefined || newer.sequence <= alarm.sequence) return alarm;
    const { asked: _asked, heldBy: _heldBy, ...transition } = newer;
    return {
      ...alarm,
      ...transition,
      acknowledgedBy: isByPerson(newer) ? newer.actor : alarm.acknowledgedBy,
      acknowledgedAtMs: isByPerson(newer) ? newer.atMs : alarm.acknowledgedAtMs,
      clearedAtMs: newer.event === 'clear' || newer.event === 'new-normal' ? newer.atMs : alarm.clearedAtMs,
      transitions: [...alarm.transitions, transition],
    };
  });
}

/** Who judges an alarm has seen it, which acknowledges it. */
function isByPerson({ event }: StandingAlarm): boolean {
  return event === 'acknowledge' || event === 'new-normal' || event === 'false-alarm';
}
