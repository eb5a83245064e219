/** Longitude and latitude in degrees. */
export interface Coordinates {
  readonly lon: number;
  readonly lat: number;
}

const TWO_NUMBERS = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[°]?\s*[,，;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*[°]?\s*$/;

/**
 * A place typed as two numbers of degrees, in either order: of the two, the one nearer to the city is meant.
 * @returns undefined where the text is something else, or no place on earth
 */
export function coordinatesIn(text: string, city: Coordinates): Coordinates | undefined {
  const [, first, second] = TWO_NUMBERS.exec(text) ?? [];
  if (first === undefined || second === undefined) return undefined;
  const [a, b] = [Number(first), Number(second)];
  const may = [
    { lon: a, lat: b },
    { lon: b, lat: a },
  ].filter(({ lon, lat }) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90);
  return may.sort((x, y) => squareTo(x, city) - squareTo(y, city))[0];
}

function squareTo({ lon, lat }: Coordinates, city: Coordinates): number {
  return (lon - city.lon) ** 2 + (lat - city.lat) ** 2;
}
