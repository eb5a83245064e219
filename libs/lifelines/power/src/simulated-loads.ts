import type { Asset } from '@lifeline/contracts';
import { evenAt, type City } from '@lifeline/city';
import {
  comfortPower,
  drift,
  noiseKey,
  strength,
  type Demand,
  type Fault,
  type FaultBook,
  type ValueAt,
  type Weather,
} from '@lifeline/lifeline-kit';

const HOUR_MS = 3_600_000;
/** A phase of three that is lost takes its load with it. */
const WITHOUT_A_PHASE = 2 / 3;

/** A load's share of homes and its height, its own for each feeder and transformer. */
interface LoadShape {
  readonly home: number;
  readonly heightPercent: number;
  readonly key: number;
}

/** Loads and air of the simulated grid, with what overloads, outages and lost phases do to them. */
export class SimulatedLoads {
  /** Feeders of each main transformer, `substation/number`. */
  private readonly feedersOf = new Map<string, Asset[]>();

  constructor(
    private readonly city: City,
    private readonly seed: string,
    private readonly weather: Weather,
    private readonly demand: Demand,
    private readonly faults: FaultBook,
  ) {
    const counts = new Map<string, number>();
    for (const asset of city.assets) {
      if (asset.kind !== 'feeder') continue;
      const sourceId = city.sites.get(asset.assetId)!.sourceId;
      const count = counts.get(sourceId) ?? 0;
      counts.set(sourceId, count + 1);
      const id = `${sourceId}/${1 + (count % 2)}`;
      this.feedersOf.set(id, [...(this.feedersOf.get(id) ?? []), asset]);
    }
  }

  /** Air at an asset, °C: the weather, hotter where a heat overload says so. */
  airC(asset: Asset, tMs: number): number {
    const fault = this.onPath(asset, 'heat-overload', tMs);
    return this.weather.airC(tMs) + this.grown(fault, tMs) * (fault?.parameters['airK'] ?? 4);
  }

  /** Load in percent of what the asset is rated for; `id` tells the main transformers of a substation apart. */
  loadPercent(asset: Asset, id: string): ValueAt {
    const shape = this.shapeOf(id);
    const feeders = asset.kind === 'substation' ? (this.feedersOf.get(id) ?? []) : [];
    return (tMs) => {
      let load = this.withFaults(asset, this.ordinary(shape, tMs), tMs);
      if (feeders.length > 0) load *= this.shareOfFeeders(feeders, tMs);
      return load;
    };
  }

  /** True where the asset, its feeder or its substation is without power. */
  isDark(asset: Asset, tMs: number): boolean {
    const site = this.city.sites.get(asset.assetId);
    return (
      this.faults.active(asset.assetId, 'outage', tMs) !== undefined ||
      (site?.lineId !== undefined && this.faults.active(site.lineId, 'outage', tMs) !== undefined) ||
      (site !== undefined && this.faults.active(site.sourceId, 'outage', tMs) !== undefined)
    );
  }

  private shapeOf(id: string): LoadShape {
    const key = noiseKey(this.seed, id, 'load');
    return { key, home: 0.25 + 0.6 * evenAt(key, 1), heightPercent: 34 + 18 * evenAt(key, 2) };
  }

  private ordinary(shape: LoadShape, tMs: number): number {
    const use = shape.home * this.demand.homePower(tMs) + (1 - shape.home) * this.demand.workPower(tMs);
    const comfort = comfortPower(this.weather.airC(tMs)) * (0.6 + 0.4 * shape.home);
    return shape.heightPercent * (use + comfort) * (1 + 0.03 * drift(shape.key, tMs, 0.5 * HOUR_MS));
  }

  private withFaults(asset: Asset, ordinary: number, tMs: number): number {
    let load = ordinary;
    const heat = this.onPath(asset, 'heat-overload', tMs);
    if (heat) load += this.grown(heat, tMs) * ((heat.parameters['loadPercent'] ?? 125) - load);
    const lineId = this.city.sites.get(asset.assetId)?.lineId;
    const { faults } = this;
    const over =
      faults.begun(asset.assetId, 'overload', tMs) ?? (lineId ? faults.begun(lineId, 'overload', tMs) : undefined);
    if (over) load += strength(over, tMs, 40, 60) * ((over.parameters['loadPercent'] ?? 128) - load);
    if (faults.active(asset.assetId, 'lost-phase', tMs)) load *= WITHOUT_A_PHASE;
    return load;
  }

  /** What overloads and outages of its feeders make of a main transformer's load, as a factor. */
  private shareOfFeeders(feeders: readonly Asset[], tMs: number): number {
    let sum = 0;
    for (const feeder of feeders) {
      if (!this.faults.strikes(feeder.assetId)) sum += 1;
      else if (!this.faults.active(feeder.assetId, 'outage', tMs)) {
        const ordinary = this.ordinary(this.shapeOf(`${feeder.assetId}/`), tMs);
        sum += this.withFaults(feeder, ordinary, tMs) / ordinary;
      }
    }
    return sum / feeders.length;
  }

  /** The fault of a kind on the asset itself, its feeder or its substation. */
  private onPath(asset: Asset, kind: string, tMs: number): Fault | undefined {
    const { faults } = this;
    if (faults.ofKind(kind).length === 0) return undefined;
    const site = this.city.sites.get(asset.assetId);
    return (
      faults.begun(asset.assetId, kind, tMs) ??
      (site?.lineId ? faults.begun(site.lineId, kind, tMs) : undefined) ??
      (site ? faults.begun(site.sourceId, kind, tMs) : undefined)
    );
  }

  /** 0 to 1 over the hours of the rise, and down again within one after the end. */
  private grown(fault: Fault | undefined, tMs: number): number {
    if (!fault) return 0;
    const riseMs = (fault.parameters['riseHours'] ?? 5) * HOUR_MS;
    const risen = Math.min(1, (Math.min(tMs, fault.endMs) - fault.startMs) / riseMs);
    return tMs <= fault.endMs ? risen : risen * Math.max(0, 1 - (tMs - fault.endMs) / HOUR_MS);
  }
}
