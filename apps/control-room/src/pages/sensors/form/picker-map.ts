import type { Utility } from '@lifeline/contracts';
import { Map as MapLibreMap, Marker, NavigationControl, type StyleSpecification } from 'maplibre-gl';
import { baseStyle, nameLayers, type BaseChoice } from '../../../map/base-style.js';
import { networkLayers, networkSource } from '../../../map/city-layers.js';
import { readyMapLibre } from '../../../map/maplibre.js';
import type { Palette } from '../../../theme/palette.js';

export interface PickerLook extends BaseChoice {
  readonly palette: Palette;
  readonly utility: Utility;
}

/** A sensor's mark: its number in the form, and where it is. */
export interface PickerMark {
  readonly key: string;
  readonly label: string;
  readonly lon: number;
  readonly lat: number;
}

interface PickerView {
  readonly lng: number;
  readonly lat: number;
  readonly zoom: number;
}

/** Near enough to tell the two sides of a street. */
const CLOSE_ZOOM = 14;

/** A small map on which places are set by click or drag. `stop()` ends it. */
export class PickerMap {
  private readonly map: MapLibreMap;
  private readonly marks = new Map<string, Marker>();

  /** Throws where the browser gives no WebGL. */
  constructor(
    container: HTMLElement,
    private look: PickerLook,
    view: PickerView,
    private readonly onPick: (key: string | undefined, lon: number, lat: number) => void,
  ) {
    readyMapLibre();
    this.map = new MapLibreMap({
      container,
      style: this.style(),
      center: [view.lng, view.lat],
      zoom: view.zoom,
      attributionControl: { compact: true },
      dragRotate: false,
      pitchWithRotate: false,
      maxPitch: 0,
      fadeDuration: 0,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    this.map.getCanvas().style.cursor = 'crosshair';
    this.map.on('click', ({ lngLat }) => this.onPick(undefined, ...rounded(lngLat)));
  }

  stop(): void {
    this.map.remove();
  }

  setLook(look: PickerLook): void {
    if (
      look.palette === this.look.palette &&
      look.language === this.look.language &&
      look.utility === this.look.utility
    )
      return;
    this.look = look;
    this.map.setStyle(this.style(), { diff: false });
  }

  /** Draws the marks; the active one stands out and is brought into view where it is not. */
  setMarks(marks: readonly PickerMark[], activeKey: string | undefined): void {
    const keys = new Set(marks.map(({ key }) => key));
    for (const [key, marker] of this.marks) {
      if (keys.has(key)) continue;
      marker.remove();
      this.marks.delete(key);
    }
    for (const mark of marks) this.place(mark, mark.key === activeKey);
  }

  private place({ key, label, lon, lat }: PickerMark, active: boolean): void {
    let marker = this.marks.get(key);
    const known = marker !== undefined;
    if (marker === undefined) {
      const element = document.createElement('div');
      element.className = 'place-mark';
      const made = new Marker({ element, draggable: true, anchor: 'center' });
      made.on('dragend', () => this.onPick(key, ...rounded(made.getLngLat())));
      this.marks.set(key, made);
      marker = made;
    }
    const before = known ? marker.getLngLat() : undefined;
    marker.setLngLat([lon, lat]);
    if (!known) marker.addTo(this.map);
    const element = marker.getElement();
    element.textContent = label;
    element.dataset['active'] = String(active);
    if (!active || (before?.lng === lon && before.lat === lat) || this.map.getBounds().contains([lon, lat])) return;
    this.map.jumpTo({ center: [lon, lat], zoom: Math.max(this.map.getZoom(), CLOSE_ZOOM) });
  }

  private style(): StyleSpecification {
    const { utility, palette } = this.look;
    const style = baseStyle(this.look);
    const lines = networkLayers(utility, palette).filter(({ id, type }) => type === 'line' && !id.endsWith('-hit'));
    return {
      ...style,
      sources: { ...style.sources, [`net-${utility}`]: networkSource(utility) },
      layers: [...style.layers, ...lines, ...nameLayers(this.look)],
    };
  }
}

/** Five decimals of a degree are about a metre. */
function rounded({ lng, lat }: { readonly lng: number; readonly lat: number }): [number, number] {
  return [Number(lng.toFixed(5)), Number(lat.toFixed(5))];
}
