import { isHeld } from '@lifeline/alarms';
import { riskColour, type Alarm, type Asset, type Priority, type RiskArea } from '@lifeline/contracts';
import type { FeatureCollection, Polygon } from 'geojson';

/** Cells are map tiles of this zoom: some two kilometres a side in the middle latitudes. */
const CELL_ZOOM = 14;
const CELLS = 2 ** CELL_ZOOM;
/** So many announced alarms in one cell make its worst more likely by one grade. */
const MANY_ALARMS = 3;

type Facts = Pick<Asset, 'assetId' | 'kind' | 'name' | 'nameZh' | 'geometry' | 'properties'>;
type Standing = Pick<Alarm, 'priority' | 'state' | 'position' | 'assetId'>;

interface Cell {
  readonly x: number;
  readonly y: number;
  severity: number;
  asset: Facts;
  alarms: number;
  likelihood: number;
  /** The worst consequence among what alarms concern; 0 where none does. */
  alarmed: number;
  alarmedAsset: Facts | undefined;
}

/** An alarm's priority as the likelihood that harm comes of it, 1 to 5: 1 is that of a cell in which nothing is announced. */
const LIKELIHOOD: Readonly<Record<Priority, number>> = { red: 5, orange: 4, yellow: 3, blue: 2 };

/**
 * The four-colour risk map, by cell: R = L × S of the 5 × 5 matrix of risk grading.
 * L is 1 where nothing is announced, else that of the worst announced alarm (blue 2, yellow 3, orange 4, red 5), one more where three
 * or more stand, 5 at most. S is the consequence of the asset that the alarms concern, else of the gravest asset in the cell
 * (`consequenceOf`). Priorities already weigh the time to respond, so L is not weighed again by it. The matrix and its colours: the
 * project's domain notes, risk grading; both scales are conventions of ours, for the city to change.
 */
export function riskAreas(assets: Iterable<Facts>, alarms: Iterable<Standing>): FeatureCollection<Polygon, RiskArea> {
  const cells = new Map<number, Cell>();
  const byId = new Map<string, Facts>();
  for (const asset of assets) {
    byId.set(asset.assetId, asset);
    const [lon, lat] = middleOf(asset);
    const cell = cellAt(cells, lon, lat, asset);
    const severity = consequenceOf(asset);
    if (severity > cell.severity) [cell.severity, cell.asset] = [severity, asset];
  }
  for (const { priority, state, position, assetId } of alarms) {
    if (isHeld(state) || state === 'normal') continue;
    const asset = assetId === null ? undefined : byId.get(assetId);
    const place = position === null ? asset && middleOf(asset) : ([position.lon, position.lat] as const);
    if (place === undefined || place === null) continue;
    const cell = cells.get(keyOf(...cellNumbers(place[0], place[1])));
    if (cell === undefined) continue;
    cell.alarms++;
    cell.likelihood = Math.max(cell.likelihood, LIKELIHOOD[priority]);
    const severity = asset === undefined ? 0 : consequenceOf(asset);
    if (severity > cell.alarmed) [cell.alarmed, cell.alarmedAsset] = [severity, asset];
  }
  return { type: 'FeatureCollection', features: [...cells.values()].map(featureOf) };
}

/** Consequence by kind of asset, 1 (slight) to 5 (many people at once), before what is registered of it. */
const OF_KIND: Readonly<Record<Asset['kind'], number>> = {
  'pipe-segment': 3,
  regulator: 3,
  manhole: 2,
  substation: 4,
  feeder: 3,
  transformer: 2,
  bridge: 4,
  'drain-segment': 2,
  'drain-node': 2,
  'pump-station': 4,
};

/** Raised by what is registered: pressure above medium, a gate station, a space beside a gas pipe, many households, a long span. */
export function consequenceOf({ kind, properties }: Pick<Facts, 'kind' | 'properties'>): number {
  let severity = OF_KIND[kind];
  const { pressureClass, role, households, spanM } = properties;
  if (typeof pressureClass === 'string' && /high/.test(pressureClass)) severity++;
  if (role === 'gate-station') severity += 2;
  if (role === 'adjacent-space') severity++;
  if (typeof households === 'number' && households >= 500) severity++;
  if (typeof spanM === 'number' && spanM >= 100) severity++;
  return Math.min(5, severity);
}

function cellAt(cells: Map<number, Cell>, lon: number, lat: number, asset: Facts): Cell {
  const [x, y] = cellNumbers(lon, lat);
  const key = keyOf(x, y);
  let cell = cells.get(key);
  if (cell === undefined) {
    cell = { x, y, severity: 0, asset, alarms: 0, likelihood: 1, alarmed: 0, alarmedAsset: undefined };
    cells.set(key, cell);
  }
  return cell;
}

function featureOf(cell: Cell): FeatureCollection<Polygon, RiskArea>['features'][number] {
  const { x, y, alarms } = cell;
  const likelihood = Math.min(5, cell.likelihood + (alarms >= MANY_ALARMS ? 1 : 0));
  const severity = cell.alarmed || cell.severity;
  const { assetId, name, nameZh } = cell.alarmedAsset ?? cell.asset;
  const risk = likelihood * severity;
  const [west, east] = [lonOf(x), lonOf(x + 1)];
  const [north, south] = [latOf(y), latOf(y + 1)];
  return {
    type: 'Feature',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    },
    properties: { likelihood, severity, risk, colour: riskColour(risk), alarms, assetId, name, nameZh },
  };
}

function middleOf({ geometry }: Pick<Facts, 'geometry'>): readonly [number, number] {
  if (geometry.type === 'Point') return geometry.coordinates;
  return geometry.coordinates[Math.floor(geometry.coordinates.length / 2)]!;
}

function cellNumbers(lon: number, lat: number): [number, number] {
  const sin = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
  return [Math.floor(((lon + 180) / 360) * CELLS), Math.floor(y * CELLS)];
}

function keyOf(x: number, y: number): number {
  return y * CELLS + x;
}

function lonOf(x: number): number {
  return (x / CELLS) * 360 - 180;
}

function latOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / CELLS))) * 180) / Math.PI;
}
