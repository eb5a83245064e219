import { between, distance, type Point } from '../geometry.js';

export type StreetClass = 'motorway' | 'primary' | 'street';

export interface StreetLine {
  readonly line: readonly Point[];
  readonly class: StreetClass;
  readonly name: string;
  readonly nameZh: string;
  /** What drew it, so that a later step can clip it. */
  readonly origin: 'mesh' | 'core' | 'ring' | 'bank';
}

export interface Piece {
  readonly a: Point;
  readonly b: Point;
  readonly from: StreetLine;
}

const CELL_M = 150;

/**
 * Cuts all lines where they meet, so that no two pieces cross except at their ends. The ends of each line are first made 3 m
 * longer, so that a street that ends on another surely meets it.
 */
export function cutAtCrossings(lines: readonly StreetLine[]): Piece[] {
  const pieces: Piece[] = [];
  for (const from of lines) {
    const line = lengthened(from.line, 3);
    for (let i = 1; i < line.length; i++) pieces.push({ a: line[i - 1]!, b: line[i]!, from });
  }
  const cells = new Map<number, number[]>();
  pieces.forEach((piece, index) => {
    for (const key of cellsOf(piece)) {
      const cell = cells.get(key);
      if (cell) cell.push(index);
      else cells.set(key, [index]);
    }
  });
  const cuts: number[][] = pieces.map(() => [0, 1]);
  for (const cell of cells.values()) {
    for (let i = 0; i < cell.length; i++) {
      for (let j = i + 1; j < cell.length; j++) {
        const p = pieces[cell[i]!]!;
        const q = pieces[cell[j]!]!;
        const hit = crossing(p, q);
        if (!hit) continue;
        cuts[cell[i]!]!.push(hit.p);
        cuts[cell[j]!]!.push(hit.q);
      }
    }
  }
  const out: Piece[] = [];
  pieces.forEach((piece, index) => {
    const shares = cuts[index]!.sort((a, b) => a - b);
    for (let i = 1; i < shares.length; i++) {
      if (shares[i]! - shares[i - 1]! < 1e-9) continue;
      out.push({
        a: between(piece.a, piece.b, shares[i - 1]!),
        b: between(piece.a, piece.b, shares[i]!),
        from: piece.from,
      });
    }
  });
  return out;
}

function lengthened(line: readonly Point[], byM: number): Point[] {
  const out = [...line];
  const first = out[0]!;
  const second = out[1]!;
  out[0] = between(second, first, 1 + byM / (distance(first, second) || 1));
  const last = out[out.length - 1]!;
  const beforeLast = line[line.length - 2]!;
  out[out.length - 1] = between(beforeLast, last, 1 + byM / (distance(last, beforeLast) || 1));
  return out;
}

function cellsOf({ a, b }: Piece): number[] {
  const keys: number[] = [];
  const fromX = Math.floor(Math.min(a.x, b.x) / CELL_M);
  const toX = Math.floor(Math.max(a.x, b.x) / CELL_M);
  const fromY = Math.floor(Math.min(a.y, b.y) / CELL_M);
  const toY = Math.floor(Math.max(a.y, b.y) / CELL_M);
  for (let x = fromX; x <= toX; x++) for (let y = fromY; y <= toY; y++) keys.push((x + 5000) * 10_000 + y + 5000);
  return keys;
}

/** Where two pieces cross, as shares of each; undefined where they do not. */
function crossing(p: Piece, q: Piece): { p: number; q: number } | undefined {
  const px = p.b.x - p.a.x;
  const py = p.b.y - p.a.y;
  const qx = q.b.x - q.a.x;
  const qy = q.b.y - q.a.y;
  const cross = px * qy - py * qx;
  if (Math.abs(cross) < 1e-9) return undefined;
  const dx = q.a.x - p.a.x;
  const dy = q.a.y - p.a.y;
  const atP = (dx * qy - dy * qx) / cross;
  const atQ = (dx * py - dy * px) / cross;
  if (atP < 0 || atP > 1 || atQ < 0 || atQ > 1) return undefined;
  return { p: atP, q: atQ };
}
