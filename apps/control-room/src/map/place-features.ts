import { isHeld } from '@lifeline/alarms';
import type { LiveSensor, Priority, Utility } from '@lifeline/contracts';
import type { Feature, FeatureCollection, Point } from 'geojson';
import {
  announcedOf,
  awaitsAcknowledge,
  heldOf,
  priorityNumber,
  shownState,
  type StandingAlarm,
} from '../live/alarm-book.js';

/** What a place on the map carries. One place may hold many sensors: those of one device, or of one manhole. */
export interface PlaceProperties {
  /** What a click selects: the asset where all sensors are of one, else the first sensor. */
  readonly sel: string;
  readonly utility: Utility;
  readonly sensors: number;
  readonly abnormal: number;
  /** 0 normal, then 1 for blue to 4 for red, so that the largest is the worst. */
  readonly severity: number;
  readonly stale: boolean;
}

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

export interface SensorPlace {
  readonly key: string;
  readonly lon: number;
  readonly lat: number;
  readonly sensors: readonly LiveSensor[];
}

export function severityOf(priority: Priority): number {
  return 5 - priorityNumber(priority);
}

/** Sensors that stand at the same point, together. */
export function placesOf(sensors: Iterable<LiveSensor>): SensorPlace[] {
  const places = new Map<string, { key: string; lon: number; lat: number; sensors: LiveSensor[] }>();
  for (const sensor of sensors) {
    const key = `${sensor.lon.toFixed(5)} ${sensor.lat.toFixed(5)} ${sensor.utility}`;
    const place = places.get(key);
    if (place === undefined) places.set(key, { key, lon: sensor.lon, lat: sensor.lat, sensors: [sensor] });
    else place.sensors.push(sensor);
  }
  return [...places.values()];
}

/** All places, for the source that clusters. */
export function placeFeatures(
  places: readonly SensorPlace[],
  worst: ReadonlyMap<string, StandingAlarm>,
): FeatureCollection<Point, PlaceProperties> {
  return {
    type: 'FeatureCollection',
    features: places.map(({ lon, lat, sensors }) => {
      const first = sensors[0]!;
      let severity = 0;
      let abnormal = 0;
      let stale = 0;
      for (const sensor of sensors) {
        const alarm = worst.get(sensor.sensorId);
        if (sensor.stale) stale++;
        if (alarm === undefined) continue;
        abnormal++;
        severity = Math.max(severity, severityOf(alarm.priority));
      }
      const ofOneAsset = sensors.length > 1 && sensors.every((sensor) => sensor.assetId === first.assetId);
      const sel = ofOneAsset && first.assetId !== null ? first.assetId : first.sensorId;
      const { utility } = first;
      return pointAt(lon, lat, {
        sel,
        utility,
        sensors: sensors.length,
        abnormal,
        severity,
        stale: stale === sensors.length,
      });
    }),
  };
}

/**
 * The worst open alarm of each place, for the source that is drawn above all and never clusters. An alarm stands where it
 * says, else where its sensor stands; one that has neither place is in the list alone.
 */
export function abnormalFeatures(
  open: readonly StandingAlarm[],
  sensors: ReadonlyMap<string, LiveSensor>,
): FeatureCollection<Point, AbnormalProperties> {
  const byPlace = new Map<string, Feature<Point, AbnormalProperties>>();
  // What is announced stands before what is held, of which the map must not shout.
  for (const alarm of [...announcedOf(open), ...heldOf(open)]) {
    const place = alarm.position ?? sensors.get(alarm.sensorId);
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

function pointAt<Properties>(lon: number, lat: number, properties: Properties): Feature<Point, Properties> {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties };
}
