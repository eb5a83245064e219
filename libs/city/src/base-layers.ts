import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { drawBorders, drawDistricts, type District } from './districts.js';
import { Frame, type LonLat } from './geometry.js';
import { drawLand } from './land.js';
import { drawMainRoads } from './main-roads.js';
import { layOutTown, type TownShape } from './streets/layout.js';
import { TOWNS } from './towns.js';
import { drawWater } from './water.js';

export type BaseLayerName = 'districts' | 'water' | 'roads' | 'places' | 'land';
/** Properties of every feature: `name`, `nameZh`, `class`, `minzoom`, `madeUp`. */
export type BaseLayers = Record<BaseLayerName, FeatureCollection>;

export interface DrawnCity {
  readonly districts: readonly District[];
  readonly borders: ReadonlyMap<string, readonly LonLat[]>;
  readonly towns: readonly TownShape[];
}

/** Districts and towns with their streets, the common ground of the base map and of the networks. */
export function drawCity(seed: string): DrawnCity {
  const borders = drawBorders(seed);
  return { borders, districts: drawDistricts(borders), towns: TOWNS.map((plan) => layOutTown(plan, seed)) };
}

/**
 * The base map as GeoJSON (WGS 84): `districts`, `water`, `roads` (class motorway, primary, street), `places`, and `land` (class
 * green, built-up). Only the seats and the rough courses of borders, rivers and lakes are real; what is drawn is made up.
 */
export function baseLayers(seed: string | number): BaseLayers {
  const key = String(seed);
  const { borders, districts, towns } = drawCity(key);
  return {
    districts: collection(
      districts.map(({ districtId, name, nameZh, rings }) =>
        feature({ type: 'Polygon', coordinates: rings }, name, nameZh, 'district', 0, { districtId }),
      ),
    ),
    water: collection(
      drawWater(key, borders, towns).flatMap((body) => {
        const features: Feature[] = [];
        if (body.line)
          features.push(
            feature({ type: 'LineString', coordinates: body.line }, body.name, body.nameZh, body.class, body.minzoom),
          );
        if (body.rings) {
          const zoom = body.class === 'lake' ? body.minzoom : 11;
          features.push(
            feature({ type: 'Polygon', coordinates: body.rings }, body.name, body.nameZh, body.class, zoom),
          );
        }
        return features;
      }),
    ),
    roads: collection([
      ...drawMainRoads(key, towns).map((road) =>
        feature({ type: 'LineString', coordinates: road.line }, road.name, road.nameZh, road.class, road.minzoom),
      ),
      ...towns.flatMap(streetFeatures),
    ]),
    places: collection([
      feature({ type: 'Point', coordinates: [118.316, 32.297] }, 'Chuzhou', '滁州', 'city', 0, { madeUp: false }),
      ...districts.map(({ districtId, name, nameZh, seat }) =>
        feature({ type: 'Point', coordinates: seat }, name, nameZh, 'district', 7, { districtId, madeUp: false }),
      ),
    ]),
    land: collection(
      drawLand(key, towns).map(({ name, nameZh, class: landClass, minzoom, ring }) =>
        feature({ type: 'Polygon', coordinates: [ring] }, name, nameZh, landClass, minzoom),
      ),
    ),
  };
}

function streetFeatures(town: TownShape): Feature[] {
  const frame = new Frame(town.plan.centre);
  return town.graph.streets.map((street) =>
    feature(
      { type: 'LineString', coordinates: street.line.map((p) => frame.toLonLat(p)) },
      street.name,
      street.nameZh,
      street.class,
      street.class === 'motorway' ? 9 : street.class === 'primary' ? 10.5 : 12.2,
      { bridge: street.bridge },
    ),
  );
}

function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

function feature(
  geometry: Geometry,
  name: string,
  nameZh: string,
  featureClass: string,
  minzoom: number,
  more: Record<string, string | boolean> = {},
): Feature {
  return {
    type: 'Feature',
    geometry,
    properties: { name, nameZh, class: featureClass, minzoom, madeUp: true, ...more },
  };
}
