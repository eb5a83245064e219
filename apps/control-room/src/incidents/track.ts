import type { IncidentAct } from '@lifeline/contracts';
import type { StandingAlarm } from '../live/alarm-book.js';

/** One line of what happened in an incident. */
export type TrackItem =
  | { readonly kind: 'alarm'; readonly atMs: number; readonly alarm: StandingAlarm }
  | { readonly kind: 'act'; readonly atMs: number; readonly act: IncidentAct };

/** Alarms and acts by time, but the alarm that began it before all; of one moment the alarms before the acts. */
export function trackOf(
  firstOut: string,
  alarms: readonly StandingAlarm[],
  acts: readonly IncidentAct[],
): readonly TrackItem[] {
  const isFirst = (item: TrackItem): boolean => item.kind === 'alarm' && item.alarm.alarmId === firstOut;
  return [
    ...alarms.map((alarm): TrackItem => ({ kind: 'alarm', atMs: alarm.raisedAtMs, alarm })),
    ...acts.map((act): TrackItem => ({ kind: 'act', atMs: act.atMs, act })),
  ].sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)) || a.atMs - b.atMs || (a.kind < b.kind ? 1 : -1));
}
