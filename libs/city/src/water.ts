import { Frame, offsetLine, smoothLine, type LonLat, type Point } from './geometry.js';
import { roughened } from './districts.js';
import { roundish, type TownShape } from './streets/layout.js';
import { Random } from './random.js';

export interface WaterBody {
  readonly name: string;
  readonly nameZh: string;
  readonly class: 'river' | 'stream' | 'lake';
  readonly minzoom: number;
  /** A line for a river far out, closed rings for what has a width on the map. */
  readonly line?: LonLat[];
  readonly rings?: LonLat[][];
}

const RIVERS: readonly { name: string; nameZh: string; course: readonly LonLat[] }[] = [
  {
    name: 'Chi River',
    nameZh: '池河',
    course: [
      [117.58, 32.38],
      [117.76, 32.42],
      [117.87, 32.55],
      [117.97, 32.7],
      [117.985, 32.755],
      [117.99, 32.805],
      [118.03, 32.86],
      [118.08, 32.9],
    ],
  },
  {
    name: 'Lai River',
    nameZh: '来河',
    course: [
      [118.4, 32.62],
      [118.423, 32.473],
      [118.437, 32.426],
      [118.46, 32.33],
      [118.52, 32.2],
    ],
  },
  {
    name: 'Xiang River',
    nameZh: '襄河',
    course: [
      [118.05, 32.12],
      [118.241, 32.087],
      [118.299, 32.087],
      [118.36, 32.08],
      [118.42, 32.06],
    ],
  },
  {
    name: 'Hao River',
    nameZh: '濠河',
    course: [
      [117.5, 32.74],
      [117.546, 32.847],
      [117.558, 32.896],
      [117.6, 32.945],
    ],
  },
  {
    name: 'Baita River',
    nameZh: '白塔河',
    course: [
      [118.8, 32.66],
      [118.972, 32.698],
      [119.031, 32.696],
      [119.12, 32.74],
      [119.2, 32.78],
    ],
  },
];

const LAKES: readonly { name: string; nameZh: string; at: LonLat; size: readonly [number, number]; turnRad: number }[] =
  [
    { name: 'Nüshan Lake', nameZh: '女山湖', at: [118.09, 32.945], size: [10_500, 3300], turnRad: 0.45 },
    { name: 'Gaoyou Lake', nameZh: '高邮湖', at: [119.27, 32.84], size: [11_500, 17_000], turnRad: 0.1 },
    { name: 'Huashan Lake', nameZh: '花山湖', at: [118.245, 32.335], size: [1300, 620], turnRad: 0.7 },
    { name: 'Chengxi Reservoir', nameZh: '城西水库', at: [118.262, 32.306], size: [1150, 700], turnRad: -0.5 },
    { name: 'Huangli Lake', nameZh: '黄栗湖', at: [118.02, 32.05], size: [2600, 1200], turnRad: 0.3 },
    { name: 'Jiangxiang Lake', nameZh: '江巷湖', at: [117.5, 32.42], size: [3600, 1500], turnRad: -0.2 },
  ];

/** Rivers, brooks and lakes. The courses follow the real ones roughly; every bend is drawn by chance. */
export function drawWater(
  seed: string,
  borders: ReadonlyMap<string, readonly LonLat[]>,
  towns: readonly TownShape[],
): WaterBody[] {
  const out: WaterBody[] = [
    // The Huai is the border in the north and the Chu that in the south-east: same lines as the districts'.
    {
      name: 'Huai River',
      nameZh: '淮河',
      class: 'river',
      minzoom: 5,
      line: [...borders.get('ac')!, ...borders.get('cg')!.slice(1, 66)],
    },
    {
      name: 'Chu River',
      nameZh: '滁河',
      class: 'river',
      minzoom: 6,
      line: [
        ...[...borders.get('kl')!].slice(0, 97).reverse(),
        ...[...borders.get('jk')!].reverse().slice(1),
        ...[...borders.get('ij')!].reverse().slice(1, 66),
      ],
    },
  ];
  for (const { name, nameZh, course } of RIVERS) {
    const line = roughened(course, 4, 0.16, new Random(`${seed}/river/${name}`));
    out.push({ name, nameZh, class: 'river', minzoom: 8, line });
  }
  for (const town of towns) {
    const { river } = town.plan;
    const frame = new Frame(town.plan.centre);
    out.push({
      name: river.name,
      nameZh: river.nameZh,
      class: town.plan.townId === 'chuzhou' ? 'river' : 'stream',
      minzoom: town.plan.townId === 'chuzhou' ? 8 : 11,
      line: town.river.map((p) => frame.toLonLat(p)),
      rings: [
        band(town.river, river.widthM, new Random(`${seed}/banks/${town.plan.townId}`)).map((p) => frame.toLonLat(p)),
      ],
    });
  }
  for (const lake of LAKES) out.push(drawLake(lake, new Random(`${seed}/lake/${lake.name}`)));
  return out;
}

/** The river as an area, its width wavering a little. */
function band(course: readonly Point[], widthM: number, random: Random): Point[] {
  const phase = random.between(0, 6);
  const width = (i: number): number => (widthM / 2) * (1 + 0.16 * Math.sin(i / 7 + phase) + 0.08 * Math.sin(i / 2.3));
  const left = course.map((_, i) => offsetLine(course, width(i))[i]!);
  const right = course.map((_, i) => offsetLine(course, -width(i))[i]!);
  return [...left, ...right.reverse(), left[0]!];
}

function drawLake(lake: (typeof LAKES)[number], random: Random): WaterBody {
  const ring = roundish({ x: 0, y: 0 }, 1, 0.17, 26, random);
  const frame = new Frame(lake.at);
  const [cos, sin] = [Math.cos(lake.turnRad), Math.sin(lake.turnRad)];
  const shore = smoothLine([...ring, ring[0]!], 3).map((p) => {
    const x = p.x * lake.size[0] * (1 + random.normal() * 0.02);
    const y = p.y * lake.size[1] * (1 + random.normal() * 0.02);
    return frame.toLonLat({ x: x * cos - y * sin, y: x * sin + y * cos });
  });
  shore[shore.length - 1] = shore[0]!;
  return { name: lake.name, nameZh: lake.nameZh, class: 'lake', minzoom: lake.size[0] > 5000 ? 5 : 9, rings: [shore] };
}
