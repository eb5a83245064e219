import { centroid, insideRing, nearestOnLine, offsetLine, smoothLine, type Point } from '../geometry.js';
import { Random } from '../random.js';
import type { TownPlan } from '../towns.js';
import { StreetNames } from './names.js';
import { cutAtCrossings, type StreetLine } from './planar.js';
import { streetGraph, type GraphPiece, type StreetGraph } from './graph.js';
import { subdivide, type BlockStyle } from './subdivide.js';

export interface TownShape {
  readonly plan: TownPlan;
  readonly outline: Point[];
  readonly core: Point[];
  readonly river: Point[];
  readonly graph: StreetGraph;
}

const BANK_ROAD_M = 38;

/**
 * Lays out a town as towns grow: an old core of crooked streets inside a ring road, avenues that bend with the land and turn a
 * little from quarter to quarter, blocks split by streets until they are as small as their quarter wants, roads on both
 * banks of the river, and only avenues crossing it.
 */
export function layOutTown(plan: TownPlan, seed: string): TownShape {
  const random = new Random(`${seed}/${plan.townId}/streets`);
  const names = new StreetNames(random);
  const river = windingRiver(plan, random);
  const outline = townOutline(plan, random);
  const core = roundish(plan.core, plan.core.radiusM, 0.13, 44, random);
  const ringName = { name: 'Inner Ring Road', nameZh: '内环路' };
  const outerName = { name: 'Outer Ring Road', nameZh: '外环路' };
  const lines: StreetLine[] = [
    { line: closed(core), class: 'primary', ...ringName, origin: 'ring' },
    { line: closed(outline), class: plan.radiusX > 3000 ? 'motorway' : 'primary', ...outerName, origin: 'ring' },
    ...bankRoads(plan, river),
    ...mesh(plan, outline, random, names),
    ...coreStreets(plan, core, random, names),
  ];
  const half = plan.river.widthM / 2 + BANK_ROAD_M - 6;
  const kept: GraphPiece[] = [];
  for (const piece of cutAtCrossings(lines)) {
    const middle = { x: (piece.a.x + piece.b.x) / 2, y: (piece.a.y + piece.b.y) / 2 };
    const { origin } = piece.from;
    if (origin === 'mesh' && insideRing(middle, core)) continue;
    if (origin !== 'ring' && !insideRing(middle, outline)) continue;
    const near = nearestOnLine(middle, river);
    let bridge = false;
    if (near.distanceM < half && origin !== 'bank') {
      const heading = Math.atan2(piece.b.y - piece.a.y, piece.b.x - piece.a.x);
      const square = Math.abs(Math.sin(heading - near.headingRad)) > 0.6;
      if (piece.from.class === 'street' || !square) continue;
      bridge = true;
    }
    kept.push({ ...piece, bridge });
  }
  return { plan, outline, core, river, graph: streetGraph(kept) };
}

function windingRiver(plan: TownPlan, random: Random): Point[] {
  const rough = smoothLine(plan.river.course, 4);
  const swing = plan.river.widthM * 0.75;
  const wound = rough.map((p, i) =>
    i === 0 || i === rough.length - 1 ? p : { x: p.x + random.normal() * swing, y: p.y + random.normal() * swing },
  );
  return smoothLine(wound, 5);
}

function townOutline(plan: TownPlan, random: Random): Point[] {
  const ring = roundish({ x: 0, y: 0 }, 1, 0.09, 72, random).map((p) => ({
    x: p.x * plan.radiusX,
    y: p.y * plan.radiusY,
  }));
  const west = plan.hillsWestOfX;
  return west === undefined ? ring : ring.map((p) => (p.x < west ? { x: west + (p.x - west) * 0.25, y: p.y } : p));
}

/** A ring around a centre whose radius wavers softly. */
export function roundish(centre: Point, radiusM: number, waver: number, points: number, random: Random): Point[] {
  const waves = [2, 3, 4, 5].map((k) => ({ k, phase: random.between(0, 2 * Math.PI), size: (waver * 1.6) / k }));
  return Array.from({ length: points }, (_, i) => {
    const angle = (i / points) * 2 * Math.PI;
    const r = radiusM * (1 + waves.reduce((sum, wave) => sum + wave.size * Math.sin(wave.k * angle + wave.phase), 0));
    return { x: centre.x + r * Math.cos(angle), y: centre.y + r * Math.sin(angle) };
  });
}

function closed(ring: readonly Point[]): Point[] {
  return [...ring, ring[0]!];
}

function bankRoads(plan: TownPlan, river: readonly Point[]): StreetLine[] {
  const away = plan.river.widthM / 2 + BANK_ROAD_M;
  return [
    { side: away, name: `${plan.river.name} East Bank Road`, nameZh: `${plan.river.nameZh}东岸路` },
    { side: -away, name: `${plan.river.name} West Bank Road`, nameZh: `${plan.river.nameZh}西岸路` },
  ].map(({ side, name, nameZh }) => ({
    line: offsetLine(river, side),
    class: 'street' as const,
    name,
    nameZh,
    origin: 'bank' as const,
  }));
}

