import { UTILITIES, type LiveSensor, type Utility } from '@lifeline/contracts';
import type { Point } from 'geojson';
import { Map as MapLibreMap, type GeoJSONSource, type MapMouseEvent, type StyleSpecification } from 'maplibre-gl';
import type { StandingAlarm } from '../live/alarm-book.js';
import { Cell } from '../live/cell.js';
import type { Bbox } from '../live/subscription.js';
import type { ValueBook } from '../live/value-book.js';
import { baseStyle, nameLayers } from './base-style.js';
import { NOTHING, VALUES_FROM, citySources, networkLayers, sensorLayers } from './city-layers.js';
import { drawChosen, showNetworks } from './network-marks.js';
import { edgeArrows, type EdgeArrow } from './edge-arrows.js';
import { featureUnder } from './feature-under.js';
import type { CityMapEvents, Look, MapView } from './map-look.js';
import type { FindingPlace } from '../why/finding-place.js';
import { readyMapLibre } from './maplibre.js';
import { abnormalFeatures, placeFeatures, placesOf, type SensorPlace } from './place-features.js';
import { fitPlace, isInView } from './fit-place.js';
import { findingFeatures, type LabelledPlace } from './finding-features.js';
import { findingLayers } from './finding-layers.js';
import { glyphs } from './sdf-glyphs.js';
import { valueLabels } from './value-labels.js';

/** The map takes new data at most twice a second. */
const REDRAW_MS = 500;
/** Arrows keep clear of the search above and of the tools to the right. */
const ARROW_INSETS = { left: 36, top: 62, right: 80, bottom: 20 };

/** The map as a thing with a life: holds what is to be drawn, and draws it in batches. `stop()` ends it. */
export class CityMap {
  readonly arrows = new Cell<readonly EdgeArrow[]>([]);
  /** What is in view, where live values are shown; undefined where the map is too far away for them. */
  readonly valuesBox = new Cell<Bbox | undefined>(undefined);
  readonly counts = new Cell({ sensors: 0, abnormal: 0 });

  private readonly map: MapLibreMap;
  private places: readonly SensorPlace[] = [];
  private sensors: ReadonlyMap<string, LiveSensor> = new Map();
  private open: readonly StandingAlarm[] = [];
  private worst: ReadonlyMap<string, StandingAlarm> = new Map();
  private abnormal: ReturnType<typeof abnormalFeatures> = { type: 'FeatureCollection', features: [] };
  private chosen: { readonly id: string; readonly point: readonly [number, number] | undefined } | undefined;
  private findings: readonly LabelledPlace[] = [];
  private live: 'live' | 'stopped' = 'live';
  private hidden: ReadonlySet<Utility> = new Set();
  private dirty = { places: false, abnormal: false, values: false };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private styled = false;
  /** Live values wait until the map stands: moving numbers from the first moment would never let it come to rest. */
  private settled = false;
  private readonly stopWatching: () => void;

  /** Throws where the browser gives no WebGL. */
  constructor(
    container: HTMLElement,
    private look: Look,
    view: MapView,
    private readonly values: ValueBook,
    private readonly events: CityMapEvents,
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
      touchPitch: false,
      fadeDuration: 0,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.on('style.load', () => this.install());
    this.map.once('idle', () => {
      this.settled = true;
      events.onLoaded();
      this.later('values');
    });
    this.map.on('error', ({ error }) => {
      if (/map\/(land|water|districts|roads|places)\.geojson/.test(String(error))) events.onBaseFailed();
    });
    this.map.on('move', () => this.point());
    this.map.on('moveend', () => this.moved());
    this.map.on('resize', () => this.point());
    this.map.on('click', (event) => void this.click(event));
    this.map.on('mousemove', (event) => {
      this.map.getCanvas().style.cursor = this.under(event) === undefined ? '' : 'pointer';
    });
    this.stopWatching = values.watchBatches(() => this.later('values'));
  }

  stop(): void {
    this.stopWatching();
    clearTimeout(this.timer);
    this.map.remove();
  }

  /** Day or night, language, base map. */
  setLook(look: Look): void {
    if (
      look.palette === this.look.palette &&
      look.language === this.look.language &&
      look.basemap === this.look.basemap
    )
      return;
    this.look = look;
    this.styled = false;
    this.map.setStyle(this.style(), { diff: false });
  }

  setSensors(sensors: ReadonlyMap<string, LiveSensor>): void {
    if (sensors === this.sensors) return;
    this.sensors = sensors;
    this.places = placesOf(sensors.values());
    this.later('places', 'abnormal', 'values');
  }

  setAlarms(open: readonly StandingAlarm[], worst: ReadonlyMap<string, StandingAlarm>): void {
    if (open === this.open) return;
    this.open = open;
    this.worst = worst;
    this.later('places', 'abnormal');
  }

  setTrust(live: 'live' | 'stopped'): void {
    if (live === this.live) return;
    this.live = live;
    this.later('values');
  }

  setHidden(hidden: ReadonlySet<Utility>): void {
    this.hidden = hidden;
    if (this.styled) showNetworks(this.map, this.hidden);
    this.later('places');
  }

  /** Marks what is selected; it is brought into view where it is not. */
  setSelected(id: string | undefined, point: readonly [number, number] | undefined): void {
    const before = this.chosen;
    this.chosen = id === undefined ? undefined : { id, point };
    if (this.styled) this.drawSelected();
    const moved = id !== before?.id || (before?.point === undefined && point !== undefined);
    if (point === undefined || !moved) return;
    if (!this.map.getBounds().contains([point[0], point[1]]))
      this.map.easeTo({ center: [point[0], point[1]], ...this.gently() });
  }

