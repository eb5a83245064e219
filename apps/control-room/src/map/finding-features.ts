import type { Feature, FeatureCollection, LineString, Point } from 'geojson';
import type { FindingPlace } from '../why/finding-place.js';

export interface LabelledPlace extends FindingPlace {
  /** "1,240 m ± 35 m" */
  readonly label: string;
}

/** Where something is thought to be: the stretch of the line that it lies on, and the point itself with its label. */
export function findingFeatures(places: readonly LabelledPlace[]): FeatureCollection<LineString | Point> {
  return {
    type: 'FeatureCollection',
    features: places.flatMap(({ priority, label, position, stretch }) => {
      const point: Feature<Point> = {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [...position] },
        properties: { priority, label },
      };
      if (stretch.length < 2) return [point];
      const coordinates = stretch.map(([lon, lat]) => [lon, lat]);
      return [{ type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: { priority } }, point];
    }),
  };
}
