import type { Asset } from '@lifeline/contracts';

/** Who feeds whom, and which pipes touch, by the assets' own facts. Pure and lazy; one for a registry. */
export interface SupplyGraph {
  asset(assetId: string): Asset | undefined;
  /** What the asset cannot do without, nearest first: its feeder, substation, gate station; across lifelines too. */
  above(assetId: string): readonly string[];
  /** Feeders of a substation. */
  feedersOf(assetId: string): number;
  /** The pipe or drain that the asset is, or stands on. */
  lineOf(assetId: string): string | null;
  /** The pump station that a drain node or a drain runs to. */
  catchmentOf(assetId: string): string | null;
  /** Pipes at most `hops` away from a pipe, itself included. */
  linesWithin(lineId: string, hops: number): ReadonlySet<string>;
}

/** What feeds an asset where its own facts do not say so, e.g. the feeder of a pump station. */
export interface Feed {
  readonly assetId: string;
  readonly feederId: string;
}

const LINES: readonly Asset['kind'][] = ['pipe-segment', 'drain-segment'];

/**
 * @param assets their facts `feederId`, `substationId`, `lineId` and `sourceId` are read
 * @param feeds further feeds, added to those of the facts
 */
export function createSupplyGraph(assets: Iterable<Asset>, feeds: readonly Feed[] = []): SupplyGraph {
  const known = new Map<string, Asset>();
  const feederCount = new Map<string, number>();
  for (const asset of assets) {
    known.set(asset.assetId, asset);
    const substationId = fact(asset, 'substationId');
    if (asset.kind === 'feeder' && substationId)
      feederCount.set(substationId, (feederCount.get(substationId) ?? 0) + 1);
  }
  const extra = new Map<string, string[]>();
  for (const { assetId, feederId } of feeds) extra.set(assetId, [...(extra.get(assetId) ?? []), feederId]);
  const aboveOf = new Map<string, readonly string[]>();
  const within = new Map<string, ReadonlySet<string>>();
  let byVertex: Map<string, string[]> | undefined;

  return {
    asset: (assetId) => known.get(assetId),
    above,
    feedersOf: (assetId) => feederCount.get(assetId) ?? 0,
    lineOf,
    catchmentOf(assetId) {
      const asset = known.get(assetId);
      return asset?.utility === 'drainage' ? fact(asset, 'sourceId') : null;
    },
    linesWithin,
  };

  function above(assetId: string): readonly string[] {
    const found = aboveOf.get(assetId);
    if (found) return found;
    const all = new Set<string>();
    const queue = [assetId];
    for (let here = queue.shift(); here !== undefined; here = queue.shift()) {
      for (const next of directlyAbove(here)) {
        if (next === assetId || all.has(next)) continue;
        all.add(next);
        queue.push(next);
      }
    }
    const list = [...all];
    aboveOf.set(assetId, list);
    return list;
  }

  function directlyAbove(assetId: string): string[] {
    const asset = known.get(assetId);
    const own = asset ? [fact(asset, 'feederId'), fact(asset, 'substationId')] : [];
    if (asset?.utility === 'gas') own.push(fact(asset, 'sourceId'));
    return [...own.filter((id) => id !== null), ...(extra.get(assetId) ?? [])];
  }

  function lineOf(assetId: string): string | null {
    const asset = known.get(assetId);
    if (!asset) return null;
    return LINES.includes(asset.kind) ? assetId : fact(asset, 'lineId');
  }

  function linesWithin(lineId: string, hops: number): ReadonlySet<string> {
    const key = `${hops} ${lineId}`;
    let found = within.get(key);
    if (!found) {
      const all = new Set([lineId]);
      let edge = [lineId];
      for (let hop = 0; hop < hops; hop++) {
        edge = edge.flatMap(touching).filter((next) => !all.has(next));
        for (const next of edge) all.add(next);
      }
      within.set(key, (found = all));
    }
    return found;
  }

  /** A branch leaves its pipe at a vertex, not only at an end. */
  function touching(lineId: string): string[] {
    byVertex ??= vertices(known.values());
    const asset = known.get(lineId);
    if (asset?.geometry.type !== 'LineString') return [];
    return asset.geometry.coordinates.flatMap((at) => byVertex!.get(vertexKey(asset, at)) ?? []);
  }
}

function vertices(assets: Iterable<Asset>): Map<string, string[]> {
  const byVertex = new Map<string, string[]>();
  for (const asset of assets) {
    if (asset.geometry.type !== 'LineString' || !LINES.includes(asset.kind)) continue;
    for (const at of asset.geometry.coordinates) {
      const key = vertexKey(asset, at);
      const there = byVertex.get(key);
      if (!there) byVertex.set(key, [asset.assetId]);
      else if (!there.includes(asset.assetId)) there.push(asset.assetId);
    }
  }
  return byVertex;
}

function vertexKey({ utility }: Asset, [lon, lat]: readonly [number, number]): string {
  return `${utility} ${lon.toFixed(6)} ${lat.toFixed(6)}`;
}

function fact(asset: Asset, name: string): string | null {
  const value = asset.properties[name];
  return typeof value === 'string' ? value : null;
}
