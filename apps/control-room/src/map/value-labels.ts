import type { FeatureCollection, Point } from 'geojson';
import type { ValueBook } from '../live/value-book.js';
import { withUnit } from '../words/numbers.js';
import type { SensorPlace } from './place-features.js';

interface ValueProperties {
  readonly text: string;
  readonly trusted: boolean;
}

/** Values of one place that are written under each other; the drawer shows the others. */
const MOST_LINES = 3;

/** Live values beside the places. `trusted` is false where the newest reading is bad, or nothing is live. */
export function valueLabels(
  places: readonly SensorPlace[],
  values: ValueBook,
  live: 'live' | 'stopped',
): FeatureCollection<Point, ValueProperties> {
  const features: FeatureCollection<Point, ValueProperties>['features'] = [];
  for (const { lon, lat, sensors } of places) {
    const lines: string[] = [];
    let trusted = live === 'live';
    for (const sensor of sensors) {
      const value = values.get(sensor.sensorId);
      if (value === undefined) continue;
      if (value.quality === 'bad') trusted = false;
      if (lines.length < MOST_LINES) lines.push(withUnit(value.value, sensor.unit, sensor));
    }
    if (lines.length === 0) continue;
    features.push({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { text: lines.join('\n'), trusted },
    });
  }
  return { type: 'FeatureCollection', features };
}
