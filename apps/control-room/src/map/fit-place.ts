import type { Map as MapLibreMap } from 'maplibre-gl';
import { boundsOf, type FindingPlace } from '../why/finding-place.js';

/** Near enough to see the street of a place, with what is around it. */
const CLOSEST_FIT = 16.5;
const ROOM_PX = 90;

export function isInView(map: MapLibreMap, place: FindingPlace): boolean {
  const [west, south, east, north] = boundsOf(place);
  const view = map.getBounds();
  return view.contains([west, south]) && view.contains([east, north]);
}

/** Brings the whole of a place into view. */
export function fitPlace(map: MapLibreMap, place: FindingPlace, motion: { readonly duration: number }): void {
  fitBox(map, boundsOf(place), motion);
}

/** Brings a box of west, south, east, north into view. */
export function fitBox(
  map: MapLibreMap,
  [west, south, east, north]: readonly [number, number, number, number],
  motion: { readonly duration: number },
): void {
  map.fitBounds([west, south, east, north], { padding: ROOM_PX, maxZoom: CLOSEST_FIT, ...motion });
}
