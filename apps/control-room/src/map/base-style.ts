import type { CityAnswer } from '@lifeline/contracts';
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Language } from '../i18n/languages.js';
import type { MapPaint, ThemeName } from '../theme/palette.js';

export interface BaseChoice {
  readonly basemap: CityAnswer['basemap'];
  readonly paint: MapPaint;
  readonly theme: ThemeName;
  readonly language: Language;
}

/** The face of labels: MapLibre draws them with the page's own fonts, as no glyphs are served. */
export const LABEL_FONT = ['Inter Variable, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif'];

/** The name in the chosen language, else whatever name there is. */
export function nameIn(language: Language): ExpressionSpecification {
  return language === 'zh'
    ? ['coalesce', ['get', 'nameZh'], ['get', 'name:zh'], ['get', 'name']]
    : ['coalesce', ['get', 'name:en'], ['get', 'name'], ['get', 'nameZh']];
}

/** The calm ground under everything: land, water, main roads, names of districts. */
export function baseStyle(choice: BaseChoice): StyleSpecification {
  const { sources, layers } = groundOf(choice);
  const background: LayerSpecification = {
    id: 'ground',
    type: 'background',
    paint: { 'background-color': choice.paint.land },
  };
  return { version: 8, sources, layers: [background, ...layers] };
}

/** Layers of names, to be drawn above the networks. */
export function nameLayers({ basemap, paint, language }: BaseChoice): LayerSpecification[] {
  if (basemap.kind !== 'built-in') return [];
  return [
    {
      id: 'water-names',
      type: 'symbol',
      source: 'water',
      minzoom: 11,
      layout: {
        'symbol-placement': 'line',
        'text-field': nameIn(language),
        'text-font': LABEL_FONT,
        'text-size': 11,
        'symbol-spacing': 500,
      },
      paint: { 'text-color': paint.name, 'text-halo-color': paint.water, 'text-halo-width': 1 },
    },
    {
      id: 'road-names',
      type: 'symbol',
      source: 'roads',
      minzoom: 14.5,
      layout: {
        'symbol-placement': 'line',
        'text-field': nameIn(language),
        'text-font': LABEL_FONT,
        'text-size': 10.5,
        'symbol-spacing': 400,
      },
      paint: { 'text-color': paint.name, 'text-halo-color': paint.land, 'text-halo-width': 1.2 },
    },
    {
      id: 'place-names',
      type: 'symbol',
      source: 'places',
      maxzoom: 14,
      filter: visibleFrom,
      layout: {
        'text-field': nameIn(language),
        'text-font': LABEL_FONT,
        'text-size': ['match', ['get', 'class'], 'city', 15, 12.5],
        'text-letter-spacing': 0.04,
        'symbol-sort-key': ['match', ['get', 'class'], 'city', 0, 1],
      },
      paint: { 'text-color': paint.name, 'text-halo-color': paint.land, 'text-halo-width': 1.4 },
    },
  ];
}

/** Features say themselves from which zoom on they are worth drawing. */
const visibleFrom: ExpressionSpecification = ['>=', ['zoom'], ['coalesce', ['get', 'minzoom'], 0]];
const areas: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon'];
const lines: ExpressionSpecification = ['==', ['geometry-type'], 'LineString'];

interface Ground {
  readonly sources: Record<string, SourceSpecification>;
  readonly layers: LayerSpecification[];
}

function groundOf(choice: BaseChoice): Ground {
  const { kind, url } = choice.basemap;
  if (url === null || kind === 'built-in') return builtIn(choice.paint);
  if (kind === 'pmtiles') return vectorTiles(url, choice);
  return rasterTiles(url, choice);
}

