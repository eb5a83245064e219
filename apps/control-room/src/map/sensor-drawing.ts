import type { LiveSensor, MapSensors, Utility } from '@lifeline/contracts';
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Bbox } from '../live/subscription.js';
import { MarkLayer } from './mark-layer.js';
import { markList, type Hit, type MarkList, type MarkPaint, type MercatorBox } from './mark-list.js';
import { latOf, lonOf, mercatorX, mercatorY, worldPx } from './mercator.js';
import type { SensorPlace } from './place-features.js';
import { SensorField, type SensorChanges } from './sensor-field.js';

/** Marks are made for the view and so much of its size beside it, so that most moves need none anew. */
const MARGIN = 0.35;
/** Icons grow with the zoom: beyond this much they are made anew. */
const ZOOM_STEP = 0.3;
/** How far beside a mark a click still means it, in pixels. */
const REACH_PX = 5;

/**
 * All sensors on the map. Takes what is, and what changes, in batches; what is drawn is made anew at most once a frame, and only
 * when something of it is otherwise or the view has left what was made.
 */
export class SensorDrawing {
  readonly layer: MarkLayer;
  private field: SensorField | undefined;
  private hidden: ReadonlySet<Utility> = new Set();
  private made: { readonly list: MarkList; readonly box: MercatorBox; readonly zoom: number } | undefined;
  private frame: number | undefined;

  constructor(
    layerId: string,
    private readonly map: MapLibreMap,
    private paint: MarkPaint,
  ) {
    this.layer = new MarkLayer(layerId);
  }

  stop(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
  }

  get sensors(): SensorField | undefined {
    return this.field;
  }

  setSensors(columns: MapSensors | undefined): void {
    this.field = columns && new SensorField(columns, this.hidden);
    this.later();
  }

  setPaint(paint: MarkPaint): void {
    this.paint = paint;
    this.later();
  }

  hide(hidden: ReadonlySet<Utility>): void {
    this.hidden = hidden;
    this.field?.hide(hidden);
    this.later();
  }

  take(changes: SensorChanges): void {
    if (this.field?.take(changes) === true) this.later();
  }

  takeStates(states: Uint8Array): void {
    if (this.field?.takeStates(states) === true) this.later();
  }

  /** Severities of the abnormal ones by sensor id; all others are normal. */
  takeAbnormal(severities: ReadonlyMap<string, number>): void {
    const { field } = this;
    if (field === undefined) return;
    const bySensor = new Map<number, number>();
    for (const [sensorId, severity] of severities) {
      const sensor = field.columns.indexOf(sensorId);
      if (sensor >= 0) bySensor.set(sensor, severity);
    }
    if (field.takeAbnormal(bySensor)) this.later();
  }

  /** To be told of each move of the map. */
  moved(): void {
    const view = this.viewBox(0);
    const { made } = this;
    const zoom = this.map.getZoom();
    if (
      made === undefined ||
      Math.abs(zoom - made.zoom) > ZOOM_STEP ||
      Math.floor(zoom) !== Math.floor(made.zoom) ||
      view[0] < made.box[0] ||
      view[1] < made.box[1] ||
      view[2] > made.box[2] ||
      view[3] > made.box[3]
    ) {
      this.make();
    }
  }

  under({ x, y }: { readonly x: number; readonly y: number }): Hit | undefined {
    const { map, made } = this;
    if (made === undefined) return undefined;
    const world = worldPx(map.getZoom());
    const centre = map.getCenter();
    const { clientWidth, clientHeight } = map.getCanvas();
    const toX = (place: number) => (place - mercatorX(centre.lng)) * world + clientWidth / 2;
    const toY = (place: number) => (place - mercatorY(centre.lat)) * world + clientHeight / 2;
    let best: Hit | undefined;
    let bestPx = Number.POSITIVE_INFINITY;
    for (const hit of made.list.hits) {
      const away = Math.hypot(toX(hit.x) - x, toY(hit.y) - y);
      if (away > hit.radiusPx + REACH_PX || away >= bestPx) continue;
      best = hit;
      bestPx = away;
    }
    return best;
  }

  /** What a click on a mark leads to: a thing to select, or where a cluster parts. */
  meaningOf({
    level,
    number,
    x,
    y,
  }: Hit): string | { readonly lon: number; readonly lat: number; readonly zoom: number } {
    const field = this.field!;
    if (level.places[number] === 1) return field.selectionOf(level.aPlace[number]!);
    return { lon: lonOf(x), lat: latOf(y), zoom: field.tree.partsAt(level, number) + 0.2 };
  }

  /** Places in a box with those of their sensors whose facts are known. */
  placesIn([west, south, east, north]: Bbox, known: ReadonlyMap<string, LiveSensor>): SensorPlace[] {
    const { field } = this;
    if (field === undefined) return [];
    const { places, starts, members } = field.tree;
    const [left, top, right, bottom] = [mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south)];
    const found: SensorPlace[] = [];
    for (let place = 0; place < places.count; place++) {
      const [x, y] = [places.x[place]!, places.y[place]!];
      if (x < left || x > right || y < top || y > bottom) continue;
      const sensors: LiveSensor[] = [];
      for (let i = starts[place]!; i < starts[place + 1]!; i++) {
        const sensor = known.get(field.columns.sensorId(members[i]!));
        if (sensor !== undefined) sensors.push(sensor);
      }
      if (sensors.length > 0) found.push({ lon: lonOf(x), lat: latOf(y), sensors });
    }
    return found;
  }

  private later(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.make();
    });
  }

  private make(): void {
    if (this.field === undefined) return;
    const box = this.viewBox(MARGIN);
    const zoom = this.map.getZoom();
    const list = markList(this.field, zoom, box, this.paint);
    this.made = { list, box, zoom };
    this.layer.show(list);
  }

  private viewBox(margin: number): MercatorBox {
    const { clientWidth, clientHeight } = this.map.getCanvas();
    const world = worldPx(this.map.getZoom());
    const { lng, lat } = this.map.getCenter();
    const halfX = ((clientWidth / 2) * (1 + 2 * margin)) / world;
    const halfY = ((clientHeight / 2) * (1 + 2 * margin)) / world;
    const [x, y] = [mercatorX(lng), mercatorY(lat)];
    return [x - halfX, y - halfY, x + halfX, y + halfY];
  }
}
