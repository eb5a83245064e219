import { Frame, smoothLine, type LonLat } from './geometry.js';
import { Random } from './random.js';
import { roundish, type TownShape } from './streets/layout.js';

export interface LandArea {
  readonly name: string;
  readonly nameZh: string;
  readonly class: 'green' | 'built-up';
  readonly minzoom: number;
  readonly ring: LonLat[];
}

const GREENS: readonly {
  name: string;
  nameZh: string;
  at: LonLat;
  size: readonly [number, number];
  turnRad: number;
}[] = [
  { name: 'Langya Hills', nameZh: '琅琊山', at: [118.255, 32.265], size: [2700, 4600], turnRad: 0.5 },
  { name: 'Huashan', nameZh: '花山', at: [118.225, 32.345], size: [3100, 1700], turnRad: 0.5 },
  { name: 'Huangfu Hills', nameZh: '皇甫山', at: [118.07, 32.36], size: [9000, 4200], turnRad: 0.9 },
  { name: 'Zhangba Hills', nameZh: '张八岭', at: [118.2, 32.5], size: [9500, 3300], turnRad: 0.7 },
  { name: 'Han Hills', nameZh: '韭山', at: [117.62, 32.72], size: [8200, 2800], turnRad: 0.1 },
  { name: 'Shenshan', nameZh: '神山', at: [118.17, 32.05], size: [4200, 2200], turnRad: 0.4 },
];

const PARKS = 9;

/** Hills, parks and the built-up ground of the towns. */
export function drawLand(seed: string, towns: readonly TownShape[]): LandArea[] {
  const out: LandArea[] = [];
  for (const { name, nameZh, at, size, turnRad } of GREENS) {
    out.push({
      name,
      nameZh,
      class: 'green',
      minzoom: size[0] > 5000 ? 6 : 9,
      ring: blob(seed, name, at, size, turnRad),
    });
  }
  for (const town of towns) {
    const frame = new Frame(town.plan.centre);
    const ring = [...town.outline, town.outline[0]!].map((p) => frame.toLonLat({ x: p.x * 1.04, y: p.y * 1.04 }));
    out.push({ name: town.plan.name, nameZh: town.plan.nameZh, class: 'built-up', minzoom: 8, ring });
    const random = new Random(`${seed}/parks/${town.plan.townId}`);
    const parks = town.plan.radiusX > 3000 ? PARKS : 2;
    for (let i = 0; i < parks; i++) {
      const place = {
        x: random.between(-0.75, 0.75) * town.plan.radiusX,
        y: random.between(-0.7, 0.7) * town.plan.radiusY,
      };
      const size: [number, number] = [random.between(120, 300), random.between(90, 210)];
      out.push({
        name: `${town.plan.name} Park ${i + 1}`,
        nameZh: `${town.plan.nameZh}公园${i + 1}`,
        class: 'green',
        minzoom: 12,
        ring: blob(seed, `park/${town.plan.townId}/${i}`, frame.toLonLat(place), size, random.between(0, 3)),
      });
    }
  }
  return out;
}

function blob(seed: string, key: string, at: LonLat, size: readonly [number, number], turnRad: number): LonLat[] {
  const ring = roundish({ x: 0, y: 0 }, 1, 0.16, 22, new Random(`${seed}/land/${key}`));
  const frame = new Frame(at);
  const [cos, sin] = [Math.cos(turnRad), Math.sin(turnRad)];
  const shore = smoothLine([...ring, ring[0]!], 3).map((p) =>
    frame.toLonLat({
      x: p.x * size[0] * cos - p.y * size[1] * sin,
      y: p.x * size[0] * sin + p.y * size[1] * cos,
    }),
  );
  shore[shore.length - 1] = shore[0]!;
  return shore;
}
