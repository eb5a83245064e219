import { latOf, lonOf, mercatorX, mercatorY } from './mercator.js';
import type { Bbox } from '../live/subscription.js';

/** Part of the picture that stays free at each edge. */
const MARGIN = 0.05;

/** How the whole city lies in a small picture: Mercator, upright, as large as it fits. */
export interface Miniature {
  readonly width: number;
  readonly height: number;
  readonly x0: number;
  readonly y0: number;
  /** Pixels that the world would be wide. */
  readonly world: number;
}

/** @param box Mercator edges of the city: west, north, east, south */
export function miniatureOf(
  [west, north, east, south]: readonly [number, number, number, number],
  width: number,
  height: number,
): Miniature {
  const free = 1 - 2 * MARGIN;
  const world = Math.min((width * free) / Math.max(east - west, 1e-9), (height * free) / Math.max(south - north, 1e-9));
  return {
    ...{ width, height, world },
    x0: (west + east) / 2 - width / 2 / world,
    y0: (north + south) / 2 - height / 2 / world,
  };
}

/** Pixels from the left and the top of the picture. */
export function inMiniature({ x0, y0, world }: Miniature, lon: number, lat: number): readonly [number, number] {
  return [(mercatorX(lon) - x0) * world, (mercatorY(lat) - y0) * world];
}

/** Longitude and latitude of a point of the picture. */
export function fromMiniature({ x0, y0, world }: Miniature, x: number, y: number): readonly [number, number] {
  return [lonOf(x0 + x / world), latOf(y0 + y / world)];
}

/** The view's rectangle in the picture, never smaller than can be seen: left, top, width, height. */
export function viewIn(
  miniature: Miniature,
  [west, south, east, north]: Bbox,
): readonly [number, number, number, number] {
  const [left, top] = inMiniature(miniature, west, north);
  const [right, bottom] = inMiniature(miniature, east, south);
  const [width, height] = [Math.max(5, right - left), Math.max(5, bottom - top)];
  return [(left + right) / 2 - width / 2, (top + bottom) / 2 - height / 2, width, height];
}
