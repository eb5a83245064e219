import { PRIORITIES, UTILITIES, type Priority, type Utility } from '@lifeline/contracts';
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { FeatureCollection } from 'geojson';
import type { Palette, PriorityPaint } from '../theme/palette.js';
import { LABEL_FONT } from './base-style.js';

/** From this zoom on live values stand beside the sensors. */
export const VALUES_FROM = 14.5;

export const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

export const LAYER = {
  /** All sensors, drawn by `MarkLayer`. */
  marks: 'sensor-marks',
  abnormal: 'abnormal',
} as const;

/** Lifelines are told by the pattern of their lines, never by a hue. */
const PATTERNS: Readonly<Record<Utility, { readonly dash?: number[]; readonly gap?: number; readonly width: number }>> =
  {
    gas: { width: 1.1 },
    power: { dash: [5, 2.5], width: 1.1 },
    bridge: { gap: 2.5, width: 1.4 },
    drainage: { dash: [1, 1.6], width: 1.3 },
  };

export function networkSource(utility: Utility): SourceSpecification {
  // The map's workers know no page to count an address from.
  const tiles = [`${window.location.origin}/map/networks/${utility}/{z}/{x}/{y}.pbf`];
  return { type: 'vector', tiles, minzoom: 4, maxzoom: 14, promoteId: 'assetId' };
}

export function citySources(): Record<string, SourceSpecification> {
  const sources: Record<string, SourceSpecification> = {};
  for (const utility of UTILITIES) sources[`net-${utility}`] = networkSource(utility);
  return {
    ...sources,
    risk: { type: 'geojson', data: NOTHING },
    values: { type: 'geojson', data: NOTHING },
    finding: { type: 'geojson', data: NOTHING },
    selected: { type: 'geojson', data: NOTHING },
    abnormal: { type: 'geojson', data: NOTHING },
  };
}

/** The one layer of the networks' tiles. */
const TILED = { 'source-layer': 'network' } as const;

/** Lines and places of one lifeline, thin and grey; the tiles leave out by zoom what is far. */
export function networkLayers(utility: Utility, palette: Palette): LayerSpecification[] {
  const { dash, gap, width } = PATTERNS[utility];
  const shared = {
    'line-color': palette.map.network,
    ...(dash && { 'line-dasharray': dash }),
  };
  return [
    {
      id: `net-${utility}-lines`,
      type: 'line',
      source: `net-${utility}`,
      ...TILED,
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: {
        ...shared,
        'line-width': [
          'interpolate',
          ['linear'],
          ['zoom'],
          6,
          ['match', ['get', 'class'], 'trunk', width * 0.8, width * 0.3],
          11,
          ['match', ['get', 'class'], ['trunk', 'main'], width * 0.9, width * 0.5],
          14,
          ['match', ['get', 'class'], ['trunk', 'main'], width * 1.4, width],
          17,
          width * 2.2,
        ],
        ...(gap !== undefined && { 'line-gap-width': gap }),
      },
    },
    {
      id: `net-${utility}-hit`,
      type: 'line',
      source: `net-${utility}`,
      ...TILED,
      minzoom: 11.5,
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-width': 12, 'line-opacity': 0 },
    },
    {
      id: `net-${utility}-points`,
      type: 'circle',
      source: `net-${utility}`,
      ...TILED,
      minzoom: 13,
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 1.6, 17, 4],
        'circle-color': palette.map.land,
        'circle-stroke-color': palette.map.network,
        'circle-stroke-width': 1,
      },
    },
  ];
}

/** The selected asset's line, above its network. */
export function chosenLineLayer(utility: Utility, palette: Palette, assetId: string): LayerSpecification {
  return {
    id: `net-${utility}-chosen`,
    type: 'line',
    source: `net-${utility}`,
    ...TILED,
    filter: ['all', ['==', ['geometry-type'], 'LineString'], ['==', ['get', 'assetId'], assetId]],
    layout: { 'line-cap': 'round' },
    paint: { 'line-color': palette.text, 'line-width': 4 },
  };
}

export function byPriority(palette: Palette, part: keyof PriorityPaint): ExpressionSpecification {
  const pairs = PRIORITIES.flatMap((priority: Priority) => [priority, palette.priority[priority][part]]);
  return ['match', ['get', 'priority'], ...pairs, palette.process] as unknown as ExpressionSpecification;
}

/** Above the sensors' marks: live values, what is selected; above all and never clustered, what is abnormal. */
export function sensorLayers(palette: Palette): LayerSpecification[] {
  return [
    {
      id: 'values',
      type: 'symbol',
      source: 'values',
      minzoom: VALUES_FROM,
      layout: {
        'text-field': ['get', 'text'],
        'text-font': LABEL_FONT,
        'text-size': 11,
        'text-anchor': 'left',
        'text-justify': 'left',
        'text-offset': [1.5, 0],
        'text-max-width': 30,
      },
      paint: {
        'text-color': ['case', ['get', 'trusted'], palette.process, palette.quiet],
        'text-halo-color': palette.map.land,
        'text-halo-width': 1.4,
      },
    },
    {
      id: 'selected',
      type: 'circle',
      source: 'selected',
      paint: {
        'circle-radius': 17,
        'circle-color': palette.text,
        'circle-opacity': 0.12,
        'circle-stroke-color': palette.text,
        'circle-stroke-width': 1.6,
      },
    },
    {
      id: 'abnormal-rings',
      type: 'circle',
      source: 'abnormal',
      filter: ['get', 'waits'],
      paint: {
        'circle-radius': 13,
        'circle-color': palette.map.land,
        'circle-opacity': 0.55,
        'circle-stroke-color': byPriority(palette, 'ink'),
        'circle-stroke-width': 2,
      },
    },
    {
      id: LAYER.abnormal,
      type: 'symbol',
      source: 'abnormal',
      layout: {
        'icon-image': ['concat', 'mark-', ['get', 'priority'], ['case', ['get', 'hollow'], '-hollow', '']],
        'icon-size': 0.68,
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'text-field': ['get', 'number'],
        'text-font': LABEL_FONT,
        'text-size': 10.5,
        'text-offset': ['match', ['get', 'priority'], 'orange', ['literal', [0, 0.12]], ['literal', [0, 0]]],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
        'symbol-sort-key': ['get', 'severity'],
      },
      paint: {
        'icon-color': ['case', ['get', 'held'], palette.quiet, byPriority(palette, 'fill')],
        'icon-halo-color': ['case', ['get', 'held'], palette.map.land, byPriority(palette, 'ink')],
        'icon-halo-width': 0.8,
        'icon-opacity': ['case', ['get', 'held'], 0.7, 1],
        'text-color': [
          'case',
          ['get', 'held'],
          palette.quiet,
          ['get', 'hollow'],
          palette.text,
          byPriority(palette, 'on'),
        ],
      },
    },
  ];
}
