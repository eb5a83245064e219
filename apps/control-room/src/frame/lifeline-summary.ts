import { PRIORITIES, UTILITIES, type LiveHealth, type Priority, type Utility } from '@lifeline/contracts';
import { awaitsAcknowledge, shownState, type StandingAlarm } from '../live/alarm-book.js';

/** One lifeline at a glance. */
export interface LifelineSummary {
  readonly utility: Utility;
  readonly worst: Priority | undefined;
  readonly unacknowledged: number;
  readonly sensors: number | undefined;
  readonly reporting: number | undefined;
}

/**
 * Sums up the four lifelines. Alarms are counted from the list where it is loaded, so that the frame and the list never
 * disagree; until then the server's own counts stand.
 */
export function summarise(
  open: readonly StandingAlarm[],
  alarmsLoaded: boolean,
  health: LiveHealth | undefined,
): LifelineSummary[] {
  return UTILITIES.map((utility) => {
    const told = health?.byUtility[utility];
    const own = open.filter((alarm) => alarm.utility === utility);
    const worst = alarmsLoaded ? own[0]?.priority : PRIORITIES.find((priority) => priority === told?.worst);
    const counted = own.filter((alarm) => awaitsAcknowledge(shownState(alarm))).length;
    return {
      utility,
      worst,
      unacknowledged: alarmsLoaded ? counted : (told?.unacknowledged ?? 0),
      sensors: told?.sensors,
      reporting: told?.reporting,
    };
  });
}

/** Share online in whole per cent, rounded down: 100 is said only where every sensor reports. Undefined without sensors. */
export function shareOnline(reporting: number | undefined, sensors: number | undefined): number | undefined {
  if (sensors === undefined || reporting === undefined || sensors === 0) return undefined;
  return Math.floor((100 * reporting) / sensors);
}
