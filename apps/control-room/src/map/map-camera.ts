import type { Map as MapLibreMap } from 'maplibre-gl';
import type { FindingPlace } from '../why/finding-place.js';
import { fitBox, fitPlace } from './fit-place.js';
import type { MapHandle, MapView } from './map-look.js';

/** Moves the map; at once where the person wants no motion. */
export class MapCamera implements MapHandle {
  constructor(private readonly map: MapLibreMap) {}

  goTo(lon: number, lat: number, zoom?: number): void {
    this.map.easeTo({ center: [lon, lat], zoom: Math.max(this.map.getZoom(), zoom ?? 0), ...gently() });
  }

  view(view: MapView): void {
    this.map.easeTo({ center: [view.lng, view.lat], zoom: view.zoom, ...gently() });
  }

  zoomBy(step: number): void {
    this.map.easeTo({ zoom: this.map.getZoom() + step, ...gently() });
  }

  showPlace(place: FindingPlace): void {
    fitPlace(this.map, place, gently());
  }

  /** Moves by shares of what is in view: to the right and down. */
  panBy(right: number, down: number): void {
    const { clientWidth, clientHeight } = this.map.getContainer();
    this.map.panBy([right * clientWidth, down * clientHeight], gently());
  }

  focus(): void {
    this.map.getCanvas().focus({ preventScroll: true });
  }

  /** Brings a box of west, south, east, north into view. */
  showExtent(extent: readonly [number, number, number, number]): void {
    fitBox(this.map, extent, gently());
  }

  /** Moves only where the point is out of view. */
  bringIntoView([lon, lat]: readonly [number, number]): void {
    if (!this.map.getBounds().contains([lon, lat])) this.map.easeTo({ center: [lon, lat], ...gently() });
  }
}

function gently(): { duration: number } {
  return { duration: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 350 };
}
