import { Frame, type LonLat } from './geometry.js';
import { roughened } from './districts.js';
import { Random } from './random.js';
import type { TownShape } from './streets/layout.js';

export interface MainRoad {
  readonly name: string;
  readonly nameZh: string;
  readonly class: 'motorway' | 'primary';
  readonly minzoom: number;
  readonly line: LonLat[];
}

const ROADS: readonly {
  name: string;
  nameZh: string;
  class: 'motorway' | 'primary';
  from: string;
  to: string;
  by?: readonly LonLat[];
}[] = [
  { name: 'Chuzhou–Lai’an Road', nameZh: '滁来路', class: 'primary', from: 'chuzhou', to: 'laian' },
  { name: 'Chuzhou–Quanjiao Road', nameZh: '滁全路', class: 'primary', from: 'chuzhou', to: 'quanjiao' },
  {
    name: 'Chuzhou–Dingyuan Road',
    nameZh: '滁定路',
    class: 'primary',
    from: 'chuzhou',
    to: 'dingyuan',
    by: [
      [118.16, 32.43],
      [117.95, 32.48],
    ],
  },
  {
    name: 'Chuzhou–Mingguang Road',
    nameZh: '滁明路',
    class: 'primary',
    from: 'chuzhou',
    to: 'mingguang',
    by: [
      [118.29, 32.44],
      [118.16, 32.62],
    ],
  },
  {
    name: 'Mingguang–Fengyang Road',
    nameZh: '明凤路',
    class: 'primary',
    from: 'mingguang',
    to: 'fengyang',
    by: [[117.78, 32.85]],
  },
  {
    name: 'Dingyuan–Fengyang Road',
    nameZh: '定凤路',
    class: 'primary',
    from: 'dingyuan',
    to: 'fengyang',
    by: [[117.66, 32.7]],
  },
  {
    name: 'Lai’an–Tianchang Road',
    nameZh: '来天路',
    class: 'primary',
    from: 'laian',
    to: 'tianchang',
    by: [
      [118.6, 32.52],
      [118.78, 32.63],
    ],
  },
  {
    name: 'Quanjiao–Dingyuan Road',
    nameZh: '全定路',
    class: 'primary',
    from: 'quanjiao',
    to: 'dingyuan',
    by: [
      [118.0, 32.19],
      [117.8, 32.36],
    ],
  },
];

const MOTORWAYS: readonly { name: string; nameZh: string; course: readonly LonLat[] }[] = [
  {
    name: 'North–South Expressway',
    nameZh: '南北高速公路',
    course: [
      [118.53, 32.14],
      [118.41, 32.23],
      [118.385, 32.33],
      [118.3, 32.45],
      [118.14, 32.6],
      [117.93, 32.73],
      [117.75, 32.87],
      [117.62, 32.95],
    ],
  },
  {
    name: 'East–West Expressway',
    nameZh: '东西高速公路',
    course: [
      [119.18, 32.62],
      [118.98, 32.62],
      [118.74, 32.54],
      [118.55, 32.4],
      [118.4, 32.33],
      [118.38, 32.24],
      [118.24, 32.18],
      [118.02, 32.22],
      [117.78, 32.4],
      [117.5, 32.46],
      [117.22, 32.5],
    ],
  },
];

/** Roads between the towns, from edge to edge, and two expressways: made up. */
export function drawMainRoads(seed: string, towns: readonly TownShape[]): MainRoad[] {
  const townOf = new Map(towns.map((town) => [town.plan.townId, town]));
  const out: MainRoad[] = MOTORWAYS.map(({ name, nameZh, course }) => ({
    name,
    nameZh,
    class: 'motorway' as const,
    minzoom: 6,
    line: roughened(course, 4, 0.07, new Random(`${seed}/road/${name}`)),
  }));
  for (const road of ROADS) {
    const from = townOf.get(road.from)!;
    const to = townOf.get(road.to)!;
    const by = road.by ?? [];
    const course = [
      edgeTowards(from, by[0] ?? to.plan.centre),
      ...by,
      edgeTowards(to, by[by.length - 1] ?? from.plan.centre),
    ];
    const line = roughened(course, 4, 0.1, new Random(`${seed}/road/${road.name}`));
    out.push({ name: road.name, nameZh: road.nameZh, class: road.class, minzoom: 7.5, line });
  }
  return out;
}

/** The junction of a town that lies furthest towards a place, so that the road joins the streets. */
function edgeTowards(town: TownShape, place: LonLat): LonLat {
  const frame = new Frame(town.plan.centre);
  const goal = frame.toPoint(place);
  const length = Math.hypot(goal.x, goal.y);
  let best = town.graph.junctions[0]!;
  let bestScore = -Infinity;
  for (const junction of town.graph.junctions) {
    const along = (junction.x * goal.x + junction.y * goal.y) / length;
    const side = Math.abs(junction.x * goal.y - junction.y * goal.x) / length;
    if (along - 1.5 * side > bestScore) {
      bestScore = along - 1.5 * side;
      best = junction;
    }
  }
  return frame.toLonLat(best);
}
