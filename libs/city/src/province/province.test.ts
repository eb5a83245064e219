import { UTILITIES } from '@lifeline/contracts';
import { buildProvince, PROVINCE_PIPE_KM, PROVINCE_SENSORS } from './province.js';
import type { Box } from './province-network.js';

const province = buildProvince(341_100);

/** Edges of a map tile in degrees. */
function tileBox(zoom: number, [lon, lat]: readonly [number, number]): Box {
  const size = 360 / 2 ** zoom;
  const west = Math.floor((lon + 180) / size) * size - 180;
  const high = size * Math.cos((lat * Math.PI) / 180);
  return [west, lat - high / 2, west + size, lat + high / 2];
}

describe('a province', () => {
  it('has the sensors and the pipe of all Anhui', () => {
    const places = province.places();
    expect(places.reduce((sum, { channels }) => sum + channels, 0)).toBe(PROVINCE_SENSORS);
    expect(new Set(places.map(({ deviceId }) => deviceId)).size).toBe(places.length);
    expect(Math.abs(province.pipeKm() / PROVINCE_PIPE_KM - 1)).toBeLessThan(0.02);
    for (const utility of UTILITIES) expect(places.some((place) => place.utility === utility)).toBe(true);
  });

  it('is the same for the same seed, and another for another', () => {
    const again = buildProvince('341100').places(2_000);
    expect(again).toEqual(province.places(2_000));
    expect(buildProvince(1).places(2_000)).not.toEqual(again);
  });

  it('draws main lines alone from afar and every street from near, no tile ever large', () => {
    const centre = province.towns[0]!.centre;
    const vertices = (zoom: number) => {
      const lines = province.networkIn('gas', tileBox(zoom, centre), zoom);
      return { lines, count: lines.reduce((sum, { coordinates }) => sum + coordinates.length, 0) };
    };
    for (let zoom = 4; zoom <= 14; zoom++) expect(vertices(zoom).count).toBeLessThan(12_000);
    expect(new Set(vertices(7).lines.map((line) => line.class))).toEqual(new Set(['trunk']));
    expect(new Set(vertices(10).lines.map((line) => line.class))).toEqual(new Set(['trunk', 'main']));
    expect(vertices(14).lines.some((line) => line.class === 'service')).toBe(true);
  });

  it('draws the same line in neighbouring tiles', () => {
    const [lon, lat] = province.towns[3]!.centre;
    const ends = (box: Box) =>
      new Set(province.networkIn('drainage', box, 14).flatMap((line) => line.coordinates.map(String)));
    const left = ends([lon - 0.02, lat, lon, lat + 0.02]);
    const right = ends([lon, lat, lon + 0.02, lat + 0.02]);
    const shared = [...left].filter((point) => right.has(point));
    expect(shared.length).toBeGreaterThan(10);
  });
});
