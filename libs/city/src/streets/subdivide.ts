import { polygonArea, type Point } from '../geometry.js';
import type { Random } from '../random.js';

export interface BlockStyle {
  /** Blocks are split until they are about this large. */
  readonly areaM2: number;
  /** How far a street may turn from square to the long side, radians. */
  readonly turnRad: number;
  /** How far from the middle a street may lie, 0 to 0.5. */
  readonly offCentre: number;
  /** Share of larger blocks that stay whole: campuses, parks, works. */
  readonly keepWhole: number;
}

/** Splits a polygon by streets until its blocks have the wanted size; gives the streets as two-point lines. */
export function subdivide(ring: readonly Point[], style: BlockStyle, random: Random): Point[][] {
  const streets: Point[][] = [];
  const waiting: Point[][] = [[...ring]];
  while (waiting.length > 0) {
    const block = waiting.pop()!;
    const area = polygonArea(block);
    if (area < style.areaM2 * random.between(1.1, 2)) continue;
    if (area < style.areaM2 * 5 && random.next() < style.keepWhole) continue;
    const cut = splitBlock(block, style, random);
    if (!cut) continue;
    streets.push(cut.street);
    waiting.push(cut.left, cut.right);
  }
  return streets;
}

interface Cut {
  readonly street: Point[];
  readonly left: Point[];
  readonly right: Point[];
}

function splitBlock(block: readonly Point[], style: BlockStyle, random: Random): Cut | undefined {
  const axis = longAxis(block);
  const share = 0.5 + random.between(-style.offCentre, style.offCentre);
  const along = axis.low + (axis.high - axis.low) * share;
  const turn = axis.headingRad + Math.PI / 2 + random.normal() * style.turnRad;
  const middle = (axis.sideLow + axis.sideHigh) / 2;
  const ux = Math.cos(axis.headingRad);
  const uy = Math.sin(axis.headingRad);
  const at: Point = { x: ux * along - uy * middle, y: uy * along + ux * middle };
  return cutByLine(block, at, turn);
}

/** The direction of the longest side, and the extent of the block along and across it. */
function longAxis(block: readonly Point[]): {
  headingRad: number;
  low: number;
  high: number;
  sideLow: number;
  sideHigh: number;
} {
  let best = { headingRad: 0, low: 0, high: 1, sideLow: 0, sideHigh: 1 };
  let bestArea = Infinity;
  for (let i = 0; i < block.length; i++) {
    const a = block[i]!;
    const b = block[(i + 1) % block.length]!;
    if (Math.hypot(b.x - a.x, b.y - a.y) < 30) continue;
    let headingRad = Math.atan2(b.y - a.y, b.x - a.x);
    let box = extent(block, headingRad);
    if (box.high - box.low < box.sideHigh - box.sideLow) {
      headingRad += Math.PI / 2;
      box = extent(block, headingRad);
    }
    const area = (box.high - box.low) * (box.sideHigh - box.sideLow);
    if (area < bestArea) {
      bestArea = area;
      best = { headingRad, ...box };
    }
  }
  return best;
}

function extent(
  block: readonly Point[],
  headingRad: number,
): { low: number; high: number; sideLow: number; sideHigh: number } {
  const ux = Math.cos(headingRad);
  const uy = Math.sin(headingRad);
  let low = Infinity;
  let high = -Infinity;
  let sideLow = Infinity;
  let sideHigh = -Infinity;
  for (const p of block) {
    const along = p.x * ux + p.y * uy;
    const side = p.y * ux - p.x * uy;
    low = Math.min(low, along);
    high = Math.max(high, along);
    sideLow = Math.min(sideLow, side);
    sideHigh = Math.max(sideHigh, side);
  }
  return { low, high, sideLow, sideHigh };
}

function cutByLine(block: readonly Point[], at: Point, headingRad: number): Cut | undefined {
  const nx = -Math.sin(headingRad);
  const ny = Math.cos(headingRad);
  const sideOf = (p: Point): number => (p.x - at.x) * nx + (p.y - at.y) * ny;
  const left: Point[] = [];
  const right: Point[] = [];
  const crossings: Point[] = [];
  for (let i = 0; i < block.length; i++) {
    const a = block[i]!;
    const b = block[(i + 1) % block.length]!;
    const sa = sideOf(a);
    const sb = sideOf(b);
    (sa >= 0 ? left : right).push(a);
    if (sa >= 0 !== sb >= 0) {
      const share = sa / (sa - sb);
      const crossing = { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
      crossings.push(crossing);
      left.push(crossing);
      right.push(crossing);
    }
  }
  if (crossings.length !== 2 || left.length < 3 || right.length < 3) return undefined;
  return { street: [crossings[0]!, crossings[1]!], left, right };
}
