import { alongLine, Frame, lineLength, type Point } from '../geometry.js';
import { Random } from '../random.js';
import type { StreetGraph } from '../streets/graph.js';
import type { TownShape } from '../streets/layout.js';
import { slotsAlong, spreadJunctions } from './places.js';
import { AssetBook, shareOfTown } from './site.js';
import { runsOf, streetInto, supplyTree, type SupplyTree } from './supply-tree.js';

const TRANSFORMERS = 100;

/** 110 kV substations, 10 kV feeders that leave them along the streets, distribution transformers along the feeders. */
export function buildPower(town: TownShape, seed: string, scale: number, book: AssetBook): void {
  const random = new Random(`${seed}/power/${town.plan.townId}`);
  const frame = new Frame(town.plan.centre);
  const { graph } = town;
  const main = town.plan.townId === 'chuzhou';
  const middle = graph.junctions.flatMap((junction, i) => {
    const out = Math.hypot(junction.x / town.plan.radiusX, junction.y / town.plan.radiusY);
    return out > 0.3 && out < 0.72 && junction.streets.length > 2 ? [i] : [];
  });
  const stations = spreadJunctions(graph, middle, main ? 4 : 1, {
    x: town.plan.radiusX * 0.5,
    y: town.plan.radiusY * 0.3,
  });
  const stationIds = new Map<number, string>();
  for (const junction of stations) {
    const assetId = book.nextId('pwr-sub', 2);
    stationIds.set(junction, assetId);
    const street = graph.streets[graph.junctions[junction]!.streets[0]!]!;
    const place = book.placeName(town, street);
    book.add(town, frame, {
      assetId,
      utility: 'power',
      kind: 'substation',
      name: `${place.name} 110 kV Substation`,
      nameZh: `${place.nameZh} 110 kV变电站`,
      shape: graph.junctions[junction]!,
      properties: { voltageKv: 110, transformers: 2, ratedMva: main ? 50 : 40, cooling: 'ONAF' },
      site: { local: graph.junctions[junction]!, sourceId: assetId, reach: 0 },
    });
  }
  const tree = supplyTree(graph, stations, ({ class: streetClass }) => (streetClass === 'street' ? 1.3 : 1));
  const farthestM = Math.max(...tree.lengthM);
  const roots = feederRoots(graph, tree, main ? 26 : 3);
  const feederOf = new Map<number, string>();
  for (const root of roots) {
    const members = [...root.members];
    const end = members.reduce((far, j) => (tree.lengthM[j]! > tree.lengthM[far]! ? j : far), root.junction);
    const line = wayFromSource(graph, tree, end);
    if (line.length < 2) continue;
    const assetId = book.nextId('pwr-fdr', 3);
    for (const junction of members) feederOf.set(junction, assetId);
    const sourceId = stationIds.get(tree.source[end]!)!;
    const place = book.placeName(town, graph.streets[tree.street[end]!]!);
    const number = assetId.slice(-3);
    book.add(town, frame, {
      assetId,
      utility: 'power',
      kind: 'feeder',
      name: `${place.name} Feeder F-${number}`,
      nameZh: `${place.nameZh}线 F-${number}`,
      shape: line,
      properties: {
        voltageKv: 10,
        conductor: 'YJV22-3x300',
        ratedA: 420,
        lengthM: Math.round(lineLength(line)),
        substationId: sourceId,
      },
      site: { local: alongLine(line, 0.5), sourceId, reach: (0.5 * tree.lengthM[end]!) / farthestM, lineId: assetId },
    });
  }
  const runs = runsOf(graph, tree, 700).filter((run) => feederOf.has(run.junctions[run.junctions.length - 1]!));
  for (const slot of slotsAlong(runs, shareOfTown(town, TRANSFORMERS * scale), 80, 18, random)) {
    const junction = slot.run.junctions[slot.run.junctions.length - 1]!;
    const feederId = feederOf.get(junction)!;
    const substationId = stationIds.get(tree.source[junction]!)!;
    book.add(town, frame, {
      assetId: book.nextId('pwr-tx', 4),
      utility: 'power',
      kind: 'transformer',
      ...book.nameAt(town, slot.run.street, 'T'),
      shape: slot.point,
      properties: {
        voltageKv: 10,
        ratedKva: random.pick([200, 315, 400, 500, 630, 800]),
        cooling: 'ONAN',
        feederId,
        substationId,
      },
      site: {
        local: slot.point,
        sourceId: substationId,
        reach: (tree.lengthM[slot.run.startJunction]! + slot.run.lengthM * slot.share) / farthestM,
        lineId: feederId,
      },
    });
  }
}

interface FeederRoot {
  readonly junction: number;
  readonly members: Set<number>;
}

/** Cuts the tree into about `wanted` branches of like size: the largest is split at its children until there are enough. */
function feederRoots(graph: StreetGraph, tree: SupplyTree, wanted: number): FeederRoot[] {
  const children: number[][] = graph.junctions.map(() => []);
  for (const junction of tree.order) if (tree.parent[junction]! >= 0) children[tree.parent[junction]!]!.push(junction);
  const below = (junction: number): Set<number> => {
    const found = new Set<number>();
    const stack = [junction];
    while (stack.length > 0) {
      const here = stack.pop()!;
      found.add(here);
      stack.push(...children[here]!);
    }
    return found;
  };
  let roots = tree.order
    .filter((junction) => tree.parent[junction]! < 0)
    .flatMap((junction) => children[junction]!)
    .map((junction) => ({ junction, members: below(junction) }));
  while (roots.length < wanted) {
    roots.sort((a, b) => b.members.size - a.members.size);
    const largest = roots[0]!;
    const next = children[largest.junction]!;
    if (largest.members.size < 8 || next.length === 0) break;
    const split = next.map((junction) => ({ junction, members: below(junction) }));
    split.sort((a, b) => b.members.size - a.members.size);
    split[0]!.members.add(largest.junction);
    roots = [...split, ...roots.slice(1)];
  }
  return roots.filter(({ members }) => members.size >= 4);
}

function wayFromSource(graph: StreetGraph, tree: SupplyTree, end: number): Point[] {
  const stretches: Point[][] = [];
  for (let junction = end; tree.parent[junction]! >= 0; junction = tree.parent[junction]!) {
    stretches.push(streetInto(graph, tree, junction));
  }
  return stretches.reverse().flatMap((line, i) => (i === 0 ? line : line.slice(1)));
}
