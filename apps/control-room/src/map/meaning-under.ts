import type { Map as MapLibreMap } from 'maplibre-gl';
import { abnormalUnder, networkUnder, type ScreenPoint } from './feature-under.js';
import type { SensorDrawing } from './sensor-drawing.js';

/** What a click at a point of the screen means: what is abnormal first, then sensors and clusters, then the networks. */
export function meaningUnder(
  map: MapLibreMap,
  drawing: SensorDrawing,
  point: ScreenPoint,
): ReturnType<SensorDrawing['meaningOf']> | undefined {
  const abnormal: unknown = abnormalUnder(map, point)?.properties['sel'];
  if (typeof abnormal === 'string') return abnormal;
  const hit = drawing.under(point);
  if (hit !== undefined) return drawing.meaningOf(hit);
  const asset: unknown = networkUnder(map, point)?.properties['assetId'];
  return typeof asset === 'string' ? asset : undefined;
}
