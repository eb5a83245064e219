import { jest } from '@jest/globals';
import { assetSchema } from '@lifeline/contracts';
import { buildCity } from './city.js';
import { cityFacts } from './facts.js';

// A city takes a second to build; a crowded machine takes longer.
jest.setTimeout(120_000);

const city = buildCity(7);
const ofKind = (kind: string) => city.assets.filter((asset) => asset.kind === kind);
const lineOf = (asset: (typeof city.assets)[number]): [number, number][] =>
  asset.geometry.type === 'LineString' ? asset.geometry.coordinates : [asset.geometry.coordinates];

describe('the networks of the city', () => {
  it('are the same for the same seed and others for another', () => {
    const asText = JSON.stringify(city.assets);
    expect(JSON.stringify(buildCity(7).assets) === asText).toBe(true);
    // The streets are most of the work; few assets on them tell as much.
    const few = buildCity(9, 0.05).assets;
    expect(few.length).toBeGreaterThan(20);
    expect(JSON.stringify(few) === JSON.stringify(city.assets.slice(0, few.length))).toBe(false);
  });

  it('are assets as the registry knows them, within the bounds, each with its site and an id of its own', () => {
    const [west, south, east, north] = cityFacts.bounds;
    const wrong = city.assets.filter(
      (asset) =>
        !assetSchema.safeParse(asset).success ||
        city.sites.get(asset.assetId)?.assetId !== asset.assetId ||
        lineOf(asset).some(([lon, lat]) => !(lon > west && lon < east && lat > south && lat < north)),
    );
    expect(wrong).toEqual([]);
    expect(new Set(city.assets.map(({ assetId }) => assetId)).size).toBe(city.assets.length);
  });

  it('hold every kind of asset', () => {
    for (const kind of assetSchema.shape.kind.options) expect(ofKind(kind).length).toBeGreaterThan(0);
  });

  it('drain downhill all the way', () => {
    const drains = ofKind('drain-segment');
    expect(drains.length).toBeGreaterThan(500);
    const invertAt = new Map<string, number>();
    const upper = (drain: (typeof drains)[number]): number => Number(drain.properties['invertUpperM']);
    const lower = (drain: (typeof drains)[number]): number => Number(drain.properties['invertLowerM']);
    expect(drains.filter((drain) => !(upper(drain) > lower(drain)))).toEqual([]);
    for (const drain of drains) invertAt.set(lineOf(drain)[0]!.join(), upper(drain));
    // Where one drain ends and another begins, the water does not climb.
    const climbing = drains.filter((drain) => {
      const next = invertAt.get(lineOf(drain).at(-1)!.join());
      return next !== undefined && next > lower(drain) + 0.011;
    });
    expect(climbing).toEqual([]);
  });

  it('lead every pipe back to its gate station: each begins where another ends, or at a gate', () => {
    const pipes = ofKind('pipe-segment');
    const starts = new Set(ofKind('regulator').map((asset) => lineOf(asset)[0]!.join()));
    for (const pipe of pipes) for (const position of lineOf(pipe).slice(1)) starts.add(position.join());
    expect(pipes.filter((pipe) => !starts.has(lineOf(pipe)[0]!.join()))).toEqual([]);
  });

  it('let feeders begin at their substation', () => {
    const stations = new Map(ofKind('substation').map((asset) => [asset.assetId, lineOf(asset)[0]!.join()]));
    for (const feeder of ofKind('feeder')) {
      expect(lineOf(feeder)[0]!.join()).toBe(stations.get(city.sites.get(feeder.assetId)!.sourceId));
    }
  });

  it('grow with the scale on the same streets', () => {
    const larger = buildCity(7, 4);
    const count = (assets: typeof city.assets): number => assets.filter(({ kind }) => kind === 'manhole').length;
    expect(count(larger.assets)).toBeGreaterThan(3.5 * count(city.assets));
    expect(() => buildCity(7, 0)).toThrow(RangeError);
  });
});
