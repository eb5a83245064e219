import { degrees, type MapSensors } from '@lifeline/contracts';
import type { Feature, FeatureCollection, Point } from 'geojson';
import { Map as MapLibreMap, type CircleLayerSpecification, type GeoJSONSource } from 'maplibre-gl';
import { baseStyle, nameLayers } from '../base-style.js';
import { readyMapLibre } from '../maplibre.js';
import type { MakeRival, Rival } from './rival.js';
import { look, START } from './scene.js';

/** What one would write first: every sensor a GeoJSON point, a circle each, and `setData` with all of them when states change. */
export const geojson: MakeRival = (container, sensors) => {
  const data = pointsOf(sensors);
  const map = emptyMap(container);
  map.on('load', () => {
    map.addSource('sensors', { type: 'geojson', data });
    map.addLayer(circles(['get', 'state']));
  });
  return {
    map,
    ready: firstIdle(map),
    take({ sensors: numbers, values, states }) {
      numbers.forEach((sensor, i) => {
        data.features[sensor]!.properties = { state: states[i]!, value: values[i]! };
      });
      map.getSource<GeoJSONSource>('sensors')?.setData(data);
    },
  };
};

/** The same points set once, and MapLibre's feature state for those that change. */
export const featureState: MakeRival = (container, sensors) => {
  const map = emptyMap(container);
  map.on('load', () => {
    map.addSource('sensors', { type: 'geojson', data: pointsOf(sensors) });
    map.addLayer(circles(['coalesce', ['feature-state', 'state'], 0]));
  });
  return {
    map,
    ready: firstIdle(map),
    take({ sensors: numbers, states, changed }) {
      numbers.forEach((sensor, i) => {
        if (changed[i] === 1) map.setFeatureState({ source: 'sensors', id: sensor }, { state: states[i]! });
      });
    },
  };
};

/** MapLibre's own clusters with the worst state as a cluster property: as the page drew its sensors before. */
export const clustered: MakeRival = (container, sensors) => {
  const data = pointsOf(sensors);
  const map = emptyMap(container);
  map.on('load', () => {
    map.addSource('sensors', {
      type: 'geojson',
      data,
      cluster: true,
      clusterRadius: 44,
      clusterMaxZoom: 13,
      clusterProperties: { state: ['max', ['get', 'state']] },
    });
    map.addLayer(circles(['get', 'state']));
  });
  return {
    map,
    ready: firstIdle(map),
    take({ sensors: numbers, values, states, changed }) {
      numbers.forEach((sensor, i) => {
        data.features[sensor]!.properties = { state: states[i]!, value: values[i]! };
      });
      if (changed.includes(1)) map.getSource<GeoJSONSource>('sensors')?.setData(data);
    },
  };
};

export function emptyMap(container: HTMLElement): MapLibreMap {
  readyMapLibre();
  const base = baseStyle(look);
  return new MapLibreMap({
    container,
    style: { ...base, layers: [...base.layers, ...nameLayers(look)] },
    center: [START.lng, START.lat],
    zoom: START.zoom,
    fadeDuration: 0,
  });
}

export function firstIdle(map: MapLibreMap): Rival['ready'] {
  return new Promise((resolve) => map.once('load', () => void map.once('idle', () => resolve())));
}

function pointsOf(sensors: MapSensors): FeatureCollection<Point, { state: number; value: number }> {
  const features: Feature<Point, { state: number; value: number }>[] = [];
  for (let i = 0; i < sensors.count; i++) {
    const coordinates = [degrees(sensors.lon, i), degrees(sensors.lat, i)];
    const properties = { state: sensors.state[i]!, value: 0 };
    features.push({ type: 'Feature', id: i, geometry: { type: 'Point', coordinates }, properties });
  }
  return { type: 'FeatureCollection', features };
}

type Expression = NonNullable<NonNullable<CircleLayerSpecification['paint']>['circle-color']>;

function circles(state: Expression): CircleLayerSpecification {
  const { process, quiet, priority } = look.palette;
  const colour: Expression = ['match', state as never, 0, process, 1, quiet, priority.yellow.fill];
  return { id: 'sensors', type: 'circle', source: 'sensors', paint: { 'circle-radius': 4, 'circle-color': colour } };
}
