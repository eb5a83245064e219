import { alongLine, Frame } from '../geometry.js';
import { Random } from '../random.js';
import type { TownShape } from '../streets/layout.js';
import { AssetBook } from './site.js';

const KINDS = [
  { type: 'continuous girder', spans: 3 },
  { type: 'simply supported girder', spans: 4 },
  { type: 'arch', spans: 1 },
  { type: 'cable-stayed', spans: 2 },
] as const;

/** Bridges are where main streets cross the river: all of them in the main urban area, one or two in each county town. */
export function buildBridges(town: TownShape, seed: string, scale: number, book: AssetBook): void {
  const random = new Random(`${seed}/bridge/${town.plan.townId}`);
  const frame = new Frame(town.plan.centre);
  const main = town.plan.townId === 'chuzhou';
  const crossings = town.graph.streets
    .filter((street) => street.bridge && street.lengthM > town.plan.river.widthM)
    .sort((a, b) => a.line[0]!.y - b.line[0]!.y || a.line[0]!.x - b.line[0]!.x);
  const most = main ? 20 : scale > 2 ? 5 : 1;
  crossings.slice(0, most).forEach((street, i) => {
    const assetId = book.nextId('brg', 2);
    const kind = street.class === 'motorway' ? KINDS[0] : i === 3 ? KINDS[3] : random.pick(KINDS.slice(0, 3));
    const place = book.placeName(town, street);
    const lengthM = Math.round(street.lengthM);
    book.add(town, frame, {
      assetId,
      utility: 'bridge',
      kind: 'bridge',
      name: `${place.name} ${town.plan.river.name} Bridge`,
      nameZh: `${place.nameZh}${town.plan.river.nameZh}大桥`,
      shape: street.line,
      properties: {
        type: kind.type,
        lengthM,
        spans: kind.spans,
        spanM: Math.round(lengthM / kind.spans),
        designDeflectionMm: Math.round((lengthM / kind.spans) * (1000 / 600)),
        designStrain: 180,
        postedLimitT: 49,
      },
      site: { local: alongLine(street.line, 0.5), sourceId: assetId, reach: 0 },
    });
  });
}
