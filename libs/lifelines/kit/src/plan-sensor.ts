import type { Asset, Limits, NewDevice, NewSensor, Range, Utility } from '@lifeline/contracts';
import { channelType } from '@lifeline/catalogue';
import type { City, LonLat } from '@lifeline/city';

export interface SensorPlan {
  readonly channel: string;
  /** Code of the channel catalogue. */
  readonly type: string;
  /** What it measures, after the name of its place. */
  readonly what: string;
  /** How often the simulation reports, so that the page is alive; real devices of most types report each minute or slower. */
  readonly intervalS: number;
  readonly range?: Range;
  /** Over the catalogue's: limits that depend on the design or the site. */
  readonly limits?: Limits;
  /** Metres east and north of the asset, where sensors of one asset stand apart. */
  readonly aside?: readonly [number, number];
}

/** A device on an asset, its sensors with the catalogue's units, ranges and limits. */
export function planDevice(
  city: City,
  asset: Asset,
  deviceId: string,
  what: string,
  sensors: readonly SensorPlan[],
): NewDevice {
  const site = city.sites.get(asset.assetId);
  if (!site) throw new Error(`asset ${asset.assetId} has no site in this city: plan with the city that holds it`);
  return {
    deviceId,
    utility: asset.utility,
    name: what ? `${asset.name} ${what}` : asset.name,
    sensors: sensors.map((plan) => planSensor(asset, site.at, plan)),
  };
}

function planSensor(asset: Asset, at: LonLat, plan: SensorPlan): NewSensor {
  const type = channelType(plan.type);
  if (!type) throw new Error(`channel type ${plan.type} is not in the catalogue`);
  const [east, north] = plan.aside ?? [0, 0];
  const limits: Record<string, number> = {};
  for (const [key, value] of Object.entries({ ...type.limits, ...plan.limits })) if (value != null) limits[key] = value;
  return {
    channel: plan.channel,
    unit: type.unit,
    name: `${asset.name} ${plan.what}`.slice(0, 120),
    lon: Math.round((at[0] + east / 94_000) * 1e6) / 1e6,
    lat: Math.round((at[1] + north / 110_900) * 1e6) / 1e6,
    assetId: asset.assetId,
    type: plan.type,
    intervalS: plan.intervalS,
    range: plan.range ?? { ...type.range },
    limits,
  };
}

/** The assets of a utility, in the city's order. */
export function assetsOf(city: City, utility: Utility): Asset[] {
  return city.assets.filter((asset) => asset.utility === utility);
}

/** A number among an asset's properties. */
export function numberOf(asset: Asset, property: string): number {
  const value = asset.properties[property];
  if (typeof value !== 'number') throw new Error(`asset ${asset.assetId} has no number "${property}"`);
  return value;
}
