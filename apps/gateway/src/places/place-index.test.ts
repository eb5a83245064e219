import { baseLayers } from '@lifeline/city';
import fc from 'fast-check';
import { createPlaceIndex } from './place-index.js';

const layers = baseLayers(341100);
const index = createPlaceIndex(layers);
const namesOf = (text: string): string[] => index.find(text, 10).map(({ name }) => name.en);

describe('places by their names', () => {
  it('finds a district, a road and a river in either language, the exact name first', () => {
    expect(index.find('琅琊区', 1)[0]).toMatchObject({ kind: 'district', name: { en: 'Langya' }, district: null });
    expect(namesOf('langya')[0]).toBe('Langya');
    expect(index.find('淮河', 1)[0]).toMatchObject({ kind: 'water', name: { en: 'Huai River' }, district: null });
    const [road] = index.find('滁来路', 1);
    expect(road).toMatchObject({ kind: 'road', name: { en: 'Chuzhou–Lai’an Road' } });
    expect(road!.lon).toBeGreaterThanOrEqual(road!.extent[0]);
    expect(road!.lat).toBeLessThanOrEqual(road!.extent[3]);
  });

  it('tells apart streets of one name by their district, and a word of it chooses', () => {
    const all = index.find('Tianzhu West Road', 50);
    expect(all.length).toBeGreaterThan(0);
    expect(new Set(all.map(({ placeId }) => placeId)).size).toBe(all.length);
    const { district, placeId } = all[0]!;
    expect(index.find(`Tianzhu West Road ${district!.en}`, 50).map((one) => one.placeId)).toContain(placeId);
    expect(index.find('Tianzhu West Road Nowhere', 50)).toEqual([]);
  });

  it('passes over a house number, which the map does not know', () => {
    expect(namesOf('Tianzhu West Road 188')).toEqual(namesOf('Tianzhu West Road'));
    expect(namesOf('天柱西路188号')).toEqual(namesOf('天柱西路'));
    expect(namesOf('188')).toEqual([]);
  });

  it('finds where two roads cross, and nothing where they do not', () => {
    const [a, b] = crossingStreets();
    const [crossing] = index.find(`${a} & ${b}`, 5);
    expect(crossing).toMatchObject({ kind: 'crossing' });
    expect(crossing!.name.en).toMatch(new RegExp(`${a}|${b}`));
    expect(index.find('Chuzhou–Lai’an Road & Mingguang–Fengyang Road', 5)).toEqual([]);
  });

  it('answers any text with no more than was asked for, each a place within its own extent', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), fc.integer({ min: 1, max: 50 }), (text, limit) => {
        const found = index.find(text, limit);
        expect(found.length).toBeLessThanOrEqual(limit);
        for (const { lon, lat, extent } of found) {
          expect(lon >= extent[0] && lon <= extent[2] && lat >= extent[1] && lat <= extent[3]).toBe(true);
        }
      }),
    );
  });

  it('finds nothing where there are no layers', () => {
    expect(createPlaceIndex({}).find('langya', 5)).toEqual([]);
  });
});

/** Two named streets that share an end in the drawn city. */
function crossingStreets(): [string, string] {
  const byEnd = new Map<string, string>();
  for (const { geometry, properties } of layers.roads.features) {
    if (geometry.type !== 'LineString' || properties?.['class'] !== 'street') continue;
    const name = String(properties['name']);
    for (const end of [geometry.coordinates[0]!, geometry.coordinates.at(-1)!]) {
      const other = byEnd.get(end.join());
      if (other !== undefined && other !== name && !/and|&/.test(`${name}${other}`)) return [other, name];
      byEnd.set(end.join(), name);
    }
  }
  throw new Error('no two streets meet');
}
