import { alongLine, Frame } from '../geometry.js';
import { Random } from '../random.js';
import type { Street } from '../streets/graph.js';
import type { TownShape } from '../streets/layout.js';
import { slotsAlong, spreadJunctions } from './places.js';
import { AssetBook, shareOfTown } from './site.js';
import { runsOf, supplyTree, type Run, type SupplyTree } from './supply-tree.js';

const REGULATORS = 62;
const MANHOLES = 150;

/** Gate stations at the edge of the town, pipes along every street from there, regulators and valve manholes on the pipes. */
export function buildGas(town: TownShape, seed: string, scale: number, book: AssetBook): void {
  const random = new Random(`${seed}/gas/${town.plan.townId}`);
  const frame = new Frame(town.plan.centre);
  const { graph } = town;
  const main = town.plan.townId === 'chuzhou';
  const edge = graph.junctions.flatMap((junction, i) =>
    junction.streets.some((number) => graph.streets[number]!.name === 'Outer Ring Road') ? [i] : [],
  );
  const gates = spreadJunctions(graph, edge, main ? 2 : 1, { x: -town.plan.radiusX * 0.4, y: -town.plan.radiusY });
  const gateIds = new Map<number, string>();
  gates.forEach((junction, i) => {
    const assetId = book.nextId('gas-gate', 2);
    gateIds.set(junction, assetId);
    const side = gates.length === 1 ? ['', ''] : i === 0 ? ['South ', '南'] : ['North ', '北'];
    book.add(town, frame, {
      assetId,
      utility: 'gas',
      kind: 'regulator',
      name: `${town.plan.name} ${side[0]}Gate Station`,
      nameZh: `${town.plan.nameZh}${side[1]}门站`,
      shape: graph.junctions[junction]!,
      properties: {
        role: 'gate-station',
        inletClass: 'sub-high A',
        outletClass: 'medium A',
        // It feeds as many more regulators as the scale says.
        ratedM3h: Math.round((main ? 8000 : 2400) * Math.max(1, scale)),
        sourceId: assetId,
      },
      site: { local: graph.junctions[junction]!, sourceId: assetId, reach: 0 },
    });
  });
  const tree = supplyTree(graph, gates, ({ class: streetClass }) => (streetClass === 'street' ? 1.6 : 1));
  const farthestM = Math.max(...tree.lengthM);
  const runs = runsOf(graph, tree, 900);
  const pipeIds = runs.map((run) => addPipe(town, frame, run, tree, gateIds, farthestM, book));
  const source = (run: Run): string => gateIds.get(tree.source[run.startJunction]!)!;
  const reach = (run: Run, share: number): number =>
    (tree.lengthM[run.startJunction]! + run.lengthM * share) / farthestM;
  for (const slot of slotsAlong(runs, shareOfTown(town, REGULATORS * scale), 110, 14, random)) {
    book.add(town, frame, {
      assetId: book.nextId('gas-reg', 4),
      utility: 'gas',
      kind: 'regulator',
      ...book.nameAt(town, slot.run.street, 'R'),
      shape: slot.point,
      properties: {
        role: 'district-regulator',
        outletSetKpa: 2.5,
        ratedM3h: random.pick([300, 500, 800]),
        households: 50 * (4 + random.index(16)),
        sourceId: source(slot.run),
        lineId: pipeIds[slot.runNumber]!,
      },
      site: {
        local: slot.point,
        sourceId: source(slot.run),
        reach: reach(slot.run, slot.share),
        lineId: pipeIds[slot.runNumber]!,
      },
    });
  }
  for (const slot of slotsAlong(runs, shareOfTown(town, MANHOLES * scale), 45, 4, random)) {
    book.add(town, frame, {
      assetId: book.nextId('gas-mh', 4),
      utility: 'gas',
      kind: 'manhole',
      ...book.nameAt(town, slot.run.street, 'M'),
      shape: slot.point,
      properties: {
        role: random.next() < 0.4 ? 'valve-chamber' : 'adjacent-space',
        depthM: Math.round(random.between(1.2, 2.8) * 10) / 10,
        sourceId: source(slot.run),
        lineId: pipeIds[slot.runNumber]!,
      },
      site: {
        local: slot.point,
        sourceId: source(slot.run),
        reach: reach(slot.run, slot.share),
        lineId: pipeIds[slot.runNumber]!,
      },
    });
  }
}

interface PipeFacts extends Record<string, string | number> {
  readonly pressureClass: string;
  readonly material: string;
  readonly diameterMm: number;
}

/** Speed of a pressure wave in the steel mains, m/s, as a valve test would have shown it; made up (natural gas: 300 to 400). */
const WAVE_SPEED_MS = 390;

function pipeFacts(street: Street): PipeFacts {
  const waveSpeedMs = WAVE_SPEED_MS;
  if (street.class === 'motorway')
    return { pressureClass: 'sub-high A', material: 'steel L245', diameterMm: 406, waveSpeedMs };
  if (street.class === 'primary')
    return { pressureClass: 'medium A', material: 'steel Q235', diameterMm: 273, waveSpeedMs };
  return { pressureClass: 'medium A', material: 'PE100', diameterMm: street.lengthM > 220 ? 160 : 110 };
}

function addPipe(
  town: TownShape,
  frame: Frame,
  run: Run,
  tree: SupplyTree,
  gateIds: ReadonlyMap<number, string>,
  farthestM: number,
  book: AssetBook,
): string {
  const assetId = book.nextId('gas-pipe', 4);
  const sourceId = gateIds.get(tree.source[run.startJunction]!)!;
  book.add(town, frame, {
    assetId,
    utility: 'gas',
    kind: 'pipe-segment',
    ...book.nameAt(town, run.street, 'G'),
    shape: run.line,
    properties: { ...pipeFacts(run.street), lengthM: Math.round(run.lengthM), sourceId },
    site: {
      local: alongLine(run.line, 0.5),
      sourceId,
      reach: (tree.lengthM[run.startJunction]! + run.lengthM / 2) / farthestM,
    },
  });
  return assetId;
}
