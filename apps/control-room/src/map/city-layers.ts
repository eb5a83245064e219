import { PRIORITIES, UTILITIES, type Priority, type Utility } from '@lifeline/contracts';
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { FeatureCollection } from 'geojson';
import type { Palette, PriorityPaint } from '../theme/palette.js';
import { LABEL_FONT } from './base-style.js';

/** From this zoom on no sensors are clustered, and live values stand beside them. */
export const CLUSTER_UNTIL = 13;
export const VALUES_FROM = 14.5;

export const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

export const LAYER = {
  cluster: 'sensor-clusters',
  place: 'sensor-places',
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
  return { type: 'geojson', data: `/map/networks/${utility}.geojson`, promoteId: 'assetId', tolerance: 0.6 };
}

export function citySources(): Record<string, SourceSpecification> {
  const sources: Record<string, SourceSpecification> = {};
  for (const utility of UTILITIES) sources[`net-${utility}`] = networkSource(utility);
  return {
    ...sources,
    'sensor-places': {
      type: 'geojson',
      data: NOTHING,
      cluster: true,
      clusterRadius: 44,
      clusterMaxZoom: CLUSTER_UNTIL,
      clusterProperties: {
        worst: ['max', ['get', 'severity']],
        sensors: ['+', ['get', 'sensors']],
        abnormal: ['+', ['get', 'abnormal']],
      },
    },
    values: { type: 'geojson', data: NOTHING },
    finding: { type: 'geojson', data: NOTHING },
    selected: { type: 'geojson', data: NOTHING },
    abnormal: { type: 'geojson', data: NOTHING },
  };
}

/** Lines and places of one lifeline, thin and grey; what is far generalised away by zoom. */
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
      minzoom: utility === 'power' ? 10.5 : 11.5,
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: {
        ...shared,
        'line-width': ['interpolate', ['linear'], ['zoom'], 11, width * 0.6, 14, width, 17, width * 2.2],
        ...(gap !== undefined && { 'line-gap-width': gap }),
      },
    },
    {
      id: `net-${utility}-hit`,
      type: 'line',
      source: `net-${utility}`,
      minzoom: 11.5,
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-width': 12, 'line-opacity': 0 },
    },
    {
      id: `net-${utility}-points`,
      type: 'circle',
      source: `net-${utility}`,
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
    filter: ['all', ['==', ['geometry-type'], 'LineString'], ['==', ['get', 'assetId'], assetId]],
    layout: { 'line-cap': 'round' },
    paint: { 'line-color': palette.text, 'line-width': 4 },
  };
}

export function byPriority(palette: Palette, part: keyof PriorityPaint): ExpressionSpecification {
  const pairs = PRIORITIES.flatMap((priority: Priority) => [priority, palette.priority[priority][part]]);
  return ['match', ['get', 'priority'], ...pairs, palette.process] as unknown as ExpressionSpecification;
}

function bySeverity(palette: Palette, calm: string): ExpressionSpecification {
  const pairs = PRIORITIES.flatMap((priority, i) => [4 - i, palette.priority[priority].ink]);
  return ['match', ['get', 'worst'], ...pairs, calm] as unknown as ExpressionSpecification;
}

const clustered: ExpressionSpecification = ['has', 'point_count'];

/** Sensors: clusters, single places, live values; above all and never clustered, what is abnormal. */
export function sensorLayers(palette: Palette): LayerSpecification[] {
  const radius: ExpressionSpecification = ['step', ['get', 'sensors'], 10, 20, 13, 100, 16, 500, 20];
  return [
    {
      id: LAYER.cluster,
      type: 'circle',
      source: 'sensor-places',
      filter: clustered,
      paint: {
        'circle-color': palette.panel,
        'circle-opacity': 0.92,
        'circle-radius': radius,
        'circle-stroke-color': bySeverity(palette, palette.map.network),
        'circle-stroke-width': ['case', ['>', ['get', 'worst'], 0], 2.2, 1],
      },
    },
    {
      id: 'sensor-cluster-counts',
      type: 'symbol',
      source: 'sensor-places',
      filter: clustered,
      layout: {
        'text-field': ['to-string', ['get', 'sensors']],
        'text-font': LABEL_FONT,
        'text-size': 10.5,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': palette.process },
    },
    {
      id: LAYER.place,
      type: 'symbol',
      source: 'sensor-places',
      filter: ['all', ['!', clustered], ['==', ['get', 'severity'], 0]],
      layout: {
        'icon-image': ['concat', 'sensor-', ['get', 'utility']],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.42, 16, 0.72],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
      paint: {
        'icon-color': palette.process,
        'icon-opacity': ['case', ['get', 'stale'], 0.45, 1],
        'icon-halo-color': palette.map.land,
        'icon-halo-width': 1.5,
      },
    },
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
