import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Asset } from '@lifeline/contracts';
import type { FeatureCollection } from 'geojson';

const compress = promisify(gzip);

/** A layer ready to be served: built, named and compressed once. */
export interface ServedLayer {
  readonly etag: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

export async function compressed(given: Uint8Array): Promise<ServedLayer> {
  const body = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  return { etag, body, gzipped: await compress(body) };
}

function servedLayer(collection: FeatureCollection): Promise<ServedLayer> {
  return compressed(Buffer.from(JSON.stringify(collection), 'utf8'));
}

/** The assets of a network as a layer; each feature's id and properties name its asset. */
export function networkLayer(assets: Iterable<Asset>, utility: string): FeatureCollection {
  const features: FeatureCollection['features'] = [];
  for (const asset of assets) {
    if (asset.utility !== utility) continue;
    const { assetId, kind, name, nameZh, district, geometry, properties } = asset;
    features.push({
      type: 'Feature',
      id: assetId,
      geometry,
      properties: { ...properties, assetId, utility, kind, name, nameZh, district },
    });
  }
  return { type: 'FeatureCollection', features };
}

/** Keeps what a layer's builder gave for a while, so that a page's questions build it once. */
export class LayerStore {
  private readonly kept = new Map<string, { readonly atMs: number; readonly layer: Promise<ServedLayer> }>();

  /** @param forMs how long the layer may be kept; Infinity for what does not change while the process runs */
  layer(name: string, build: () => FeatureCollection, nowMs: number, forMs: number): Promise<ServedLayer> {
    const kept = this.kept.get(name);
    if (kept && nowMs - kept.atMs < forMs) return kept.layer;
    const layer = servedLayer(build());
    this.kept.set(name, { atMs: nowMs, layer });
    layer.catch(() => this.kept.delete(name));
    return layer;
  }
}