  /** Marks where the alarms of what is selected point to; a new place is brought into view where it is not. */
  setFindings(findings: readonly LabelledPlace[]): void {
    const [first] = findings;
    const isNew = first !== undefined && this.findings.every(({ alarmId }) => alarmId !== first.alarmId);
    this.findings = findings;
    if (this.styled) this.source('finding').setData(findingFeatures(findings));
    if (isNew && !isInView(this.map, first)) this.showPlace(first);
  }

  showPlace(place: FindingPlace): void {
    fitPlace(this.map, place, this.gently());
  }

  goTo(lon: number, lat: number, zoom?: number): void {
    this.map.easeTo({ center: [lon, lat], zoom: Math.max(this.map.getZoom(), zoom ?? 0), ...this.gently() });
  }

  view(view: MapView): void {
    this.map.easeTo({ center: [view.lng, view.lat], zoom: view.zoom, ...this.gently() });
  }

  zoomBy(step: number): void {
    this.map.easeTo({ zoom: this.map.getZoom() + step, ...this.gently() });
  }

  private gently(): { duration: number } {
    return { duration: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 350 };
  }

  private style(): StyleSpecification {
    const base = baseStyle(this.look);
    const networks = UTILITIES.flatMap((utility) => networkLayers(utility, this.look.palette));
    return {
      ...base,
      sources: { ...base.sources, ...citySources() },
      layers: [
        ...base.layers,
        ...networks,
        ...nameLayers(this.look),
        ...findingLayers(this.look.palette),
        ...sensorLayers(this.look.palette),
      ],
    };
  }

  private install(): void {
    for (const [name, image] of glyphs()) {
      if (!this.map.hasImage(name)) this.map.addImage(name, image, { sdf: true, pixelRatio: 2 });
    }
    this.styled = true;
    this.dirty = { places: true, abnormal: true, values: true };
    this.draw();
    this.drawSelected();
    this.source('finding').setData(findingFeatures(this.findings));
    showNetworks(this.map, this.hidden);
    this.moved();
  }

  private later(...parts: (keyof CityMap['dirty'])[]): void {
    for (const part of parts) this.dirty[part] = true;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.draw();
    }, REDRAW_MS);
  }

  private draw(): void {
    if (!this.styled) return;
    const { dirty } = this;
    this.dirty = { places: false, abnormal: false, values: false };
    if (dirty.places) {
      const shown = this.places.filter((place) => !this.hidden.has(place.sensors[0]!.utility));
      this.source('sensor-places').setData(placeFeatures(shown, this.worst));
    }
    if (dirty.abnormal) {
      this.abnormal = abnormalFeatures(this.open, this.sensors);
      this.source('abnormal').setData(this.abnormal);
      this.point();
    }
    if (dirty.places || dirty.abnormal) {
      this.counts.set({ sensors: this.sensors.size, abnormal: this.worst.size });
    }
    if (dirty.values && this.settled) this.drawValues();
  }

  private drawValues(): void {
    const box = this.valuesBox.get();
    const labels = box === undefined ? NOTHING : valueLabels(this.places, box, this.values, this.live);
    this.source('values').setData(labels);
  }

  private drawSelected(): void {
    drawChosen(this.map, this.look.palette, this.chosen);
    const { point } = this.chosen ?? {};
    if (point === undefined) {
      this.source('selected').setData(NOTHING);
      return;
    }
    const geometry: Point = { type: 'Point', coordinates: [...point] };
    this.source('selected').setData({ type: 'Feature', geometry, properties: {} });
  }

  private moved(): void {
    const { lng, lat } = this.map.getCenter();
    const zoom = this.map.getZoom();
    const bounds = this.map.getBounds();
    const box: Bbox = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    this.valuesBox.set(zoom >= VALUES_FROM ? box : undefined);
    this.later('values');
    this.point();
    this.events.onMove({ lng, lat, zoom });
  }

  /** Points from the edges to what is abnormal and out of view. */
  private point(): void {
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const announced = this.abnormal.features.filter(({ properties }) => !properties.held);
    const projected = announced.map(({ geometry, properties }) => {
      const [lon, lat] = geometry.coordinates as [number, number];
      const { x, y } = this.map.project([lon, lat]);
      return { x, y, lon, lat, severity: properties.severity, priority: properties.priority };
    });
    const arrows = edgeArrows(projected, { width, height }, ARROW_INSETS);
    if (arrows.length > 0 || this.arrows.get().length > 0) this.arrows.set(arrows);
  }

  private async click(event: MapMouseEvent): Promise<void> {
    const feature = this.under(event);
    if (feature === undefined) return;
    const clusterId: unknown = feature.properties['cluster_id'];
    if (typeof clusterId === 'number' && feature.geometry.type === 'Point') {
      const zoom = await this.source('sensor-places').getClusterExpansionZoom(clusterId);
      const [lon, lat] = feature.geometry.coordinates as [number, number];
      this.map.easeTo({ center: [lon, lat], zoom: zoom + 0.2, ...this.gently() });
      return;
    }
    const id: unknown = feature.properties['sel'] ?? feature.properties['assetId'];
    if (typeof id === 'string') this.events.onSelect(id);
  }

  private under({ point }: MapMouseEvent) {
    return this.styled ? featureUnder(this.map, point) : undefined;
  }

  private source(name: string): GeoJSONSource {
    const source = this.map.getSource<GeoJSONSource>(name);
    if (source === undefined) throw new Error(`the map's style has no source ${name}`);
    return source;
  }
}
