import { alongLine, Frame, nearestOnLine, type Point } from '../geometry.js';
import { Random } from '../random.js';
import type { TownShape } from '../streets/layout.js';
import { sample, slotsAlong, spreadJunctions } from './places.js';
import { AssetBook, shareOfTown } from './site.js';
import { runsOf, supplyTree } from './supply-tree.js';

const MANHOLES = 95;
const LOW_POINTS = 28;
/** Water level of the river on an ordinary day, metres above datum; made up. */
export const RIVER_LEVEL_M = 10;
const SLOPE = { main: 0.0012, street: 0.0025 };

/** Height of the ground: it falls to the river, with soft swells. Metres above datum; made up. */
export function groundM(town: TownShape, at: Point): number {
  const away = Math.min(nearestOnLine(at, town.river).distanceM, 3500);
  return RIVER_LEVEL_M + 4 + away * 0.0042 + 0.8 * Math.sin(at.x / 410) * Math.sin(at.y / 530);
}

/**
 * Storm drains under every street, each running downhill to a pump station at the river: the invert of each pipe is laid from
 * the outfall upwards with the least slope of its class, so that water runs one way only.
 */
export function buildDrainage(town: TownShape, seed: string, scale: number, book: AssetBook): void {
  const random = new Random(`${seed}/drainage/${town.plan.townId}`);
  const frame = new Frame(town.plan.centre);
  const { graph } = town;
  const main = town.plan.townId === 'chuzhou';
  const banks = graph.junctions.flatMap((junction, i) =>
    junction.streets.some((number) => graph.streets[number]!.name.endsWith('Bank Road')) ? [i] : [],
  );
  const outfalls = spreadJunctions(graph, banks, main ? 9 : 2, town.plan.core);
  const stationIds = new Map<number, string>();
  outfalls.forEach((junction) => {
    const assetId = book.nextId('drn-pump', 2);
    stationIds.set(junction, assetId);
    const number = Number(assetId.slice(-2));
    const place = town.plan.name;
    book.add(town, frame, {
      assetId,
      utility: 'drainage',
      kind: 'pump-station',
      name: `${place} ${town.plan.river.name} Pump Station ${number}`,
      nameZh: `${town.plan.nameZh}${town.plan.river.nameZh}${number}号泵站`,
      shape: graph.junctions[junction]!,
      properties: { pumps: 3, ratedM3s: main ? 1.8 : 0.8, sumpFloorM: RIVER_LEVEL_M - 4, sourceId: assetId },
      site: { local: graph.junctions[junction]!, sourceId: assetId, reach: 0 },
    });
  });
  const tree = supplyTree(graph, outfalls, (street) => (street.bridge ? Infinity : 1));
  const invert = new Float64Array(graph.junctions.length).fill(RIVER_LEVEL_M - 0.5);
  for (const junction of tree.order) {
    const parent = tree.parent[junction]!;
    if (parent < 0) continue;
    const street = graph.streets[tree.street[junction]!]!;
    invert[junction] = invert[parent]! + street.lengthM * (street.class === 'street' ? SLOPE.street : SLOPE.main);
  }
  const farthestM = Math.max(...tree.lengthM);
  const runs = runsOf(graph, tree, 700);
  const pipeIds = runs.map((run) => {
    const assetId = book.nextId('drn-pipe', 4);
    const end = run.junctions[run.junctions.length - 1]!;
    book.add(town, frame, {
      assetId,
      utility: 'drainage',
      kind: 'drain-segment',
      ...book.nameAt(town, run.street, 'D'),
      // Drawn as the water runs: from the upper end to the outfall.
      shape: [...run.line].reverse(),
      properties: {
        material: 'reinforced concrete',
        diameterMm: run.street.class === 'street' ? 600 : 1200,
        invertUpperM: centimetres(invert[end]!),
        invertLowerM: centimetres(invert[run.startJunction]!),
        lengthM: Math.round(run.lengthM),
        sourceId: stationIds.get(tree.source[end]!)!,
      },
      site: {
        local: alongLine(run.line, 0.5),
        sourceId: stationIds.get(tree.source[end]!)!,
        reach: (tree.lengthM[run.startJunction]! + run.lengthM / 2) / farthestM,
      },
    });
    return assetId;
  });
  const node = (
    prefix: string,
    letter: string,
    slot: ReturnType<typeof slotsAlong>[number],
    role: string,
    depthM: number,
    invertM: number,
  ): void => {
    book.add(town, frame, {
      assetId: book.nextId(prefix, 4),
      utility: 'drainage',
      kind: 'drain-node',
      ...book.nameAt(town, slot.run.street, letter),
      shape: slot.point,
      properties: {
        role,
        depthM: centimetres(depthM),
        invertM: centimetres(invertM),
        coverM: centimetres(invertM + depthM),
        sourceId: stationIds.get(tree.source[slot.run.startJunction]!)!,
        lineId: pipeIds[slot.runNumber]!,
      },
      site: {
        local: slot.point,
        sourceId: stationIds.get(tree.source[slot.run.startJunction]!)!,
        reach: (tree.lengthM[slot.run.startJunction]! + slot.run.lengthM * slot.share) / farthestM,
        lineId: pipeIds[slot.runNumber]!,
      },
    });
  };
  const invertAt = (slot: ReturnType<typeof slotsAlong>[number]): number => {
    const end = slot.run.junctions[slot.run.junctions.length - 1]!;
    return invert[slot.run.startJunction]! + (invert[end]! - invert[slot.run.startJunction]!) * slot.share;
  };
  for (const slot of slotsAlong(runs, shareOfTown(town, MANHOLES * scale), 45, 3, random)) {
    const invertM = invertAt(slot);
    node('drn-mh', 'W', slot, 'manhole', Math.max(2.6, Math.min(6.5, groundM(town, slot.point) - invertM)), invertM);
  }
  const lowRuns = runs.filter(({ street }) => street.class !== 'street');
  const low = sample(lowRuns.length > 0 ? lowRuns : runs, shareOfTown(town, LOW_POINTS * scale), random);
  for (const slot of slotsAlong(low, low.length, 100_000, 6, random)) {
    node('drn-low', 'U', slot, random.next() < 0.6 ? 'underpass' : 'road-low-point', 2.2, invertAt(slot));
  }
}

function centimetres(m: number): number {
  return Math.round(m * 100) / 100;
}
