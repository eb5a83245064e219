import { UTILITIES, type Utility } from '@lifeline/contracts';
import type { Bbox } from '../live/subscription.js';
import { abnormalOf, worstOf } from './cluster-tree.js';
import { latOf, lonOf, mercatorX, mercatorY } from './mercator.js';
import type { SensorField } from './sensor-field.js';

/** Places told of a view: what is beyond is counted. */
export const MOST_TOLD = 200;

/** One place of the map, as a mark at it shows it. */
export interface PlaceInView {
  /** What a press on the mark selects: the asset where all sensors there are of one, else the first sensor. */
  readonly sel: string;
  /** The sensors there, to name what is abnormal by. */
  readonly sensorIds: readonly string[];
  readonly utility: Utility;
  readonly lon: number;
  readonly lat: number;
  readonly sensors: number;
  /** The worst of its alarms: 4 for red to 1 for blue, 0 where it has none. */
  readonly severity: number;
  /** Sensors there with alarms. */
  readonly abnormal: number;
  /** Sensors there that say nothing, or nothing to be trusted. */
  readonly mute: number;
}

/** What a view of the map shows, in words' reach: the abnormal first, then what is mute, each from the middle outwards. */
export interface InView {
  readonly rows: readonly PlaceInView[];
  readonly places: number;
  readonly sensors: number;
  readonly abnormal: number;
  readonly mute: number;
}

export const NOTHING_IN_VIEW: InView = { rows: [], places: 0, sensors: 0, abnormal: 0, mute: 0 };

/** Classes in the order they are told: red to blue, mute, calm. */
const CLASSES = 6;

/** Tells what lies in a box of the map. One pass over the places, whatever the city's size. */
export function inView(field: SensorField, [west, south, east, north]: Bbox, most = MOST_TOLD): InView {
  const { tree } = field;
  const { places } = tree;
  const [left, top, right, bottom] = [mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south)];
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  const nearest = Array.from({ length: CLASSES }, () => new Nearest(most));
  const sum = { places: 0, sensors: 0, abnormal: 0, mute: 0 };
  for (let place = 0; place < places.count; place++) {
    const [x, y] = [places.x[place]!, places.y[place]!];
    if (x < left || x > right || y < top || y > bottom) continue;
    const severity = worstOf(places, place);
    const mute = places.mute[place]!;
    sum.places++;
    sum.sensors += places.sensors[place]!;
    sum.abnormal += abnormalOf(places, place);
    sum.mute += mute;
    const order = severity > 0 ? 4 - severity : mute > 0 ? 4 : 5;
    nearest[order]!.take(place, Math.hypot(x - middleX, y - middleY));
  }
  const told = nearest.flatMap(({ items }) => items).slice(0, most);
  return { ...sum, rows: told.map(({ place }) => placeInView(field, place)) };
}

function placeInView(field: SensorField, place: number): PlaceInView {
  const { columns, tree } = field;
  const { places, starts, members } = tree;
  const there = members.subarray(starts[place], starts[place + 1]);
  return {
    sel: field.selectionOf(place),
    sensorIds: Array.from(there, (sensor) => columns.sensorId(sensor)),
    utility: UTILITIES[columns.utility[there[0]!]!]!,
    lon: lonOf(places.x[place]!),
    lat: latOf(places.y[place]!),
    sensors: places.sensors[place]!,
    severity: worstOf(places, place),
    abnormal: abnormalOf(places, place),
    mute: places.mute[place]!,
  };
}

/** The nearest of many, nearest first, and never more than so many: most of those that come are turned away by one comparison. */
class Nearest {
  readonly items: { readonly place: number; readonly away: number }[] = [];

  constructor(private readonly most: number) {}

  take(place: number, away: number): void {
    const { items } = this;
    if (items.length === this.most && away >= items.at(-1)!.away) return;
    let [low, high] = [0, items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (items[middle]!.away <= away) low = middle + 1;
      else high = middle;
    }
    items.splice(low, 0, { place, away });
    if (items.length > this.most) items.pop();
  }
}
