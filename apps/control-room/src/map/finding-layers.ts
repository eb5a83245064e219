import type { LayerSpecification } from 'maplibre-gl';
import type { Palette } from '../theme/palette.js';
import { LABEL_FONT } from './base-style.js';
import { byPriority } from './city-layers.js';

/** Colour is the alarm's: this is where somebody must go. The stretch shows how sure the place is. */
export function findingLayers(palette: Palette): LayerSpecification[] {
  return [
    {
      id: 'finding-stretch',
      type: 'line',
      source: 'finding',
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': byPriority(palette, 'fill'), 'line-width': 9, 'line-opacity': 0.55 },
    },
    {
      id: 'finding-point',
      type: 'circle',
      source: 'finding',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': 6,
        'circle-color': palette.map.land,
        'circle-stroke-color': byPriority(palette, 'ink'),
        'circle-stroke-width': 3,
      },
    },
    {
      id: 'finding-label',
      type: 'symbol',
      source: 'finding',
      filter: ['==', ['geometry-type'], 'Point'],
      layout: {
        'text-field': ['get', 'label'],
        'text-font': LABEL_FONT,
        'text-size': 12,
        'text-anchor': 'bottom',
        'text-offset': [0, -0.9],
        'text-allow-overlap': true,
      },
      paint: { 'text-color': palette.text, 'text-halo-color': palette.map.land, 'text-halo-width': 2 },
    },
  ];
}
