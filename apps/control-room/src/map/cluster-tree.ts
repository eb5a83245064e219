import { mercatorX, mercatorY, worldPx } from './mercator.js';

/** Whole zooms at which places are drawn together; above, each by itself. */
export const CLUSTERED_FROM = 4;
export const CLUSTERED_TO = 13;
/** Things nearer to each other than this are drawn as one, in pixels at a whole zoom. */
const NEAR_PX = 42;
/** Severities: 1 for blue to 4 for red. */
const SEVERITIES = 4;

/** Places, or clusters of one zoom: columns by their number. */
export interface Level {
  readonly count: number;
  /** Mercator, the mean of what is in it. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly sensors: Uint32Array;
  readonly places: Uint32Array;
  /** Any one place in it: of a cluster of one, the place. */
  readonly aPlace: Uint32Array;
  /** Sensors that say nothing or nothing to be trusted. */
  readonly mute: Uint32Array;
  /** Abnormal sensors by severity, four a row. */
  readonly abnormal: Uint32Array;
  /** Number of the cluster of the next lower zoom that holds it; empty on the lowest. */
  parent: Uint32Array;
}

export interface PlacedSensors {
  readonly count: number;
  /** Degrees times ten million. */
  readonly lon: Int32Array;
  readonly lat: Int32Array;
  readonly utility: Uint8Array;
}

/**
 * Sensors at one point as a place, places as clusters zoom by zoom, each held whole by one of the next lower zoom. Built once; a
 * sensor's change then costs one step a zoom, whatever the size of the city.
 */
export class ClusterTree {
  /** Of every sensor its place, `NOWHERE` where it is hidden. */
  readonly placeOf: Uint32Array;
  /** Places first, then the clusters of zoom 13 and down. */
  private readonly levels: Level[];
  /** The sensors of place p are `members` from `starts[p]` to `starts[p + 1]`. */
  readonly starts: Uint32Array;
  readonly members: Uint32Array;

  /** @param isShown by utility number */
  constructor(sensors: PlacedSensors, isShown: (utility: number) => boolean) {
    const { placeOf, places } = groupPlaces(sensors, isShown);
    this.placeOf = placeOf;
    this.levels = [places];
    for (let zoom = CLUSTERED_TO; zoom >= CLUSTERED_FROM; zoom--)
      this.levels.push(clustered(this.levels.at(-1)!, zoom));
    this.starts = new Uint32Array(places.count + 1);
    for (const place of placeOf) if (place !== NOWHERE) this.starts[place + 1]!++;
    for (let place = 0; place < places.count; place++) this.starts[place + 1]! += this.starts[place]!;
    const next = this.starts.slice();
    this.members = new Uint32Array(this.starts[places.count]!);
    placeOf.forEach((place, sensor) => {
      if (place !== NOWHERE) this.members[next[place]!++] = sensor;
    });
  }

  get places(): Level {
    return this.levels[0]!;
  }

  /** What is drawn at a zoom: places from 14 on. */
  at(zoom: number): Level {
    const whole = Math.min(CLUSTERED_TO + 1, Math.max(CLUSTERED_FROM, Math.floor(zoom)));
    return this.levels[CLUSTERED_TO + 1 - whole]!;
  }

  /** Counts a sensor's change from one severity (0 is normal) and muteness to another. */
  change(sensor: number, from: SensorState, to: SensorState): void {
    let number = this.placeOf[sensor]!;
    if (number === NOWHERE) return;
    const muteBy = Number(to.mute) - Number(from.mute);
    for (const level of this.levels) {
      if (from.severity > 0) level.abnormal[number * SEVERITIES + from.severity - 1]!--;
      if (to.severity > 0) level.abnormal[number * SEVERITIES + to.severity - 1]!++;
      level.mute[number]! += muteBy;
      number = level.parent[number]!;
    }
  }

  /** The zoom at which a cluster first parts: what a click on it leads to. */
  partsAt(level: Level, number: number): number {
    const place = level.aPlace[number]!;
    for (let zoom = CLUSTERED_FROM; zoom <= CLUSTERED_TO; zoom++) {
      const finer = this.at(zoom);
      if (finer.count <= level.count) continue;
      if (finer.places[this.holding(place, finer)]! < level.places[number]!) return zoom;
    }
    return CLUSTERED_TO + 1;
  }

  private holding(place: number, wanted: Level): number {
    let number = place;
    for (const level of this.levels) {
      if (level === wanted) break;
      number = level.parent[number]!;
    }
    return number;
  }
}

export interface SensorState {
  /** 0 normal, then 1 for blue to 4 for red. */
  readonly severity: number;
  readonly mute: boolean;
}

export const NOWHERE = 0xffffffff;

/** The worst severity in a cluster, 0 where all is normal. */
export function worstOf({ abnormal }: Level, number: number): number {
  for (let severity = SEVERITIES; severity > 0; severity--) {
    if (abnormal[number * SEVERITIES + severity - 1]! > 0) return severity;
  }
  return 0;
}

