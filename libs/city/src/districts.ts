import type { LonLat } from './geometry.js';
import { insideRing } from './geometry.js';
import { Random } from './random.js';

export interface District {
  readonly districtId: string;
  readonly name: string;
  readonly nameZh: string;
  /** Where its name stands: the seat. */
  readonly seat: LonLat;
  /** Closed rings: the outer one, then holes. */
  readonly rings: LonLat[][];
}

/** Corners where borders meet. Generalised by hand from the known places of towns, rivers and lakes: not a survey. */
const CORNERS: Readonly<Record<string, LonLat>> = {
  a: [117.3, 32.93],
  c: [117.9, 33.0],
  g: [118.44, 32.7],
  h: [118.71, 32.72],
  i: [118.73, 32.53],
  j: [118.52, 32.2],
  k: [118.42, 32.06],
  l: [117.88, 32.2],
  m: [117.3, 32.68],
  n: [117.9, 32.68],
  o: [118.08, 32.52],
  p: [118.28, 32.55],
  q: [118.02, 32.25],
};

/** Borders between corners; each is drawn once and shared by its neighbours. */
const BORDERS: Readonly<Record<string, readonly LonLat[]>> = {
  ac: [CORNERS.a!, [117.46, 32.96], [117.66, 32.93], [117.78, 33.02], CORNERS.c!],
  cg: [CORNERS.c!, [118.03, 33.1], [118.19, 33.2], [118.38, 33.16], [118.5, 33.04], [118.41, 32.88], CORNERS.g!],
  gh: [CORNERS.g!, [118.54, 32.76], [118.62, 32.68], CORNERS.h!],
  hi: [CORNERS.h!, [118.69, 32.62], CORNERS.i!],
  hti: [
    CORNERS.h!,
    [118.8, 32.86],
    [118.95, 32.95],
    [119.1, 32.92],
    [119.2, 32.8],
    [119.21, 32.64],
    [119.09, 32.49],
    [118.9, 32.52],
    CORNERS.i!,
  ],
  ij: [CORNERS.i!, [118.64, 32.44], [118.7, 32.32], [118.6, 32.22], CORNERS.j!],
  jk: [CORNERS.j!, [118.51, 32.12], CORNERS.k!],
  kl: [CORNERS.k!, [118.36, 31.96], [118.2, 31.89], [118.0, 31.88], [117.83, 32.0], CORNERS.l!],
  lm: [CORNERS.l!, [117.72, 32.26], [117.52, 32.2], [117.32, 32.22], [117.18, 32.38], [117.24, 32.56], CORNERS.m!],
  ma: [CORNERS.m!, [117.22, 32.8], CORNERS.a!],
  mn: [CORNERS.m!, [117.5, 32.73], [117.7, 32.67], CORNERS.n!],
  nc: [CORNERS.n!, [117.86, 32.82], CORNERS.c!],
  no: [CORNERS.n!, [118.0, 32.61], CORNERS.o!],
  oq: [CORNERS.o!, [118.0, 32.4], CORNERS.q!],
  ql: [CORNERS.q!, [117.96, 32.2], CORNERS.l!],
  op: [CORNERS.o!, [118.18, 32.57], CORNERS.p!],
  pg: [CORNERS.p!, [118.36, 32.62], CORNERS.g!],
  pj: [CORNERS.p!, [118.33, 32.48], [118.38, 32.38], [118.47, 32.29], CORNERS.j!],
  qk: [CORNERS.q!, [118.14, 32.17], [118.3, 32.15], CORNERS.k!],
  y: [
    [118.21, 32.31],
    [118.25, 32.37],
    [118.33, 32.385],
    [118.385, 32.35],
    [118.4, 32.29],
    [118.345, 32.272],
    [118.31, 32.276],
    [118.26, 32.258],
    [118.21, 32.31],
  ],
};

interface Outline {
  readonly districtId: string;
  readonly name: string;
  readonly nameZh: string;
  readonly seat: LonLat;
  /** Borders in order around; `-` before one drawn the other way. */
  readonly around: readonly string[];
  readonly hole?: readonly string[];
}

