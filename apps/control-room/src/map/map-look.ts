import type { FindingPlace } from '../why/finding-place.js';
import type { Palette } from '../theme/palette.js';
import type { BaseChoice } from './base-style.js';

export interface MapView {
  readonly lng: number;
  readonly lat: number;
  readonly zoom: number;
}

export interface Look extends BaseChoice {
  readonly palette: Palette;
}

export interface CityMapEvents {
  onMove(view: MapView): void;
  onSelect(id: string): void;
  onLoaded(): void;
  onBaseFailed(): void;
}

/** What other parts of the page may ask of the map. */
export interface MapHandle {
  goTo(lon: number, lat: number, zoom?: number): void;
  /** Brings a box of west, south, east, north into view. */
  showExtent(extent: readonly [number, number, number, number]): void;
  /** Gives the map the keys. */
  focus(): void;
  /** Brings the whole of a place on a line into view. */
  showPlace(place: FindingPlace): void;
}
