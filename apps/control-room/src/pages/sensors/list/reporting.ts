import type { LiveSensor } from '@lifeline/contracts';
import { staleAfterMs } from '../../../live/sensor-book.js';

/** Whether a sensor speaks: `never` had a reading, `silent` for longer than its limits allow, or `reporting`. */
export type Reporting = 'never' | 'silent' | 'reporting';

export function reportingOf(
  sensor: Pick<LiveSensor, 'intervalS' | 'limits'>,
  measuredAtMs: number | undefined,
  nowMs: number,
): Reporting {
  if (measuredAtMs === undefined) return 'never';
  return nowMs - measuredAtMs > staleAfterMs(sensor) ? 'silent' : 'reporting';
}
