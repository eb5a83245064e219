import type { Asset, AssetKind, Utility } from '@lifeline/contracts';

/** What the page keeps of every asset: enough to name and to find it. */
export interface KnownAsset {
  readonly assetId: string;
  readonly utility: Utility;
  readonly kind: AssetKind;
  readonly name: string;
  readonly nameZh: string;
  readonly district: string;
}

export type AssetBook = ReadonlyMap<string, KnownAsset>;

/** Takes in a page of assets; those already known are replaced. */
export function withAssets(book: AssetBook, assets: readonly Asset[]): AssetBook {
  if (assets.length === 0) return book;
  const grown = new Map(book);
  for (const { assetId, utility, kind, name, nameZh, district } of assets) {
    grown.set(assetId, { assetId, utility, kind, name, nameZh, district });
  }
  return grown;
}