const OUTLINES: readonly Outline[] = [
  { districtId: 'langya', name: 'Langya', nameZh: '琅琊区', seat: [118.305, 32.303], around: ['y'] },
  {
    districtId: 'nanqiao',
    name: 'Nanqiao',
    nameZh: '南谯区',
    seat: [118.333, 32.256],
    around: ['op', 'pj', 'jk', '-qk', '-oq'],
    hole: ['y'],
  },
  { districtId: 'tianchang', name: 'Tianchang', nameZh: '天长市', seat: [119.0, 32.69], around: ['hti', '-hi'] },
  {
    districtId: 'mingguang',
    name: 'Mingguang',
    nameZh: '明光市',
    seat: [117.99, 32.78],
    around: ['cg', '-pg', '-op', '-no', 'nc'],
  },
  {
    districtId: 'laian',
    name: "Lai'an",
    nameZh: '来安县',
    seat: [118.43, 32.45],
    around: ['pg', 'gh', 'hi', 'ij', '-pj'],
  },
  { districtId: 'quanjiao', name: 'Quanjiao', nameZh: '全椒县', seat: [118.27, 32.09], around: ['qk', 'kl', '-ql'] },
  {
    districtId: 'dingyuan',
    name: 'Dingyuan',
    nameZh: '定远县',
    seat: [117.68, 32.53],
    around: ['mn', 'no', 'oq', 'ql', 'lm'],
  },
  {
    districtId: 'fengyang',
    name: 'Fengyang',
    nameZh: '凤阳县',
    seat: [117.56, 32.87],
    around: ['ac', '-nc', '-mn', 'ma'],
  },
];

/** The borders as drawn: each hand-set piece broken by midpoint displacement, the same for both neighbours. */
export function drawBorders(seed: string): Map<string, LonLat[]> {
  return new Map(
    Object.entries(BORDERS).map(([key, line]) => [key, roughened(line, 5, 0.13, new Random(`${seed}/border/${key}`))]),
  );
}

/** Breaks each piece of a line at its middle, `depth` times, moving the middle sideways by up to `size` of the piece. */
export function roughened(line: readonly LonLat[], depth: number, size: number, random: Random): LonLat[] {
  let out = [...line];
  for (let level = 0; level < depth; level++) {
    const next: LonLat[] = [out[0]!];
    for (let i = 1; i < out.length; i++) {
      const a = out[i - 1]!;
      const b = out[i]!;
      const side = random.normal() * size * 0.7;
      // Degrees of longitude are shorter by cos 32.5°, so that the push is square to the piece on the ground.
      next.push(
        rounded([(a[0] + b[0]) / 2 - ((b[1] - a[1]) / 0.843) * side, (a[1] + b[1]) / 2 + (b[0] - a[0]) * 0.843 * side]),
      );
      next.push(b);
    }
    out = next;
  }
  return out;
}

function rounded([lon, lat]: LonLat): LonLat {
  return [Math.round(lon * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];
}

export function drawDistricts(borders: ReadonlyMap<string, readonly LonLat[]>): District[] {
  return OUTLINES.map(({ districtId, name, nameZh, seat, around, hole }) => ({
    districtId,
    name,
    nameZh,
    seat,
    rings: hole ? [joined(around, borders), joined(hole, borders).reverse()] : [joined(around, borders)],
  }));
}

function joined(keys: readonly string[], borders: ReadonlyMap<string, readonly LonLat[]>): LonLat[] {
  const ring: LonLat[] = [];
  for (const key of keys) {
    const backwards = key.startsWith('-');
    const border = borders.get(backwards ? key.slice(1) : key);
    if (!border) throw new Error(`district outline names the border "${key}", which is not drawn`);
    const line = backwards ? [...border].reverse() : border;
    ring.push(...(ring.length === 0 ? line : line.slice(1)));
  }
  return ring;
}

/** The district a place lies in; the nearest seat's where it lies in none. */
export function districtAt(place: LonLat, districts: readonly District[]): District {
  const point = { x: place[0], y: place[1] };
  const inside = (ring: readonly LonLat[]): boolean =>
    insideRing(
      point,
      ring.map(([x, y]) => ({ x, y })),
    );
  const found = districts.find(({ rings }) => inside(rings[0]!) && !rings.slice(1).some(inside));
  if (found) return found;
  const away = (district: District): number => Math.hypot(district.seat[0] - place[0], district.seat[1] - place[1]);
  return districts.reduce((best, district) => (away(district) < away(best) ? district : best));
}
