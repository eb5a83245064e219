import { UTILITIES } from '@lifeline/contracts';
import type { Map as MapLibreMap, MapGeoJSONFeature } from 'maplibre-gl';
import { LAYER } from './city-layers.js';

/** How far beside a thing a click still means it, in pixels. */
const REACH = 5;

export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** What is abnormal under a point of the screen. */
export function abnormalUnder(map: MapLibreMap, point: ScreenPoint): MapGeoJSONFeature | undefined {
  return featureUnder(map, point, [LAYER.abnormal]);
}

/** What of the networks lies under a point of the screen. */
export function networkUnder(map: MapLibreMap, point: ScreenPoint): MapGeoJSONFeature | undefined {
  for (const part of ['points', 'hit']) {
    const found = featureUnder(
      map,
      point,
      UTILITIES.map((utility) => `net-${utility}-${part}`),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function featureUnder(map: MapLibreMap, { x, y }: ScreenPoint, layers: string[]): MapGeoJSONFeature | undefined {
  const around: [[number, number], [number, number]] = [
    [x - REACH, y - REACH],
    [x + REACH, y + REACH],
  ];
  return map.queryRenderedFeatures(around, { layers })[0];
}
