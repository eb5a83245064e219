import type { Street, StreetGraph } from '../streets/graph.js';
import type { Point } from '../geometry.js';

/** The way from every junction to its nearest source, along the streets. */
export interface SupplyTree {
  /** Nearest source of each junction; -1 where none can be reached. */
  readonly source: Int32Array;
  /** The junction before it on the way from the source; -1 at a source. */
  readonly parent: Int32Array;
  /** The street to that junction; -1 at a source. */
  readonly street: Int32Array;
  /** Metres of street from the source. */
  readonly lengthM: Float64Array;
  /** Reached junctions, nearest first (by cost). */
  readonly order: number[];
}

/** Shortest ways from the sources (Dijkstra), with a cost a metre that depends on the street; Infinity closes a street. */
export function supplyTree(
  graph: StreetGraph,
  sources: readonly number[],
  costPerM: (street: Street) => number,
): SupplyTree {
  const count = graph.junctions.length;
  const cost = new Float64Array(count).fill(Infinity);
  const tree: SupplyTree = {
    source: new Int32Array(count).fill(-1),
    parent: new Int32Array(count).fill(-1),
    street: new Int32Array(count).fill(-1),
    lengthM: new Float64Array(count),
    order: [],
  };
  const heap: [number, number][] = [];
  for (const junction of sources) {
    cost[junction] = 0;
    tree.source[junction] = junction;
    push(heap, [0, junction]);
  }
  const done = new Uint8Array(count);
  while (heap.length > 0) {
    const [, here] = pop(heap);
    if (done[here]) continue;
    done[here] = 1;
    tree.order.push(here);
    for (const number of graph.junctions[here]!.streets) {
      const street = graph.streets[number]!;
      const there = street.from === here ? street.to : street.from;
      const total = cost[here]! + street.lengthM * costPerM(street);
      if (total >= cost[there]!) continue;
      cost[there] = total;
      tree.source[there] = tree.source[here]!;
      tree.parent[there] = here;
      tree.street[there] = number;
      tree.lengthM[there] = tree.lengthM[here]! + street.lengthM;
      push(heap, [total, there]);
    }
  }
  return tree;
}

function push(heap: [number, number][], entry: [number, number]): void {
  heap.push(entry);
  let i = heap.length - 1;
  while (i > 0) {
    const up = (i - 1) >> 1;
    if (heap[up]![0] <= heap[i]![0]) return;
    [heap[up], heap[i]] = [heap[i]!, heap[up]!];
    i = up;
  }
}

function pop(heap: [number, number][]): [number, number] {
  const top = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return top;
  heap[0] = last;
  let i = 0;
  for (;;) {
    const left = 2 * i + 1;
    if (left >= heap.length) return top;
    const small = left + 1 < heap.length && heap[left + 1]![0] < heap[left]![0] ? left + 1 : left;
    if (heap[i]![0] <= heap[small]![0]) return top;
    [heap[i], heap[small]] = [heap[small]!, heap[i]!];
    i = small;
  }
}

/** The street that leads to a junction, drawn from the source's side. */
export function streetInto(graph: StreetGraph, tree: SupplyTree, junction: number): Point[] {
  const street = graph.streets[tree.street[junction]!]!;
  return street.to === junction ? [...street.line] : [...street.line].reverse();
}

/** A run of pipe or cable along one street: several stretches of the tree, one after the other. */
export interface Run {
  readonly line: Point[];
  readonly street: Street;
  /** Junctions it reaches, from the source outwards. */
  readonly junctions: number[];
  readonly startJunction: number;
  lengthM: number;
}

/** Joins the stretches of the tree to runs along one street, none much longer than `longestM`. */
export function runsOf(graph: StreetGraph, tree: SupplyTree, longestM: number): Run[] {
  const runs: Run[] = [];
  const endsAt = new Map<number, Run>();
  for (const junction of tree.order) {
    const parent = tree.parent[junction]!;
    if (parent < 0) continue;
    const street = graph.streets[tree.street[junction]!]!;
    const line = streetInto(graph, tree, junction);
    const before = endsAt.get(parent);
    let run = before;
    if (before && before.street.name === street.name && before.lengthM + street.lengthM <= longestM) {
      before.line.push(...line.slice(1));
      before.junctions.push(junction);
      before.lengthM += street.lengthM;
      endsAt.delete(parent);
    } else {
      run = { line, street, junctions: [junction], startJunction: parent, lengthM: street.lengthM };
      runs.push(run);
    }
    if (run) endsAt.set(junction, run);
  }
  return runs;
}
