import type { Asset, AssetKind, Utility } from '@lifeline/contracts';
import { insideRing, type Frame, type LonLat, type Point } from '../geometry.js';
import type { District } from '../districts.js';
import type { TownShape } from '../streets/layout.js';

/** What a simulator must know of an asset beyond what the registry knows. */
export interface Site {
  readonly assetId: string;
  readonly townId: string;
  /** Longitude, latitude where a device would stand. */
  readonly at: LonLat;
  /** Metres east and north of the town's centre. */
  readonly local: Point;
  /** What feeds it, or what it drains to: gate station, substation, pump station. Itself where it is one. */
  readonly sourceId: string;
  /** How far along its network: 0 at the source, 1 at the far end of the town. */
  readonly reach: number;
  /** The feeder of a transformer, the pipe under a manhole. */
  readonly lineId?: string;
}

/** Collects the assets of one town, names them and knows their district. */
export class AssetBook {
  readonly assets: Asset[] = [];
  readonly sites = new Map<string, Site>();
  private readonly counts = new Map<string, number>();
  private readonly langya: Point[];

  constructor(private readonly districts: readonly District[]) {
    const ring = districts.find(({ districtId }) => districtId === 'langya')?.rings[0] ?? [];
    this.langya = ring.map(([x, y]) => ({ x, y }));
  }

  /** Next id of a kind: `gas-mh-0014`. */
  nextId(prefix: string, digits = 4): string {
    return `${prefix}-${String(this.count(prefix)).padStart(digits, '0')}`;
  }

  /** "Langya Avenue M-014": the number counts along the street of the town. */
  nameAt(
    town: TownShape,
    street: { readonly name: string; readonly nameZh: string },
    letter: string,
  ): { name: string; nameZh: string } {
    const place = this.placeName(town, street);
    const number = `${letter}-${String(this.count(`${place.name}/${letter}`)).padStart(3, '0')}`;
    return { name: `${place.name} ${number}`, nameZh: `${place.nameZh} ${number}` };
  }

  placeName(
    town: TownShape,
    street: { readonly name: string; readonly nameZh: string },
  ): { name: string; nameZh: string } {
    if (town.plan.townId === 'chuzhou') return { name: street.name, nameZh: street.nameZh };
    return { name: `${town.plan.name} ${street.name}`, nameZh: `${town.plan.nameZh}${street.nameZh}` };
  }

  add(
    town: TownShape,
    frame: Frame,
    entry: {
      readonly assetId: string;
      readonly utility: Utility;
      readonly kind: AssetKind;
      readonly name: string;
      readonly nameZh: string;
      /** One point, or a line of at least two. */
      readonly shape: Point | readonly Point[];
      readonly properties: Record<string, string | number | boolean>;
      readonly site: {
        readonly local: Point;
        readonly sourceId: string;
        readonly reach: number;
        readonly lineId?: string;
      };
    },
  ): void {
    const at = frame.toLonLat(entry.site.local);
    const geometry: Asset['geometry'] =
      'x' in entry.shape
        ? { type: 'Point', coordinates: frame.toLonLat(entry.shape) }
        : { type: 'LineString', coordinates: entry.shape.map((p) => frame.toLonLat(p)) };
    this.assets.push({
      assetId: entry.assetId,
      utility: entry.utility,
      kind: entry.kind,
      name: entry.name,
      nameZh: entry.nameZh,
      district: this.districtOf(town, at),
      geometry,
      properties: { ...entry.properties, madeUp: true },
    });
    this.sites.set(entry.assetId, { assetId: entry.assetId, townId: town.plan.townId, at, ...entry.site });
  }

  private districtOf(town: TownShape, at: LonLat): string {
    const { districtId } = town.plan;
    const own = districtId !== 'langya' || insideRing({ x: at[0], y: at[1] }, this.langya) ? districtId : 'nanqiao';
    return this.districts.find((district) => district.districtId === own)?.name ?? own;
  }

  private count(key: string): number {
    const number = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, number);
    return number;
  }
}

/** A town's share of what the prefecture has: two thirds in the main urban area. */
export function shareOfTown(town: TownShape, total: number): number {
  return Math.max(1, Math.round(total * (town.plan.townId === 'chuzhou' ? 0.66 : 0.34 / 6)));
}
