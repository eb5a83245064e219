import { metresBetween } from '@lifeline/incidents';
import type { StandingAlarm } from '../../live/alarm-book.js';

/** As far as an operator would think of the same cause ([P]). */
const NEAR_M = 500;
const MOST_OFFERED = 12;

export interface NearbyAlarm {
  readonly alarm: StandingAlarm;
  readonly isOnSameAsset: boolean;
  /** Null where one of the two has no place. */
  readonly metres: number | null;
}

/** Standing alarms in no incident that may have the same cause: those on the same asset first, then the nearest. */
export function nearbyAlarms(
  alarm: StandingAlarm,
  announced: readonly StandingAlarm[],
  isInIncident: (alarmId: string) => boolean,
): readonly NearbyAlarm[] {
  return announced
    .filter((other) => other.alarmId !== alarm.alarmId && !isInIncident(other.alarmId))
    .map((other) => ({
      alarm: other,
      isOnSameAsset: other.assetId !== null && other.assetId === alarm.assetId,
      metres: alarm.position && other.position ? Math.round(metresBetween(alarm.position, other.position)) : null,
    }))
    .filter(({ isOnSameAsset, metres }) => isOnSameAsset || (metres !== null && metres <= NEAR_M))
    .sort(
      (a, b) =>
        Number(b.isOnSameAsset) - Number(a.isOnSameAsset) ||
        (a.metres ?? Infinity) - (b.metres ?? Infinity) ||
        (a.alarm.alarmId < b.alarm.alarmId ? -1 : 1),
    )
    .slice(0, MOST_OFFERED);
}
