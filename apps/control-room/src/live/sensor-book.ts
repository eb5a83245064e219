import type { LiveSensor } from '@lifeline/contracts';

/** The sensors the page knows: their places, names and limits. Immutable. */
export interface SensorBook {
  readonly byId: ReadonlyMap<string, LiveSensor>;
  readonly byAsset: ReadonlyMap<string, readonly LiveSensor[]>;
  readonly loading: 'not-yet' | 'loading' | 'done' | 'failed';
}

export const EMPTY_SENSORS: SensorBook = { byId: new Map(), byAsset: new Map(), loading: 'not-yet' };

/** Takes in a page of sensors; those already known are replaced. */
export function withSensors(book: SensorBook, sensors: readonly LiveSensor[]): SensorBook {
  if (sensors.length === 0) return book;
  const byId = new Map(book.byId);
  for (const sensor of sensors) byId.set(sensor.sensorId, sensor);
  return { ...book, byId, byAsset: groupedByAsset(byId.values()) };
}

/** The whole list anew: what is no longer registered goes. */
export function sensorsAnew(sensors: readonly LiveSensor[]): SensorBook {
  return { ...withSensors(EMPTY_SENSORS, sensors), loading: 'done' };
}

function groupedByAsset(sensors: Iterable<LiveSensor>): Map<string, LiveSensor[]> {
  const byAsset = new Map<string, LiveSensor[]>();
  for (const sensor of sensors) {
    if (sensor.assetId === null) continue;
    const group = byAsset.get(sensor.assetId);
    if (group === undefined) byAsset.set(sensor.assetId, [sensor]);
    else group.push(sensor);
  }
  return byAsset;
}

/** Silence in milliseconds after which a sensor counts as stale: its limit, else three intervals, at least a minute. */
export function staleAfterMs(sensor: Pick<LiveSensor, 'intervalS' | 'limits'>): number {
  return 1000 * (sensor.limits.staleAfterS ?? Math.max(60, 3 * sensor.intervalS));
}
