/** West, south, east, north in degrees (WGS 84). */
export type Box = readonly [number, number, number, number];

/** Edge of a cell in degrees: some 1.1 km north to south, so that a city of 30 km has under a thousand cells. */
const CELL_DEGREES = 0.01;
/** A place may lie outside the edges of its cell by rounding; cells are taken so much wider and narrower (0.1 mm). */
const ROUNDING_DEGREES = 1e-9;
const COLUMNS = Math.ceil(360 / CELL_DEGREES);

export interface Place {
  readonly sensorNo: number;
  readonly lon: number;
  readonly lat: number;
}

interface Cell {
  readonly west: number;
  readonly south: number;
  readonly members: Set<number>;
}

/**
 * Where the sensors are, in cells: a question by box, and the spreading of what changed, cost by cells and not by sensors.
 * Only cells with sensors exist.
 */
export class SensorGrid {
  private readonly cells = new Map<number, Cell>();
  private readonly cellOf = new Map<number, number>();
  private readonly places = new Map<number, Place>();

  put(place: Place): void {
    const before = this.places.get(place.sensorNo);
    if (before?.lon === place.lon && before.lat === place.lat) return;
    this.remove(place.sensorNo);
    const column = Math.floor((place.lon + 180) / CELL_DEGREES);
    const row = Math.floor((place.lat + 90) / CELL_DEGREES);
    const key = row * COLUMNS + column;
    let cell = this.cells.get(key);
    if (!cell) {
      cell = { west: column * CELL_DEGREES - 180, south: row * CELL_DEGREES - 90, members: new Set() };
      this.cells.set(key, cell);
    }
    cell.members.add(place.sensorNo);
    this.cellOf.set(place.sensorNo, key);
    this.places.set(place.sensorNo, place);
  }

  remove(sensorNo: number): void {
    const key = this.cellOf.get(sensorNo);
    if (key === undefined) return;
    const cell = this.cells.get(key)!;
    cell.members.delete(sensorNo);
    if (cell.members.size === 0) this.cells.delete(key);
    this.cellOf.delete(sensorNo);
    this.places.delete(sensorNo);
  }

  /** Calls back with every sensor in the box, edges included. */
  within(box: Box, found: (sensorNo: number) => void): void {
    for (const cell of this.cells.values()) this.spread(cell, cell.members, box, found);
  }

  /** The sensors grouped by cell, to be asked by `among` for many boxes. */
  group(sensorNos: Uint32Array): ReadonlyMap<number, readonly number[]> {
    const groups = new Map<number, number[]>();
    for (const sensorNo of sensorNos) {
      const key = this.cellOf.get(sensorNo);
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group) group.push(sensorNo);
      else groups.set(key, [sensorNo]);
    }
    return groups;
  }

  /** Calls back with those of the grouped sensors that lie in the box. */
  among(groups: ReadonlyMap<number, readonly number[]>, box: Box, found: (sensorNo: number) => void): void {
    for (const [key, members] of groups) {
      const cell = this.cells.get(key);
      if (cell) this.spread(cell, members, box, found);
    }
  }

  private spread(cell: Cell, members: Iterable<number>, box: Box, found: (sensorNo: number) => void): void {
    const [west, south, east, north] = box;
    const cellWest = cell.west - ROUNDING_DEGREES;
    const cellSouth = cell.south - ROUNDING_DEGREES;
    const cellEast = cell.west + CELL_DEGREES + ROUNDING_DEGREES;
    const cellNorth = cell.south + CELL_DEGREES + ROUNDING_DEGREES;
    if (cellEast < west || cellWest > east || cellNorth < south || cellSouth > north) return;
    const whole = cellWest >= west && cellEast <= east && cellSouth >= south && cellNorth <= north;
    for (const sensorNo of members) {
      if (whole) {
        found(sensorNo);
        continue;
      }
      const place = this.places.get(sensorNo);
      if (place && place.lon >= west && place.lon <= east && place.lat >= south && place.lat <= north) found(sensorNo);
    }
  }
}
