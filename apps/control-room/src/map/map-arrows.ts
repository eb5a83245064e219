import type { Map as MapLibreMap } from 'maplibre-gl';
import { edgeArrows, type EdgeArrow } from './edge-arrows.js';
import type { AbnormalPlace } from './place-features.js';

/** Arrows keep clear of the search above and of the tools to the right. */
const INSETS = { left: 36, top: 62, right: 80, bottom: 20 };

/** The arrows at a map's edges to those places that it does not show. */
export function arrowsOn(map: MapLibreMap, places: readonly AbnormalPlace[]): EdgeArrow[] {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const projected = places.map((place) => ({ ...place, ...map.project([place.lon, place.lat]) }));
  return edgeArrows(projected, { width, height }, INSETS);
}