export function abnormalOf({ abnormal }: Level, number: number): number {
  let sum = 0;
  for (let i = 0; i < SEVERITIES; i++) sum += abnormal[number * SEVERITIES + i]!;
  return sum;
}

function emptyLevel(count: number): Level {
  return {
    count,
    x: new Float64Array(count),
    y: new Float64Array(count),
    sensors: new Uint32Array(count),
    places: new Uint32Array(count),
    aPlace: new Uint32Array(count),
    mute: new Uint32Array(count),
    abnormal: new Uint32Array(count * SEVERITIES),
    parent: new Uint32Array(0),
  };
}

function groupPlaces(
  { count, lon, lat, utility }: PlacedSensors,
  isShown: (utility: number) => boolean,
): { placeOf: Uint32Array; places: Level } {
  const placeOf = new Uint32Array(count).fill(NOWHERE);
  const numbers = new Map<number, number>();
  const first: number[] = [];
  for (let sensor = 0; sensor < count; sensor++) {
    if (!isShown(utility[sensor]!)) continue;
    // A metre apart is one place. 31 bits of longitude and latitude to the hundred-thousandth degree, and the utility.
    const key =
      (Math.round(lon[sensor]! / 100) + 18_000_000) * 160_000_000 +
      (Math.round(lat[sensor]! / 100) + 9_000_000) * 8 +
      utility[sensor]!;
    let place = numbers.get(key);
    if (place === undefined) {
      place = first.length;
      numbers.set(key, place);
      first.push(sensor);
    }
    placeOf[sensor] = place;
  }
  const places = emptyLevel(first.length);
  first.forEach((sensor, place) => {
    places.x[place] = mercatorX(lon[sensor]! / 1e7);
    places.y[place] = mercatorY(lat[sensor]! / 1e7);
    places.places[place] = 1;
    places.aPlace[place] = place;
  });
  for (const place of placeOf) if (place !== NOWHERE) places.sensors[place]!++;
  return { placeOf, places };
}

/** Joins what lies in one cell, then takes into each cluster, largest first, those whose middles are near. Sets the finer level's parents. */
function clustered(finer: Level, zoom: number): Level {
  const cellSize = NEAR_PX / worldPx(zoom);
  const columns = Math.ceil(1 / cellSize);
  const cellKey = (x: number, y: number): number => Math.floor(y / cellSize) * columns + Math.floor(x / cellSize);
  const cells = new Map<number, number>();
  const cellOf = new Uint32Array(finer.count);
  for (let i = 0; i < finer.count; i++) {
    const key = cellKey(finer.x[i]!, finer.y[i]!);
    let cell = cells.get(key);
    if (cell === undefined) cells.set(key, (cell = cells.size));
    cellOf[i] = cell;
  }
  const joined = summed(finer, cellOf, cells.size);
  const into = taken(joined, [...cells.keys()], cells, columns, cellSize);
  finer.parent = cellOf.map((cell) => into.of[cell]!);
  return summed(finer, finer.parent, into.count);
}

function taken(
  joined: Level,
  keys: readonly number[],
  cells: ReadonlyMap<number, number>,
  columns: number,
  nearest: number,
): { of: Uint32Array; count: number } {
  const order = Array.from(keys.keys()).sort((a, b) => joined.sensors[b]! - joined.sensors[a]! || a - b);
  const of = new Uint32Array(joined.count).fill(NOWHERE);
  let count = 0;
  for (const cell of order) {
    if (of[cell] !== NOWHERE) continue;
    const number = count++;
    of[cell] = number;
    const key = keys[cell]!;
    for (const offset of [-columns - 1, -columns, -columns + 1, -1, 1, columns - 1, columns, columns + 1]) {
      const other = cells.get(key + offset);
      if (other === undefined || of[other] !== NOWHERE) continue;
      const away = Math.hypot(joined.x[other]! - joined.x[cell]!, joined.y[other]! - joined.y[cell]!);
      if (away < nearest) of[other] = number;
    }
  }
  return { of, count };
}

function summed(finer: Level, parent: Uint32Array, count: number): Level {
  const level = emptyLevel(count);
  for (let i = 0; i < finer.count; i++) {
    const number = parent[i]!;
    const sensors = finer.sensors[i]!;
    level.sensors[number]! += sensors;
    level.places[number]! += finer.places[i]!;
    level.aPlace[number] = finer.aPlace[i]!;
    level.mute[number]! += finer.mute[i]!;
    level.x[number]! += finer.x[i]! * sensors;
    level.y[number]! += finer.y[i]! * sensors;
    for (let s = 0; s < SEVERITIES; s++) {
      level.abnormal[number * SEVERITIES + s]! += finer.abnormal[i * SEVERITIES + s]!;
    }
  }
  for (let number = 0; number < count; number++) {
    level.x[number]! /= level.sensors[number]!;
    level.y[number]! /= level.sensors[number]!;
  }
  return level;
}