/** Lets straight avenues bend: the mesh turned, and turned a little more or less from quarter to quarter. */
function bending(plan: TownPlan, random: Random): (p: Point) => Point {
  const phase = [0, 0, 0, 0].map(() => random.between(0, 2 * Math.PI));
  const scale = plan.radiusX / 4300;
  const size = 190 * Math.sqrt(scale);
  const wave = 3100 * Math.max(0.5, scale);
  return (p) => {
    const turn = plan.turnRad + 0.16 * Math.sin(p.x / wave + phase[0]!) + 0.1 * Math.sin(p.y / wave + phase[1]!);
    const x = p.x + size * Math.sin((p.y / wave) * 2.2 + phase[2]!);
    const y = p.y + size * Math.sin((p.x / wave) * 2.0 + phase[3]!);
    return { x: x * Math.cos(turn) - y * Math.sin(turn), y: x * Math.sin(turn) + y * Math.cos(turn) };
  };
}

function mesh(plan: TownPlan, outline: readonly Point[], random: Random, names: StreetNames): StreetLine[] {
  const bend = bending(plan, random);
  const columns = gridLines(plan.radiusX * 1.35, plan.avenueSpacingM, random);
  const rows = gridLines(plan.radiusY * 1.45, plan.avenueSpacingM, random);
  const columnNames = columns.map(() => names.avenue());
  const rowNames = rows.map(() => names.avenue());
  const out: StreetLine[] = [];
  const drawn = new Set<string>();
  for (let i = 0; i + 1 < columns.length; i++) {
    for (let j = 0; j + 1 < rows.length; j++) {
      const cell = cellRing(columns[i]!, columns[i + 1]!, rows[j]!, rows[j + 1]!).map(bend);
      const middle = centroid(cell);
      if (!insideRing(middle, outline) && !cell.some((corner) => insideRing(corner, outline))) continue;
      const sides: [string, number, number][] = [
        [`r${i},${j}`, 0, 3],
        [`c${i + 1},${j}`, 3, 6],
        [`r${i},${j + 1}`, 6, 9],
        [`c${i},${j}`, 9, 12],
      ];
      for (const [key, from, to] of sides) {
        if (drawn.has(key)) continue;
        drawn.add(key);
        const isRow = key.startsWith('r');
        const number = isRow ? Number(key.split(',')[1]) : Number(key.slice(1).split(',')[0]);
        const name = (isRow ? rowNames : columnNames)[number]!;
        const line = cell.slice(from, to + 1);
        if (to === 12) line.push(cell[0]!);
        const quiet = random.next() < 0.16;
        out.push({ line, class: quiet ? 'street' : 'primary', ...name, origin: 'mesh' });
      }
      for (const line of subdivide(cell, quarterStyle(plan, middle, random), random)) {
        out.push({ line, class: 'street', ...names.street(), origin: 'mesh' });
      }
    }
  }
  return out;
}

function gridLines(reach: number, spacing: number, random: Random): number[] {
  const lines = [-reach];
  while (lines[lines.length - 1]! < reach) lines.push(lines[lines.length - 1]! + spacing * random.between(0.72, 1.32));
  return lines;
}

/** Twelve points around the cell, three a side, counter-clockwise from south-west. */
function cellRing(west: number, east: number, south: number, north: number): Point[] {
  const at = (x: number, y: number): Point => ({ x: west + (east - west) * x, y: south + (north - south) * y });
  const thirds = [0, 1 / 3, 2 / 3];
  return [
    ...thirds.map((t) => at(t, 0)),
    ...thirds.map((t) => at(1, t)),
    ...thirds.map((t) => at(1 - t, 1)),
    ...thirds.map((t) => at(0, 1 - t)),
  ];
}

function quarterStyle(plan: TownPlan, middle: Point, random: Random): BlockStyle {
  const fromCore = Math.hypot(middle.x - plan.core.x, middle.y - plan.core.y) / plan.radiusX;
  const dice = random.next();
  if (fromCore > 0.55 && dice < 0.3) return { areaM2: 120_000, turnRad: 0.01, offCentre: 0.06, keepWhole: 0.25 };
  if (fromCore < 0.45) return { areaM2: 24_000, turnRad: 0.06, offCentre: 0.13, keepWhole: 0.06 };
  return { areaM2: random.between(30_000, 62_000), turnRad: 0.025, offCentre: 0.09, keepWhole: 0.12 };
}

function coreStreets(plan: TownPlan, core: readonly Point[], random: Random, names: StreetNames): StreetLine[] {
  const style: BlockStyle = { areaM2: 11_000, turnRad: 0.16, offCentre: 0.17, keepWhole: 0.05 };
  const main = [
    { name: 'Drum Tower Street', nameZh: '鼓楼街' },
    { name: 'Confucius Temple Street', nameZh: '文庙街' },
    { name: 'Old East Gate Street', nameZh: '东门街' },
  ];
  return subdivide(core, style, random).map((line, i) => ({
    line: crooked(line, plan.core.radiusM * 0.012, random),
    class: i < main.length ? ('primary' as const) : ('street' as const),
    ...(main[i] ?? names.street()),
    origin: 'core' as const,
  }));
}

function crooked(line: readonly Point[], byM: number, random: Random): Point[] {
  const [a, b] = [line[0]!, line[line.length - 1]!];
  const middle = { x: (a.x + b.x) / 2 + random.normal() * byM, y: (a.y + b.y) / 2 + random.normal() * byM };
  return [a, middle, b];
}
