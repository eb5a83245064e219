import type { LonLat, Point } from './geometry.js';

/** The towns of the prefecture. Their places are real (rounded seats of the districts); shapes, streets and brooks are made up. */
export interface TownPlan {
  readonly townId: string;
  readonly name: string;
  readonly nameZh: string;
  readonly districtId: string;
  readonly centre: LonLat;
  /** Half axes of the built-up area, metres. */
  readonly radiusX: number;
  readonly radiusY: number;
  /** Direction of the street mesh, radians. */
  readonly turnRad: number;
  readonly avenueSpacingM: number;
  readonly core: Point & { readonly radiusM: number };
  readonly river: {
    readonly name: string;
    readonly nameZh: string;
    readonly widthM: number;
    readonly course: readonly Point[];
  };
  /** Built on one side by hills: no streets west of this x. */
  readonly hillsWestOfX?: number;
}

const main: TownPlan = {
  townId: 'chuzhou',
  name: 'Chuzhou',
  nameZh: '滁州城区',
  districtId: 'langya',
  centre: [118.318, 32.292],
  radiusX: 4300,
  radiusY: 3300,
  turnRad: -0.14,
  avenueSpacingM: 830,
  core: { x: -1150, y: 520, radiusM: 980 },
  river: {
    name: 'Qingliu River',
    nameZh: '清流河',
    widthM: 85,
    course: [
      { x: -3900, y: 7600 },
      { x: -2600, y: 5200 },
      { x: -2050, y: 3500 },
      { x: -700, y: 2250 },
      { x: 230, y: 1350 },
      { x: 330, y: 300 },
      { x: 1150, y: -620 },
      { x: 1500, y: -1700 },
      { x: 2700, y: -2600 },
      { x: 3500, y: -3900 },
      { x: 5200, y: -5600 },
      { x: 6600, y: -8200 },
      { x: 9800, y: -9900 },
      { x: 12800, y: -10900 },
    ],
  },
  hillsWestOfX: -3350,
};

function countyTown(
  townId: string,
  name: string,
  nameZh: string,
  centre: LonLat,
  size: readonly [number, number],
  turnRad: number,
  brook: readonly [string, string],
  course: readonly Point[],
): TownPlan {
  return {
    townId,
    name,
    nameZh,
    districtId: townId,
    centre,
    radiusX: size[0],
    radiusY: size[1],
    turnRad,
    avenueSpacingM: 620,
    core: { x: -180, y: 120, radiusM: 360 },
    river: { name: brook[0], nameZh: brook[1], widthM: 34, course },
  };
}

export const TOWNS: readonly TownPlan[] = [
  main,
  countyTown(
    'tianchang',
    'Tianchang',
    '天长',
    [119.0, 32.69],
    [1500, 1200],
    0.09,
    ['Baita River', '白塔河'],
    [
      { x: -2600, y: 900 },
      { x: -1100, y: 480 },
      { x: 320, y: 640 },
      { x: 1300, y: 180 },
      { x: 2900, y: 620 },
    ],
  ),
  countyTown(
    'mingguang',
    'Mingguang',
    '明光',
    [117.99, 32.78],
    [1300, 1250],
    -0.3,
    ['Chi River', '池河'],
    [
      { x: -1500, y: -2800 },
      { x: -640, y: -1200 },
      { x: -760, y: 100 },
      { x: 60, y: 1100 },
      { x: 420, y: 2700 },
    ],
  ),
  countyTown(
    'laian',
    "Lai'an",
    '来安',
    [118.43, 32.45],
    [1350, 1050],
    0.2,
    ['Lai River', '来河'],
    [
      { x: -700, y: 2600 },
      { x: 520, y: 1000 },
      { x: 420, y: -150 },
      { x: 860, y: -1200 },
      { x: 700, y: -2700 },
    ],
  ),
  countyTown(
    'quanjiao',
    'Quanjiao',
    '全椒',
    [118.27, 32.09],
    [1400, 1100],
    -0.08,
    ['Xiang River', '襄河'],
    [
      { x: -2700, y: -380 },
      { x: -1150, y: -520 },
      { x: 150, y: -260 },
      { x: 1250, y: -560 },
      { x: 2700, y: -300 },
    ],
  ),
  countyTown(
    'dingyuan',
    'Dingyuan',
    '定远',
    [117.68, 32.53],
    [1400, 1150],
    0.05,
    ['Ma Brook', '马桥河'],
    [
      { x: 1500, y: 2500 },
      { x: 640, y: 1050 },
      { x: 760, y: -200 },
      { x: 300, y: -1200 },
      { x: 500, y: -2600 },
    ],
  ),
  countyTown(
    'fengyang',
    'Fengyang',
    '凤阳',
    [117.56, 32.87],
    [1450, 1200],
    0.16,
    ['Hao River', '濠河'],
    [
      { x: -1300, y: -2500 },
      { x: -820, y: -1000 },
      { x: -480, y: 200 },
      { x: -760, y: 1300 },
      { x: -200, y: 2900 },
    ],
  ),
];
