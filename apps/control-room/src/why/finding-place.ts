import type { AlarmTransition, Evidence, Priority } from '@lifeline/contracts';
import type { Selected } from '../frame/address.js';

/** Where on an asset an alarm says that something is. */
export type FindingPlace = NonNullable<Evidence['location']> & {
  readonly alarmId: string;
  readonly priority: Priority;
};

/** West, south, east, north. */
export type Bounds = readonly [number, number, number, number];

export function placeOf(alarm: Pick<AlarmTransition, 'alarmId' | 'priority' | 'evidence'>): FindingPlace | undefined {
  const location = alarm.evidence?.location;
  return location == null ? undefined : { ...location, alarmId: alarm.alarmId, priority: alarm.priority };
}

/** Places that the open alarms of what is selected name: alarms of the sensor or asset, and those that lie on the asset. */
export function placesOfSelected(
  open: readonly Pick<AlarmTransition, 'alarmId' | 'priority' | 'evidence' | 'sensorId' | 'assetId'>[],
  selected: Selected | undefined,
): FindingPlace[] {
  if (selected === undefined) return [];
  return open.flatMap((alarm) => {
    const place = placeOf(alarm);
    const isOf = [alarm.sensorId, alarm.assetId, place?.assetId].includes(selected.id);
    return isOf && place !== undefined ? [place] : [];
  });
}

/** What must be in view to see the place: its stretch of the line and the point itself. */
export function boundsOf({ position, stretch }: Pick<FindingPlace, 'position' | 'stretch'>): Bounds {
  const points = [position, ...stretch];
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** Metres as a person says them: no finer than the uncertainty makes sensible. */
export function roundedMetres(metres: number, uncertaintyM: number): number {
  const step = uncertaintyM >= 100 ? 10 : uncertaintyM >= 20 ? 5 : 1;
  return Math.round(metres / step) * step;
}
