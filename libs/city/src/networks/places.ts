import { alongLine, distance, type Point } from '../geometry.js';
import type { Random } from '../random.js';
import type { StreetGraph } from '../streets/graph.js';
import type { Run } from './supply-tree.js';

export interface Slot {
  readonly point: Point;
  readonly run: Run;
  /** Number of the run in its list. */
  readonly runNumber: number;
  /** 0 at the start of the run, 1 at its end. */
  readonly share: number;
}

/** Up to `count` places along the runs, at least about `spacingM` apart along each, a few metres beside the line. */
export function slotsAlong(
  runs: readonly Run[],
  count: number,
  spacingM: number,
  besideM: number,
  random: Random,
): Slot[] {
  const all: { run: Run; runNumber: number; share: number }[] = [];
  runs.forEach((run, runNumber) => {
    const places = Math.max(1, Math.floor(run.lengthM / spacingM));
    for (let i = 0; i < places; i++) all.push({ run, runNumber, share: (i + random.between(0.3, 0.7)) / places });
  });
  return sample(all, count, random).map(({ run, runNumber, share }) => {
    const here = alongLine(run.line, share);
    const ahead = alongLine(run.line, Math.min(1, share + 0.02));
    const length = distance(here, ahead) || 1;
    const side = random.next() < 0.5 ? besideM : -besideM;
    const point = {
      x: here.x - ((ahead.y - here.y) / length) * side,
      y: here.y + ((ahead.x - here.x) / length) * side,
    };
    return { point, run, runNumber, share };
  });
}

/** `count` of the items by chance, in their old order. */
export function sample<Item>(items: readonly Item[], count: number, random: Random): Item[] {
  const keyed = items.map((item, i) => ({ item, i, key: random.next() }));
  keyed.sort((a, b) => a.key - b.key);
  return keyed
    .slice(0, Math.min(count, items.length))
    .sort((a, b) => a.i - b.i)
    .map(({ item }) => item);
}

/** Junctions far from each other: the first nearest to `start`, each next the farthest from those before. */
export function spreadJunctions(graph: StreetGraph, among: readonly number[], count: number, start: Point): number[] {
  if (among.length === 0) return [];
  const at = (junction: number): Point => graph.junctions[junction]!;
  const first = among.reduce((best, j) => (distance(at(j), start) < distance(at(best), start) ? j : best));
  const chosen = [first];
  while (chosen.length < Math.min(count, among.length)) {
    let best = -1;
    let bestM = -1;
    for (const junction of among) {
      const nearest = Math.min(...chosen.map((other) => distance(at(junction), at(other))));
      if (nearest > bestM) {
        bestM = nearest;
        best = junction;
      }
    }
    chosen.push(best);
  }
  return chosen;
}
