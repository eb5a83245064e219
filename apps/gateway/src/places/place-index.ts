import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { lineIntersect } from '@turf/line-intersect';
import { PLACE_KINDS, type Place } from '@lifeline/contracts';
import type { Feature, FeatureCollection, LineString, Polygon, Position } from 'geojson';

type Kind = Place['kind'];
type Words = Place['name'];
type Extent = [number, number, number, number];

/** Layers of the base map that have names to be found by; any may be missing. */
export interface NamedLayers {
  readonly districts?: FeatureCollection | undefined;
  readonly places?: FeatureCollection | undefined;
  readonly roads?: FeatureCollection | undefined;
  readonly water?: FeatureCollection | undefined;
  readonly land?: FeatureCollection | undefined;
}

export interface PlaceIndex {
  /** Places whose names and district hold every word; the best first. */
  find(text: string, limit: number): Place[];
}

interface Indexed {
  readonly place: Place;
  /** What is searched: names and districts in both languages, small letters. */
  readonly said: string;
  /** Courses of a road. */
  readonly lines: readonly Feature<LineString>[];
}

/** Between the names of two roads that cross. */
const AND = /\s*(?:&|\/|与|和|\band\b)\s*/;
/** Said around a crossing, and a house number: the map knows neither. */
const CROSSING_WORDS = /交叉路?口|路口|\bcrossing\b|\bcorner\b/g;
const HOUSE_NUMBER = /(?:^|\s)(?:no\.?\s*)?\d+\s*号?(?=\s|$)|\d+\s*号/g;
/** Roads of each name that are laid over each other. */
const MOST_CROSSED = 12;

/** Reads every name of the layers once. A street in many pieces is one place in each district that it runs through. */
export function createPlaceIndex(layers: NamedLayers): PlaceIndex {
  const districts = districtsOf(layers.districts);
  const all: Indexed[] = [
    ...pointsOf(layers.places, districts),
    ...areasOf(layers.land, 'green', districts),
    ...namesOf(layers.roads, 'road', districts),
    ...namesOf(layers.water, 'water', districts),
  ];
  const roads = all.filter(({ place }) => place.kind === 'road');

  return { find };

  function find(text: string, limit: number): Place[] {
    const asked = text.toLowerCase().replace(CROSSING_WORDS, ' ').trim();
    const [one, other, ...more] = asked.split(AND).filter(Boolean);
    if (one !== undefined && other !== undefined && more.length === 0) {
      const crossings = crossingsOf(among(roads, one, MOST_CROSSED), among(roads, other, MOST_CROSSED));
      if (crossings.length > 0) return crossings.slice(0, limit);
    }
    const found = among(all, asked, limit);
    const plain = found.length > 0 ? found : among(all, asked.replace(HOUSE_NUMBER, ' '), limit);
    return plain.map(({ place }) => place);
  }
}

function among(all: readonly Indexed[], text: string, most: number): Indexed[] {
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const whole = words.join(' ');
  const rank = ({ place: { name, kind } }: Indexed): number => {
    const names = [name.en.toLowerCase(), name.zh];
    const match = names.includes(whole) ? 0 : names.some((one) => one.startsWith(whole)) ? 1 : 2;
    return match * PLACE_KINDS.length + PLACE_KINDS.indexOf(kind);
  };
  return all
    .filter(({ said }) => words.every((word) => said.includes(word)))
    .map((one) => ({ one, rank: rank(one) }))
    .sort((a, b) => a.rank - b.rank || (a.one.place.placeId < b.one.place.placeId ? -1 : 1))
    .slice(0, most)
    .map(({ one }) => one);
}

/** Where roads of the one name cross roads of the other. */
function crossingsOf(ones: readonly Indexed[], others: readonly Indexed[]): Place[] {
  const crossings: Place[] = [];
  for (const a of ones)
    for (const b of others) {
      if (a.place.name.en === b.place.name.en || !overlap(a.place.extent, b.place.extent)) continue;
      const at = firstCrossing(a.lines, b.lines);
      if (at === undefined) continue;
      const [lon, lat] = at as [number, number];
      crossings.push({
        placeId: `crossing.${a.place.placeId}.${b.place.placeId}`,
        kind: 'crossing',
        name: { en: `${a.place.name.en} & ${b.place.name.en}`, zh: `${a.place.name.zh}与${b.place.name.zh}交叉口` },
        district: a.place.district ?? b.place.district,
        ...{ lon, lat, extent: [lon, lat, lon, lat] },
      });
    }
  return crossings;
}