function builtIn(paint: MapPaint): Ground {
  const layer = (name: string): SourceSpecification => ({
    type: 'geojson',
    data: `/map/${name}.geojson`,
    tolerance: 0.5,
  });
  return {
    sources: Object.fromEntries(['land', 'water', 'districts', 'roads', 'places'].map((name) => [name, layer(name)])),
    layers: [
      {
        id: 'land',
        type: 'fill',
        source: 'land',
        filter: visibleFrom,
        paint: { 'fill-color': paint.boundary, 'fill-opacity': ['match', ['get', 'class'], 'green', 0.22, 0.32] },
      },
      {
        id: 'water-areas',
        type: 'fill',
        source: 'water',
        filter: ['all', areas, visibleFrom],
        paint: { 'fill-color': paint.water },
      },
      {
        id: 'water-lines',
        type: 'line',
        source: 'water',
        filter: ['all', lines, visibleFrom],
        paint: {
          'line-color': paint.water,
          'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 7, 1, 16, 10],
        },
      },
      {
        id: 'district-borders',
        type: 'line',
        source: 'districts',
        paint: { 'line-color': paint.boundary, 'line-width': 1, 'line-dasharray': [4, 3] },
      },
      {
        id: 'roads',
        type: 'line',
        source: 'roads',
        filter: visibleFrom,
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: {
          'line-color': paint.road,
          'line-width': [
            'interpolate',
            ['exponential', 1.6],
            ['zoom'],
            8,
            ['match', ['get', 'class'], 'motorway', 1.4, 'primary', 0.9, 0.4],
            17,
            ['match', ['get', 'class'], 'motorway', 18, 'primary', 14, 8],
          ],
        },
      },
    ],
  };
}

/** Vector tiles in the layer names of Protomaps and of OpenMapTiles alike: a layer that a file lacks draws nothing. */
function vectorTiles(url: string, { basemap, paint, language }: BaseChoice): Ground {
  const fill = (layer: string, color: string): LayerSpecification => ({
    id: `base-${layer}`,
    type: 'fill',
    source: 'base',
    'source-layer': layer,
    filter: areas,
    paint: { 'fill-color': color },
  });
  const line = (layer: string, color: string, width: number): LayerSpecification => ({
    id: `base-${layer}`,
    type: 'line',
    source: 'base',
    'source-layer': layer,
    filter: lines,
    paint: {
      'line-color': color,
      'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 8, width / 3, 16, width * 4],
    },
  });
  const name = (layer: string): LayerSpecification => ({
    id: `base-${layer}`,
    type: 'symbol',
    source: 'base',
    'source-layer': layer,
    layout: { 'text-field': nameIn(language), 'text-font': LABEL_FONT, 'text-size': 12 },
    paint: { 'text-color': paint.name, 'text-halo-color': paint.land, 'text-halo-width': 1.2 },
  });
  return {
    sources: { base: { type: 'vector', url: `pmtiles://${absolute(url)}`, attribution: basemap.attribution } },
    layers: [
      fill('water', paint.water),
      line('boundaries', paint.boundary, 1),
      line('boundary', paint.boundary, 1),
      line('roads', paint.road, 2),
      line('transportation', paint.road, 2),
      name('places'),
      name('place'),
    ],
  };
}

/** Pictures of another house, greyed so that no colour of theirs is read as a state. */
function rasterTiles(url: string, { basemap, theme }: BaseChoice): Ground {
  return {
    sources: { base: { type: 'raster', tiles: [tileAddress(url)], tileSize: 256, attribution: basemap.attribution } },
    layers: [
      {
        id: 'base',
        type: 'raster',
        source: 'base',
        paint: {
          'raster-saturation': -1,
          'raster-contrast': -0.2,
          'raster-brightness-max': theme === 'night' ? 0.35 : 1,
          'raster-brightness-min': theme === 'night' ? 0 : 0.2,
        },
      },
    ],
  };
}

/** A WMTS address with its own names for the tile, as MapLibre names them; one without any asks by key and value. */
export function tileAddress(url: string): string {
  const named = url
    .replace(/\{TileMatrix\}/gi, '{z}')
    .replace(/\{TileCol\}/gi, '{x}')
    .replace(/\{TileRow\}/gi, '{y}');
  if (named.includes('{z}')) return named;
  const joined = named.includes('?') ? (/[?&]$/.test(named) ? '' : '&') : '?';
  return `${named}${joined}SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}`;
}

function absolute(url: string): string {
  return URL.canParse(url) ? url : new URL(url, window.location.href).href;
}
