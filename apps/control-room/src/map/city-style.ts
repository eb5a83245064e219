import { UTILITIES } from '@lifeline/contracts';
import type { StyleSpecification } from 'maplibre-gl';
import { baseStyle, nameLayers } from './base-style.js';
import { citySources, networkLayers, sensorLayers } from './city-layers.js';
import { findingLayers } from './finding-layers.js';
import type { Look } from './map-look.js';
import { riskLayer } from './risk-layer.js';

/** All layers of the city's map from the ground up: base, risk, networks, names, findings, sensors. */
export function cityStyle(look: Look): StyleSpecification {
  const base = baseStyle(look);
  const networks = UTILITIES.flatMap((utility) => networkLayers(utility, look.palette));
  return {
    ...base,
    sources: { ...base.sources, ...citySources() },
    layers: [
      ...base.layers,
      riskLayer(look.palette),
      ...networks,
      ...nameLayers(look),
      ...findingLayers(look.palette),
      ...sensorLayers(look.palette),
    ],
  };
}
