import { distance, lineLength, type Point } from '../geometry.js';
import type { Piece, StreetClass } from './planar.js';

export interface Junction extends Point {
  /** Numbers of the streets that meet here. */
  readonly streets: number[];
}

/** A stretch of street between two junctions. */
export interface Street {
  readonly from: number;
  readonly to: number;
  readonly line: Point[];
  readonly lengthM: number;
  readonly class: StreetClass;
  readonly name: string;
  readonly nameZh: string;
  readonly bridge: boolean;
}

export interface StreetGraph {
  readonly junctions: Junction[];
  readonly streets: Street[];
}

export interface GraphPiece extends Piece {
  readonly bridge: boolean;
}

interface Edge {
  a: number;
  b: number;
  line: Point[];
  piece: GraphPiece;
  bridge: boolean;
  gone: boolean;
}

const SNAP_M = 14;
const STUB_M = 70;

/**
 * Makes the street graph: ends closer than 14 m become one junction, short dead ends and whatever is not connected with the
 * largest part are dropped, and pieces of one street between junctions become one stretch.
 */
export function streetGraph(pieces: readonly GraphPiece[]): StreetGraph {
  const points: Point[] = [];
  const snap = snapper(points);
  const edges: Edge[] = [];
  const seen = new Set<number>();
  for (const piece of pieces) {
    const a = snap(piece.a);
    const b = snap(piece.b);
    const key = Math.min(a, b) * 1_000_000 + Math.max(a, b);
    if (a === b || seen.has(key)) continue;
    seen.add(key);
    edges.push({ a, b, line: [points[a]!, points[b]!], piece, bridge: piece.bridge, gone: false });
  }
  const at: number[][] = points.map(() => []);
  edges.forEach((edge, index) => {
    at[edge.a]!.push(index);
    at[edge.b]!.push(index);
  });
  const open = (node: number): number[] => (at[node] = at[node]!.filter((index) => !edges[index]!.gone));
  trimStubs(edges, open, points.length);
  keepLargest(edges, open, points.length);
  joinStretches(edges, open, at, points.length);
  trimStubs(edges, open, points.length);
  return numbered(edges, points);
}

function snapper(points: Point[]): (p: Point) => number {
  const cells = new Map<number, number[]>();
  const keyOf = (x: number, y: number): number => (x + 50_000) * 100_000 + y + 50_000;
  return (p) => {
    const cx = Math.round(p.x / SNAP_M);
    const cy = Math.round(p.y / SNAP_M);
    let best = -1;
    let bestM = SNAP_M;
    for (let x = cx - 1; x <= cx + 1; x++) {
      for (let y = cy - 1; y <= cy + 1; y++) {
        for (const index of cells.get(keyOf(x, y)) ?? []) {
          const away = distance(points[index]!, p);
          if (away < bestM) {
            bestM = away;
            best = index;
          }
        }
      }
    }
    if (best >= 0) return best;
    const key = keyOf(cx, cy);
    const cell = cells.get(key);
    if (cell) cell.push(points.length);
    else cells.set(key, [points.length]);
    points.push(p);
    return points.length - 1;
  };
}

function trimStubs(edges: Edge[], open: (node: number) => number[], count: number): void {
  let changed = true;
  while (changed) {
    changed = false;
    for (let node = 0; node < count; node++) {
      const here = open(node);
      if (here.length !== 1) continue;
      const edge = edges[here[0]!]!;
      if (edge.bridge || lineLength(edge.line) < STUB_M) {
        edge.gone = true;
        changed = true;
      }
    }
  }
}

function keepLargest(edges: Edge[], open: (node: number) => number[], count: number): void {
  const part = new Int32Array(count).fill(-1);
  const sizes: number[] = [];
  for (let start = 0; start < count; start++) {
    if (part[start] !== -1) continue;
    const stack = [start];
    part[start] = sizes.length;
    let size = 0;
    while (stack.length > 0) {
      const node = stack.pop()!;
      size++;
      for (const index of open(node)) {
        const edge = edges[index]!;
        const next = edge.a === node ? edge.b : edge.a;
        if (part[next] === -1) {
          part[next] = sizes.length;
          stack.push(next);
        }
      }
    }
    sizes.push(size);
  }
  const largest = sizes.indexOf(Math.max(...sizes));
  for (const edge of edges) if (part[edge.a] !== largest) edge.gone = true;
}

function joinStretches(edges: Edge[], open: (node: number) => number[], at: number[][], count: number): void {
  for (let node = 0; node < count; node++) {
    const here = open(node);
    if (here.length !== 2) continue;
    const first = edges[here[0]!]!;
    const second = edges[here[1]!]!;
    if (first.piece.from.name !== second.piece.from.name || first.bridge !== second.bridge) continue;
    const start = first.a === node ? first.b : first.a;
    const end = second.a === node ? second.b : second.a;
    if (start === end) continue;
    const head = first.a === node ? [...first.line].reverse() : first.line;
    const tail = second.a === node ? second.line : [...second.line].reverse();
    first.line = [...head, ...tail.slice(1)];
    first.a = start;
    first.b = end;
    second.gone = true;
    at[node] = [];
    at[end]!.push(here[0]!);
  }
}

function numbered(edges: readonly Edge[], points: readonly Point[]): StreetGraph {
  const numbers = new Map<number, number>();
  const junctions: Junction[] = [];
  const junctionOf = (node: number): number => {
    let number = numbers.get(node);
    if (number === undefined) {
      number = junctions.length;
      numbers.set(node, number);
      junctions.push({ x: points[node]!.x, y: points[node]!.y, streets: [] });
    }
    return number;
  };
  const streets: Street[] = [];
  for (const edge of edges) {
    if (edge.gone) continue;
    const from = junctionOf(edge.a);
    const to = junctionOf(edge.b);
    junctions[from]!.streets.push(streets.length);
    junctions[to]!.streets.push(streets.length);
    const { class: streetClass, name, nameZh } = edge.piece.from;
    streets.push({
      from,
      to,
      line: edge.line,
      lengthM: lineLength(edge.line),
      class: streetClass,
      name,
      nameZh,
      bridge: edge.bridge,
    });
  }
  return { junctions, streets };
}
