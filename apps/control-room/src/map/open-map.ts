import { Map as MapLibreMap, type StyleSpecification } from 'maplibre-gl';
import type { MapView } from './map-look.js';
import { readyMapLibre } from './maplibre.js';

/** Opens a map that stays flat and north up, moved by pointer, touch and keys. Throws where the browser gives no WebGL. */
export function openMap(container: HTMLElement, style: StyleSpecification, view: MapView): MapLibreMap {
  readyMapLibre();
  const map = new MapLibreMap({
    container,
    style,
    center: [view.lng, view.lat],
    zoom: view.zoom,
    attributionControl: { compact: true },
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    touchPitch: false,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  return map;
}
