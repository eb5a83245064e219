import { degrees, type LiveSensor, type MapSensors, type RiskArea, type Utility } from '@lifeline/contracts';
import type { GeoJSONSource, Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import type { StandingAlarm } from '../live/alarm-book.js';
import { Cell } from '../live/cell.js';
import type { Bbox } from '../live/subscription.js';
import type { ValueBook } from '../live/value-book.js';
import { LAYER, NOTHING, VALUES_FROM } from './city-layers.js';
import { cityStyle } from './city-style.js';
import { drawChosen, showNetworks } from './network-marks.js';
import type { EdgeArrow } from './edge-arrows.js';
import { arrowsOn } from './map-arrows.js';
import { MapCamera } from './map-camera.js';
import type { CityMapEvents, Look, MapView } from './map-look.js';
import { NOTHING_IN_VIEW, inView, type InView } from './in-view.js';
import { meaningUnder } from './meaning-under.js';
import { openMap } from './open-map.js';
import { abnormalFeatures, announcedPlaces, featureAt, severityOf, type AbnormalPlace } from './place-features.js';
import { SensorDrawing } from './sensor-drawing.js';
import type { SensorChanges } from './sensor-field.js';
import { isInView } from './fit-place.js';
import { findingFeatures, type LabelledPlace } from './finding-features.js';
import { RiskDrawing } from './risk-layer.js';
import { glyphs } from './sdf-glyphs.js';
import { valueLabels } from './value-labels.js';

/** The map takes new data at most twice a second. */
const REDRAW_MS = 500;

/** The map as a thing with a life: holds what is to be drawn, and draws it in batches. `stop()` ends it. */
export class CityMap {
  readonly arrows = new Cell<readonly EdgeArrow[]>([]);
  /** What is in view, where live values are shown; undefined where the map is too far away for them. */
  readonly valuesBox = new Cell<Bbox | undefined>(undefined);
  /** What is in view at any zoom. */
  readonly viewBox = new Cell<Bbox | undefined>(undefined);
  readonly counts = new Cell({ sensors: 0, abnormal: 0 });
  /** Where announced alarms stand. */
  readonly abnormalPlaces = new Cell<readonly AbnormalPlace[]>([]);
  /** The risk area under the pointer. */
  readonly riskUnder = new Cell<RiskArea | undefined>(undefined);

  readonly camera: MapCamera;
  private readonly map: MapLibreMap;
  private readonly drawing: SensorDrawing;
  private readonly risk: RiskDrawing;
  private columns: MapSensors | undefined;
  private sensors: ReadonlyMap<string, LiveSensor> = new Map();
  private open: readonly StandingAlarm[] = [];
  private worst: ReadonlyMap<string, StandingAlarm> = new Map();
  private abnormal: ReturnType<typeof abnormalFeatures> = { type: 'FeatureCollection', features: [] };
  private chosen: { readonly id: string; readonly point: readonly [number, number] | undefined } | undefined;
  private findings: readonly LabelledPlace[] = [];
  private live: 'live' | 'stopped' = 'live';
  private hidden: ReadonlySet<Utility> = new Set();
  private dirty = { abnormal: false, values: false };
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
    this.map = openMap(container, cityStyle(look), view);
    this.drawing = new SensorDrawing(LAYER.marks, this.map, look);
    this.risk = new RiskDrawing(this.map);
    this.camera = new MapCamera(this.map);
    this.map.on('style.load', () => this.install());
    this.map.once('idle', () => {
      this.settled = true;
      events.onLoaded();
      this.later('values');
    });
    this.map.on('error', ({ error }) => {
      if (/map\/(land|water|districts|roads|places)\.geojson/.test(String(error))) events.onBaseFailed();
    });
    this.map.on('move', () => {
      this.drawing.moved();
      this.point();
    });
    this.map.on('moveend', () => this.moved());
    this.map.on('resize', () => this.point());
    this.map.on('click', (event) => this.click(event));
    this.map.on('mousemove', (event) => {
      this.riskUnder.set(this.risk.under(event.point));
      this.map.getCanvas().style.cursor = this.meaningUnder(event) === undefined ? '' : 'pointer';
    });
    this.stopWatching = values.watchBatches(() => this.later('values'));
  }

  /** For measuring it; the page moves the map by the calls below. */
  get mapLibre(): MapLibreMap {
    return this.map;
  }

  stop(): void {
    this.stopWatching();
    clearTimeout(this.timer);
    this.drawing.stop();
    this.risk.stop();
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
    this.drawing.setPaint(look);
    this.styled = false;
    this.map.setStyle(cityStyle(this.look), { diff: false });
  }

  /** All sensors of the city as columns; what is known of them stays. */
  setColumns(columns: MapSensors | undefined): void {
    if (columns === this.columns) return;
    this.columns = columns;
    this.drawing.setSensors(columns);
    this.later('abnormal', 'values');
  }

  /** What changed of sensors, by their number in the columns: from the live city, or from a replay. */
  takeChanges(changes: SensorChanges): void {
    this.drawing.take(changes);
  }

  /** The states of all sensors, in the order of the columns. */
  takeStates(states: Uint8Array): void {
    this.drawing.takeStates(states);
  }

  /** Facts of those sensors whose values may be shown: names, units, limits. */
  setSensors(sensors: ReadonlyMap<string, LiveSensor>): void {
    if (sensors === this.sensors) return;
    this.sensors = sensors;
    this.later('values');
  }

  setAlarms(open: readonly StandingAlarm[], worst: ReadonlyMap<string, StandingAlarm>): void {
    if (open === this.open) return;
    this.open = open;
    this.worst = worst;
    this.later('abnormal');
  }

  setTrust(live: 'live' | 'stopped'): void {
    if (live === this.live) return;
    this.live = live;
    this.later('values');
  }

  setHidden(hidden: ReadonlySet<Utility>): void {
    this.hidden = hidden;
    if (this.styled) showNetworks(this.map, this.hidden);
    this.drawing.hide(hidden);
  }

  showRisk(isShown: boolean): void {
    this.risk.show(isShown);
    if (!isShown) this.riskUnder.set(undefined);
  }

  /** Marks what is selected; it is brought into view where it is not. */
  setSelected(id: string | undefined, point: readonly [number, number] | undefined): void {
    const before = this.chosen;
    this.chosen = id === undefined ? undefined : { id, point };
    if (this.styled) this.drawSelected();
    const moved = id !== before?.id || (before?.point === undefined && point !== undefined);
    if (point === undefined || !moved) return;
    this.camera.bringIntoView(point);
  }

  /** Marks where the alarms of what is selected point to; a new place is brought into view where it is not. */
  setFindings(findings: readonly LabelledPlace[]): void {
    const [first] = findings;
    const isNew = first !== undefined && this.findings.every(({ alarmId }) => alarmId !== first.alarmId);
    this.findings = findings;
    if (this.styled) this.source('finding').setData(findingFeatures(findings));
    if (isNew && !isInView(this.map, first)) this.camera.showPlace(first);
  }

  /** What lies in view, in the order in which it matters. */
  inView(): InView {
    const { sensors } = this.drawing;
    const box = this.viewBox.get();
    return sensors === undefined || box === undefined ? NOTHING_IN_VIEW : inView(sensors, box);
  }

  /** What the map is called and how it is used, for whoever comes to it by the keyboard. */
  setLabel(label: string): void {
    const canvas = this.map.getCanvas();
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-label', label);
  }

  private install(): void {
    for (const [name, image] of glyphs()) {
      if (!this.map.hasImage(name)) this.map.addImage(name, image, { sdf: true, pixelRatio: 2 });
    }
    this.map.addLayer(this.drawing.layer, 'values');
    this.styled = true;
    this.dirty = { abnormal: true, values: true };
    this.draw();
    this.drawSelected();
    this.risk.draw();
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
    this.dirty = { abnormal: false, values: false };
    if (dirty.abnormal) {
      this.abnormal = abnormalFeatures(this.open, (sensorId) => this.placeOf(sensorId));
      this.source('abnormal').setData(this.abnormal);
      this.abnormalPlaces.set(announcedPlaces(this.abnormal));
      this.drawing.takeAbnormal(new Map([...this.worst].map(([id, { priority }]) => [id, severityOf(priority)])));
      this.point();
      this.counts.set({ sensors: this.columns?.count ?? 0, abnormal: this.worst.size });
    }
    if (dirty.values && this.settled) this.drawValues();
  }

  private drawValues(): void {
    const box = this.valuesBox.get();
    const places = box === undefined ? [] : this.drawing.placesIn(box, this.sensors);
    this.source('values').setData(valueLabels(places, this.values, this.live));
  }

  private placeOf(sensorId: string): { readonly lon: number; readonly lat: number } | undefined {
    const { columns } = this;
    const sensor = columns?.indexOf(sensorId) ?? -1;
    if (columns === undefined || sensor < 0) return undefined;
    return { lon: degrees(columns.lon, sensor), lat: degrees(columns.lat, sensor) };
  }

  private drawSelected(): void {
    drawChosen(this.map, this.look.palette, this.chosen);
    const { point } = this.chosen ?? {};
    this.source('selected').setData(point === undefined ? NOTHING : featureAt(point));
  }

  private moved(): void {
    const { lng, lat } = this.map.getCenter();
    const zoom = this.map.getZoom();
    const bounds = this.map.getBounds();
    const box: Bbox = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    this.viewBox.set(box);
    this.valuesBox.set(zoom >= VALUES_FROM ? box : undefined);
    this.later('values');
    this.point();
    this.events.onMove({ lng, lat, zoom });
  }

  /** Points from the edges to what is abnormal and out of view. */
  private point(): void {
    const arrows = arrowsOn(this.map, this.abnormalPlaces.get());
    if (arrows.length > 0 || this.arrows.get().length > 0) this.arrows.set(arrows);
  }

  private click(event: MapMouseEvent): void {
    const meaning = this.meaningUnder(event);
    if (typeof meaning === 'string') this.events.onSelect(meaning);
    else if (meaning !== undefined) this.camera.goTo(meaning.lon, meaning.lat, meaning.zoom);
  }

  private meaningUnder({ point }: MapMouseEvent): ReturnType<typeof meaningUnder> {
    return this.styled ? meaningUnder(this.map, this.drawing, point) : undefined;
  }

  private source(name: string): GeoJSONSource {
    const source = this.map.getSource<GeoJSONSource>(name);
    if (source === undefined) throw new Error(`the map's style has no source ${name}`);
    return source;
  }
}
