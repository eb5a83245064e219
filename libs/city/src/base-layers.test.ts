import { jest } from '@jest/globals';
import type { Position } from 'geojson';
import { baseLayers, drawCity } from './base-layers.js';
import { cityFacts } from './facts.js';
import { drawBorders, drawDistricts } from './districts.js';
import { insideRing } from './geometry.js';
import { layOutTown } from './streets/layout.js';
import { TOWNS } from './towns.js';

// A city takes a second to build; a crowded machine takes longer.
jest.setTimeout(120_000);

const layers = baseLayers(7);
const features = Object.values(layers).flatMap((layer) => layer.features);

function ringsOf(feature: (typeof features)[number]): Position[][] {
  return feature.geometry.type === 'Polygon' ? feature.geometry.coordinates : [];
}

describe('the base map', () => {
  it('is the same for the same seed and another for another', () => {
    expect(JSON.stringify(baseLayers(7)) === JSON.stringify(layers)).toBe(true);
    // One town tells: a whole second city is a second of work.
    const streetsOf = (seed: string): string => JSON.stringify(layOutTown(TOWNS.at(-1)!, seed).graph.streets);
    expect(streetsOf('8') === streetsOf('7')).toBe(false);
  });

  it('names every feature in both languages and says what is made up', () => {
    const incomplete = features.filter(
      ({ properties: p }) =>
        typeof p?.['name'] !== 'string' ||
        !/\p{Script=Han}/u.test(String(p['nameZh'])) ||
        typeof p['class'] !== 'string' ||
        typeof p['madeUp'] !== 'boolean',
    );
    expect(incomplete).toEqual([]);
  });

  it('closes every ring, with at least four positions', () => {
    const rings = features.flatMap(ringsOf);
    expect(rings.length).toBeGreaterThan(30);
    expect(rings.filter((ring) => ring.length < 4 || ring.at(-1)!.join() !== ring[0]!.join())).toEqual([]);
  });

  it('keeps the roads within the bounds of the city', () => {
    const [west, south, east, north] = cityFacts.bounds;
    const outside = layers.roads.features.filter(
      ({ geometry }) =>
        geometry.type !== 'LineString' ||
        geometry.coordinates.some(([lon, lat]) => !(lon! > west && lon! < east && lat! > south && lat! < north)),
    );
    expect(outside).toEqual([]);
  });
});

describe('districts', () => {
  const districts = drawDistricts(drawBorders('7'));

  it('are eight, each around its seat alone', () => {
    expect(districts).toHaveLength(8);
    const holds = (rings: readonly [number, number][][], [x, y]: readonly [number, number]): boolean => {
      const inside = (ring: readonly [number, number][]): boolean =>
        insideRing(
          { x, y },
          ring.map(([lon, lat]) => ({ x: lon, y: lat })),
        );
      return inside(rings[0]!) && !rings.slice(1).some(inside);
    };
    for (const { seat, districtId } of districts) {
      expect(districts.filter(({ rings }) => holds(rings, seat)).map((found) => found.districtId)).toEqual([
        districtId,
      ]);
    }
  });

  it('share their borders: inner pieces are in two rings, outer ones in one, none in three', () => {
    const pieces = new Map<string, number>();
    for (const ring of districts.flatMap(({ rings }) => rings)) {
      for (let i = 1; i < ring.length; i++) {
        const key = [ring[i - 1]!.join(), ring[i]!.join()].sort().join(' ');
        pieces.set(key, (pieces.get(key) ?? 0) + 1);
      }
    }
    const counts = [...pieces.values()];
    expect(Math.max(...counts)).toBe(2);
    expect(counts.filter((count) => count === 2).length).toBeGreaterThan(400);
  });
});

describe('streets', () => {
  const { towns } = drawCity('7');

  it('are seven towns, each in one connected piece', () => {
    expect(towns).toHaveLength(7);
    for (const { graph } of towns) {
      const reached = new Set([0]);
      const stack = [0];
      while (stack.length > 0) {
        for (const number of graph.junctions[stack.pop()!]!.streets) {
          const { from, to } = graph.streets[number]!;
          for (const next of [from, to]) {
            if (reached.has(next)) continue;
            reached.add(next);
            stack.push(next);
          }
        }
      }
      expect(reached.size).toBe(graph.junctions.length);
    }
  });

  it('cross the river on bridges alone', () => {
    const main = towns[0]!;
    expect(main.graph.streets.filter(({ bridge }) => bridge).length).toBeGreaterThanOrEqual(6);
    const crosses = (a: { x: number; y: number }, b: { x: number; y: number }): boolean =>
      main.river.some((p, i) => {
        const q = main.river[i + 1];
        if (!q) return false;
        const side = (u: typeof p, v: typeof p, w: { x: number; y: number }): number =>
          Math.sign((v.x - u.x) * (w.y - u.y) - (v.y - u.y) * (w.x - u.x));
        return side(p, q, a) !== side(p, q, b) && side(a, b, p) !== side(a, b, q);
      });
    const wet = main.graph.streets.filter(
      ({ line, bridge }) => !bridge && line.some((point, i) => i > 0 && crosses(line[i - 1]!, point)),
    );
    expect(wet).toEqual([]);
  });
});
