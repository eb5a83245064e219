import type { LonLat } from '../geometry.js';
import { Random, hashText } from '../random.js';

/** A town of the province: a disc of streets, roughly. */
export interface ProvinceTown {
  /** "hefei", "hefei-3" */
  readonly townId: string;
  readonly name: string;
  readonly nameZh: string;
  /** The prefecture that it belongs to, and lies in the middle of where it is the city itself. */
  readonly prefecture: string;
  readonly centre: LonLat;
  readonly radiusM: number;
  /** How far its streets are turned from east, radians. */
  readonly turnRad: number;
  /** Seeds what is drawn by chance in it. */
  readonly key: number;
  /** Share of the province's built-up area. */
  readonly share: number;
}

/**
 * The sixteen cities of Anhui: centre in degrees (WGS 84, to a hundredth), and a weight for the size of their built-up area
 * (made up, in the order of their urban population).
 */
const CITIES: readonly (readonly [string, string, string, number, number, number])[] = [
  ['hefei', 'Hefei', '合肥', 117.23, 31.82, 20],
  ['wuhu', 'Wuhu', '芜湖', 118.43, 31.35, 8],
  ['bengbu', 'Bengbu', '蚌埠', 117.39, 32.92, 6],
  ['huainan', 'Huainan', '淮南', 117.0, 32.63, 6],
  ['maanshan', "Ma'anshan", '马鞍山', 118.51, 31.67, 5],
  ['huaibei', 'Huaibei', '淮北', 116.8, 33.96, 4.5],
  ['tongling', 'Tongling', '铜陵', 117.81, 30.95, 3.5],
  ['anqing', 'Anqing', '安庆', 117.06, 30.54, 4],
  ['huangshan', 'Huangshan', '黄山', 118.34, 29.72, 2.5],
  ['chuzhou', 'Chuzhou', '滁州', 118.32, 32.3, 4.5],
  ['fuyang', 'Fuyang', '阜阳', 115.81, 32.89, 6],
  ['suzhou', 'Suzhou', '宿州', 116.96, 33.65, 4],
  ['luan', "Lu'an", '六安', 116.52, 31.74, 4],
  ['bozhou', 'Bozhou', '亳州', 115.78, 33.85, 3.5],
  ['chizhou', 'Chizhou', '池州', 117.49, 30.67, 2.5],
  ['xuancheng', 'Xuancheng', '宣城', 118.76, 30.94, 3],
];

/** Towns around each city: the province has about a hundred counties and districts. Names and places are made up. */
const TOWNS_A_CITY = 6;
const TOWN_WEIGHT = 0.33;
const METRES_A_DEGREE = 111_320;

/** @param builtUpKm2 area of all towns together */
export function provinceTowns(seed: string, builtUpKm2: number): ProvinceTown[] {
  const towns: (Omit<ProvinceTown, 'radiusM' | 'share'> & { weight: number })[] = [];
  for (const [townId, name, nameZh, lon, lat, weight] of CITIES) {
    const random = new Random(`${seed}/province/${townId}`);
    const shared = { prefecture: townId };
    towns.push({ ...shared, townId, name, nameZh, centre: [lon, lat], ...chance(random, seed, townId), weight });
    for (let i = 1; i <= TOWNS_A_CITY; i++) {
      const heading = ((i + random.between(-0.3, 0.3)) / TOWNS_A_CITY) * 2 * Math.PI;
      const awayM = random.between(24_000, 46_000);
      const id = `${townId}-${i}`;
      towns.push({
        ...shared,
        townId: id,
        name: `${name} Town ${i}`,
        nameZh: `${nameZh}${'一二三四五六'[i - 1]!}镇`,
        centre: [
          lon + (Math.cos(heading) * awayM) / METRES_A_DEGREE / Math.cos((lat * Math.PI) / 180),
          lat + (Math.sin(heading) * awayM) / METRES_A_DEGREE,
        ],
        ...chance(random, seed, id),
        weight: TOWN_WEIGHT * random.between(0.6, 1.4),
      });
    }
  }
  const total = towns.reduce((sum, { weight }) => sum + weight, 0);
  return towns.map(({ weight, ...town }) => ({
    ...town,
    share: weight / total,
    radiusM: Math.sqrt((builtUpKm2 * 1e6 * weight) / total / Math.PI),
  }));
}

function chance(random: Random, seed: string, townId: string): Pick<ProvinceTown, 'turnRad' | 'key'> {
  return { turnRad: random.between(-0.6, 0.6), key: hashText(`${seed}/streets/${townId}`) };
}
