import { GeoJSONVT, geoJSONToTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Asset, Utility } from '@lifeline/contracts';
import type { Feature, FeatureCollection } from 'geojson';

/** Tiles are made to this zoom; the map draws the nearer ones from these. */
export const NETWORK_TILES_TO = 14;
const EXTENT = 4096;
/** Lines reach so far beside a tile, that their caps are not seen at its edge. */
const BUFFER = 64;

/** How much of a network hangs on a line: which ones are drawn from afar. */
export type LineRank = 'trunk' | 'main' | 'collector' | 'service';

export interface RankedLine {
  readonly class: LineRank;
  readonly coordinates: readonly (readonly [number, number])[];
}

/** Lines that belong to no registered asset, drawn as they are asked for: `box` is west, south, east, north. */
export interface DrawnNetworks {
  networkIn(utility: Utility, box: readonly [number, number, number, number], zoom: number): readonly RankedLine[];
}

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** From which zoom on a line is in the tiles. */
const FROM_ZOOM: Readonly<Record<LineRank, number>> = { trunk: 0, main: 9, collector: 11, service: 12 };

/** Vector tiles (MVT) of one utility's assets, made once and cut as they are asked for; undefined for a tile with nothing in it. */
export class AssetTiles {
  private readonly byRank = new Map<LineRank, GeoJSONVT>();

  constructor(assets: Iterable<Asset>, utility: Utility) {
    const features = new Map<LineRank, Feature[]>();
    const own = [...assets].filter((asset) => asset.utility === utility);
    const rankOf = ranking(own);
    for (const { assetId, kind, geometry } of own) {
      const rank = geometry.type === 'Point' ? 'service' : rankOf(assetId);
      const feature: Feature = { type: 'Feature', geometry, properties: { assetId, kind, class: rank } };
      const list = features.get(rank);
      if (list) list.push(feature);
      else features.set(rank, [feature]);
    }
    for (const [rank, list] of features) {
      const options = { maxZoom: NETWORK_TILES_TO, extent: EXTENT, buffer: BUFFER, indexMaxZoom: 8 };
      this.byRank.set(rank, new GeoJSONVT({ type: 'FeatureCollection', features: list }, options));
    }
  }

  features({ z, x, y }: TileAddress): TileFeature[] {
    return [...this.byRank].flatMap(([rank, tiles]) =>
      z < FROM_ZOOM[rank] ? [] : (tiles.getTile(z, x, y)?.features ?? []),
    );
  }
}

type TileFeature = NonNullable<ReturnType<GeoJSONVT['getTile']>>['features'][number];

/** The lines of a drawn network in a tile. */
export function drawnFeatures(networks: DrawnNetworks, utility: Utility, { z, x, y }: TileAddress): TileFeature[] {
  const collection: FeatureCollection = {
    type: 'FeatureCollection',
    features: networks.networkIn(utility, tileBox({ z, x, y }), z).map((line) => ({
      type: 'Feature',
      geometry: { type: 'LineString', coordinates: line.coordinates.map(([lon, lat]) => [lon, lat]) },
      properties: { class: line.class },
    })),
  };
  const options = { extent: EXTENT, buffer: BUFFER, maxZoom: NETWORK_TILES_TO, clip: true };
  return geoJSONToTile(collection, z, x, y, options)?.features ?? [];
}

/** A tile with one layer, "network". */
export function encodedTile(features: readonly TileFeature[]): Uint8Array {
  const tile = { features: [...features] } as unknown as Parameters<typeof fromGeojsonVt>[0][string];
  return fromGeojsonVt({ network: tile }, { version: 2, extent: EXTENT });
}

/** West, south, east, north of a tile in degrees. */
export function tileBox({ z, x, y }: TileAddress): [number, number, number, number] {
  const latOf = (row: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
  const lonOf = (column: number): number => (column / 2 ** z) * 360 - 180;
  return [lonOf(x), latOf(y + 1), lonOf(x + 1), latOf(y)];
}

/** Shares of a network's lines, the widest first, that are its mains and its collectors. */
const MAINS = 0.1;
const COLLECTORS = 0.35;

/** Ranks lines by their bore, or by their length where none is registered. */
function ranking(assets: readonly Asset[]): (assetId: string) => LineRank {
  const weights = new Map<string, number>();
  for (const { assetId, geometry, properties } of assets) {
    if (geometry.type !== 'LineString') continue;
    const bore = properties['diameterMm'] ?? properties['widthMm'];
    const length = properties['lengthM'];
    weights.set(assetId, typeof bore === 'number' ? bore * 1000 : typeof length === 'number' ? length / 1e6 : 0);
  }
  const sorted = [...weights.values()].sort((a, b) => b - a);
  const least = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  const [main, collector] = [least(MAINS), least(COLLECTORS)];
  return (assetId) => {
    const weight = weights.get(assetId) ?? 0;
    if (weight > main) return 'main';
    return weight > collector ? 'collector' : 'service';
  };
}
