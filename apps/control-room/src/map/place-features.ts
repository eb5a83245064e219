import { isHeld } from '@lifeline/alarms';
import type { LiveSensor, Priority } from '@lifeline/contracts';
import type { Feature, FeatureCollection, Point } from 'geojson';
import {
  announcedOf,
  awaitsAcknowledge,
  heldOf,
  priorityNumber,
  shownState,
  type StandingAlarm,
} from '../live/alarm-book.js';

export interface AbnormalProperties {
  readonly sel: string;
  readonly priority: Priority;
  readonly number: string;
  readonly severity: number;
  readonly waits: boolean;
  readonly hollow: boolean;
  /** Shelved, suppressed or out of service: a dim mark that calls nobody. */
  readonly held: boolean;
  readonly name: string;
}

/** Sensors that stand at one point: those of one device, or of one manhole. */
export interface SensorPlace {
  readonly lon: number;
  readonly lat: number;
  readonly sensors: readonly LiveSensor[];
}

export function severityOf(priority: Priority): number {
  return 5 - priorityNumber(priority);
}

/**
 * The worst open alarm of each place, for the source that is drawn above all and never clusters. An alarm stands where it
 * says, else where its sensor stands; one that has neither place is in the list alone.
 */
export function abnormalFeatures(
  open: readonly StandingAlarm[],
  placeOf: (sensorId: string) => { readonly lon: number; readonly lat: number } | undefined,
): FeatureCollection<Point, AbnormalProperties> {
  const byPlace = new Map<string, Feature<Point, AbnormalProperties>>();
  // What is announced stands before what is held, of which the map must not shout.
  for (const alarm of [...announcedOf(open), ...heldOf(open)]) {
    const place = alarm.position ?? placeOf(alarm.sensorId);
    if (place === undefined) continue;
    const key = `${place.lon.toFixed(5)} ${place.lat.toFixed(5)}`;
    // Worst first: the first at a place stands for it.
    if (byPlace.has(key)) continue;
    const state = shownState(alarm);
    byPlace.set(
      key,
      pointAt(place.lon, place.lat, {
        sel: alarm.sensorId,
        priority: alarm.priority,
        number: String(priorityNumber(alarm.priority)),
        severity: isHeld(state) ? 0 : severityOf(alarm.priority),
        waits: awaitsAcknowledge(state),
        hollow: isHeld(state) || state === 'returned-unacknowledged' || state === 'normal',
        held: isHeld(state),
        name: alarm.sensorName,
      }),
    );
  }
  return { type: 'FeatureCollection', features: [...byPlace.values()] };
}

/** Where an announced alarm stands. */
export interface AbnormalPlace {
  readonly lon: number;
  readonly lat: number;
  readonly severity: number;
  readonly priority: Priority;
}

/** The places of what is announced: what is held calls nobody. */
export function announcedPlaces({ features }: ReturnType<typeof abnormalFeatures>): AbnormalPlace[] {
  return features
    .filter(({ properties }) => !properties.held)
    .map(({ geometry, properties: { severity, priority } }) => {
      const [lon, lat] = geometry.coordinates as [number, number];
      return { lon, lat, severity, priority };
    });
}

/** A point with nothing to say: the mark of what is selected. */
export function featureAt([lon, lat]: readonly [number, number]): Feature<Point, object> {
  return pointAt(lon, lat, {});
}

function pointAt<Properties>(lon: number, lat: number, properties: Properties): Feature<Point, Properties> {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties };
}
