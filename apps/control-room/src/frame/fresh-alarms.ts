import type { StandingAlarm } from '../live/alarm-book.js';

/** Alarms already told, each with the priority it was told at. */
export type Told = ReadonlyMap<string, string>;

/** What is worth interrupting a listener for. */
const LOUD = new Set<string>(['red', 'orange']);

/**
 * Red and orange alarms that wait for a person and were not told yet at their priority, worst first as `open` is, with what is
 * then told. Alarms that are over leave the book.
 */
export function freshAlarms(
  open: readonly StandingAlarm[],
  told: Told,
): { readonly fresh: readonly StandingAlarm[]; readonly told: Told } {
  const fresh: StandingAlarm[] = [];
  const now = new Map<string, string>();
  for (const alarm of open) {
    if (!LOUD.has(alarm.priority)) continue;
    now.set(alarm.alarmId, alarm.priority);
    if (alarm.state === 'unacknowledged' && told.get(alarm.alarmId) !== alarm.priority) fresh.push(alarm);
  }
  return { fresh, told: now };
}
