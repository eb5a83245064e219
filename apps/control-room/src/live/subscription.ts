import type { Subscribe } from '@lifeline/contracts';

/** West, south, east, north in degrees. */
export type Bbox = [number, number, number, number];

export interface Placed {
  readonly lon: number;
  readonly lat: number;
}

/** Most sensors that one subscription may name (contract). */
const MOST_NAMED = 1000;

/**
 * One subscription for all that is on the screen: what the map shows and what is open beside it.
 * The server holds one subscription a client, so a selected sensor outside the map's view is either named with all that
 * are inside, or the box is stretched to hold it. Undefined where nothing is watched.
 */
export function subscriptionFor(
  box: Bbox | undefined,
  sensorIds: readonly string[],
  places: ReadonlyMap<string, Placed>,
): Subscribe | undefined {
  if (box === undefined) {
    return sensorIds.length === 0 ? undefined : { sensorIds: sensorIds.slice(0, MOST_NAMED) };
  }
  const outside = sensorIds.filter((sensorId) => {
    const place = places.get(sensorId);
    return place === undefined || !holds(box, place);
  });
  if (outside.length === 0) return { bbox: box };
  const named = [...outside];
  for (const [sensorId, place] of places) {
    if (!holds(box, place)) continue;
    named.push(sensorId);
    if (named.length > MOST_NAMED) return { bbox: stretched(box, outside, places) };
  }
  return { sensorIds: named };
}

function holds([west, south, east, north]: Bbox, { lon, lat }: Placed): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

function stretched(box: Bbox, sensorIds: readonly string[], places: ReadonlyMap<string, Placed>): Bbox {
  let [west, south, east, north] = box;
  for (const sensorId of sensorIds) {
    const place = places.get(sensorId);
    if (place === undefined) continue;
    west = Math.min(west, place.lon);
    south = Math.min(south, place.lat);
    east = Math.max(east, place.lon);
    north = Math.max(north, place.lat);
  }
  return [west, south, east, north];
}