function firstCrossing(ones: Indexed['lines'], others: Indexed['lines']): Position | undefined {
  for (const one of ones)
    for (const other of others) {
      const [point] = lineIntersect(one, other).features;
      if (point) return point.geometry.coordinates;
    }
  return undefined;
}

interface District {
  readonly name: Words;
  readonly polygon: Feature<Polygon>;
}

function districtsOf(layer: FeatureCollection | undefined): District[] {
  return (layer?.features ?? [])
    .filter((feature): feature is Feature<Polygon> => feature.geometry.type === 'Polygon')
    .map((polygon) => ({ name: wordsOf(polygon), polygon }));
}

function districtAt(at: Position, districts: readonly District[]): Words | null {
  return districts.find(({ polygon }) => booleanPointInPolygon(at, polygon))?.name ?? null;
}

function pointsOf(layer: FeatureCollection | undefined, districts: readonly District[]): Indexed[] {
  return (layer?.features ?? []).flatMap((feature) => {
    if (feature.geometry.type !== 'Point') return [];
    const at = feature.geometry.coordinates;
    const kind: Kind = feature.properties?.['class'] === 'city' ? 'city' : 'district';
    const name = wordsOf(feature);
    const own = districts.find((district) => district.name.en === name.en);
    const extent = own ? extentOf(own.polygon.geometry.coordinates.flat()) : extentOf([at]);
    return [indexed(kind, name, null, at, extent, [])];
  });
}

function areasOf(layer: FeatureCollection | undefined, wanted: Kind, districts: readonly District[]): Indexed[] {
  return (layer?.features ?? []).flatMap((feature) => {
    if (feature.geometry.type !== 'Polygon' || feature.properties?.['class'] !== wanted) return [];
    const extent = extentOf(feature.geometry.coordinates.flat());
    const at = middleOf(extent);
    return [indexed(wanted, wordsOf(feature), districtAt(at, districts), at, extent, [])];
  });
}

/** Lines and areas of one name and district are one place: a road, a river. */
function namesOf(layer: FeatureCollection | undefined, kind: Kind, districts: readonly District[]): Indexed[] {
  const byName = new Map<
    string,
    { name: Words; district: Words | null; parts: Position[][]; lines: Feature<LineString>[] }
  >();
  for (const feature of layer?.features ?? []) {
    const { geometry } = feature;
    if (geometry.type !== 'LineString' && geometry.type !== 'Polygon') continue;
    const course = geometry.type === 'LineString' ? geometry.coordinates : geometry.coordinates.flat();
    const name = wordsOf(feature);
    // A river or a motorway runs through many: it is one all the same.
    const isLong = kind === 'water' || feature.properties?.['class'] === 'motorway';
    const district = isLong ? null : districtAt(course[Math.floor(course.length / 2)]!, districts);
    const key = `${name.en}|${name.zh}|${district?.en ?? ''}`;
    let known = byName.get(key);
    if (!known) byName.set(key, (known = { name, district, parts: [], lines: [] }));
    known.parts.push(course);
    if (geometry.type === 'LineString') known.lines.push(feature as Feature<LineString>);
  }
  return [...byName.values()].map(({ name, district, parts, lines }) => {
    // A point on it, not the middle of its box, which may be far from it.
    const longest = parts.reduce((most, part) => (part.length > most.length ? part : most));
    const at = longest[Math.floor(longest.length / 2)]!;
    return indexed(kind, name, district, at, extentOf(parts.flat()), lines);
  });
}

function indexed(
  kind: Kind,
  name: Words,
  district: Words | null,
  at: Position,
  extent: Extent,
  lines: Indexed['lines'],
): Indexed {
  const placeId = [kind, name.en, district?.en].filter(Boolean).join('.').toLowerCase().replaceAll(' ', '-');
  const [lon, lat] = at as [number, number];
  return {
    place: { placeId, kind, name, district, lon, lat, extent },
    said: [name.en, name.zh, district?.en ?? '', district?.zh ?? ''].join('\n').toLowerCase(),
    lines,
  };
}

function wordsOf({ properties }: Feature): Words {
  const name = String(properties?.['name'] ?? '');
  return { en: name, zh: String(properties?.['nameZh'] ?? name) };
}

function extentOf(course: readonly Position[]): Extent {
  const extent: Extent = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of course as readonly [number, number][]) {
    extent[0] = Math.min(extent[0], lon);
    extent[1] = Math.min(extent[1], lat);
    extent[2] = Math.max(extent[2], lon);
    extent[3] = Math.max(extent[3], lat);
  }
  return extent;
}

function middleOf([west, south, east, north]: Extent): Position {
  return [(west + east) / 2, (south + north) / 2];
}

function overlap(a: Place['extent'], b: Place['extent']): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}
