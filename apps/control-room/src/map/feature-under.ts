import { UTILITIES } from '@lifeline/contracts';
import type { Map as MapLibreMap, MapGeoJSONFeature } from 'maplibre-gl';
import { LAYER } from './city-layers.js';

/** How far beside a thing a click still means it, in pixels. */
const REACH = 5;

/** What lies under a point of the screen: what is abnormal first, then sensors, clusters, and the networks. */
export function featureUnder(
  map: MapLibreMap,
  { x, y }: { readonly x: number; readonly y: number },
): MapGeoJSONFeature | undefined {
  const around: [[number, number], [number, number]] = [
    [x - REACH, y - REACH],
    [x + REACH, y + REACH],
  ];
  const networks = UTILITIES.flatMap((utility) => [`net-${utility}-points`, `net-${utility}-hit`]);
  for (const layers of [[LAYER.abnormal], [LAYER.place], [LAYER.cluster], networks]) {
    const found = map.queryRenderedFeatures(around, { layers });
    if (found[0] !== undefined) return found[0];
  }
  return undefined;
}
