import type { Asset, Sensor } from '@lifeline/contracts';
import { channelType } from '@lifeline/catalogue';
import type { AssetWatch, AssetWatchPlan } from '@lifeline/detection';
import { FeederWatch } from './feeder-watch.js';
import { FrequencyWatch } from './frequency-watch.js';
import { OutageWatch } from './outage-watch.js';
import { PhaseWatch } from './phase-watch.js';
import { SupplyWatch } from './supply-watch.js';
import { TransformerWatch } from './transformer-watch.js';

/** Air sensors a thermal model takes: the median of three is moved by none that drifts alone. */
const AIR_SENSORS = 3;
/** Air farther away than this says little of it here, m. */
const AIR_WITHIN_M = 60_000;
/** Sensors of other feeders that tell an outage of one from that of their common gateway. */
const NEIGHBOURS = 40;

/** The watches of the power grid, from what its assets and sensors are: types of the catalogue, channels that end in -a, -b, -c. */
export const watchPower: AssetWatchPlan = (assets, sensors) => {
  const power = assets.filter(({ utility }) => utility === 'power');
  const byAsset = new Map<string, Sensor[]>();
  for (const sensor of sensors) {
    if (sensor.assetId === null || sensor.utility !== 'power') continue;
    const list = byAsset.get(sensor.assetId);
    if (list) list.push(sensor);
    else byAsset.set(sensor.assetId, [sensor]);
  }
  // A sensor of the air counts whoever owns it.
  const air = sensors.filter(({ type }) => type === 'T_AIR');
  const watches: AssetWatch[] = [];
  for (const asset of power) {
    const own = byAsset.get(asset.assetId) ?? [];
    if (own.length === 0) continue;
    watches.push(...watchLoads(asset, own, air), ...watchSupply(asset, own), ...watchPhases(asset, own));
  }
  watches.push(...watchOutages(power, byAsset));
  const frequencies = sensors.filter(({ type, utility }) => type === 'FREQ' && utility === 'power');
  if (frequencies.length > 0) watches.push(new FrequencyWatch('power/frequency', frequencies));
  return watches;
};

/** Transformers where a load has its oil (by the channels' common end), feeders where it has its joints, or only itself. */
function watchLoads(asset: Asset, own: readonly Sensor[], air: readonly Sensor[]): AssetWatch[] {
  const loads = own.filter(({ type }) => type === 'LOAD');
  return loads.map((load) => {
    const end = endOf(load.channel);
    const partner = (type: string): Sensor | undefined => {
      const all = own.filter((sensor) => sensor.type === type);
      return (
        all.find(({ channel }) => endOf(channel) === end) ??
        (all.length === 1 && loads.length === 1 ? all[0] : undefined)
      );
    };
    const near = nearest(load, air, AIR_SENSORS, AIR_WITHIN_M);
    const oil = partner('T_OIL');
    const id = `${asset.assetId}${end}`;
    if (oil) {
      const hotSpot = partner('T_HS');
      const number = /(\d+)$/.exec(end)?.[1];
      const label = number ? { en: `, transformer ${number}`, zh: `${number}号主变` } : { en: '', zh: '' };
      return new TransformerWatch(`power/transformer/${id}`, asset, { load, oil, hotSpot, air: near }, label);
    }
    const joints = loads.length === 1 ? own.filter(({ type }) => type === 'T_JNT') : [];
    return new FeederWatch(`power/feeder/${id}`, asset, { load, joints, air: near });
  });
}

function watchSupply(asset: Asset, own: readonly Sensor[]): AssetWatch[] {
  return own
    .filter(({ type }) => type === 'U_10' || type === 'U_LV' || type === 'UNB')
    .map((sensor) => {
      const defaults = channelType(sensor.type!)?.limits;
      const band = {
        low: sensor.limits.low ?? defaults?.low ?? -Infinity,
        high: sensor.limits.high ?? defaults?.high ?? Infinity,
      };
      return new SupplyWatch(`power/supply/${sensor.sensorId}`, asset, sensor, band);
    });
}

function watchPhases(asset: Asset, own: readonly Sensor[]): AssetWatch[] {
  const watches: AssetWatch[] = [];
  for (const a of own) {
    if (!/-a$/.test(a.channel) || (a.type !== 'I_PH' && a.type !== 'U_LV' && a.type !== 'U_10')) continue;
    const sibling = (phase: string): Sensor | undefined =>
      own.find((other) => other.deviceId === a.deviceId && other.channel === a.channel.replace(/-a$/, phase));
    const b = sibling('-b');
    const c = sibling('-c');
    if (!b || !c) continue;
    const quantity = a.type === 'I_PH' ? 'current' : 'voltage';
    watches.push(
      new PhaseWatch(`power/phases/${a.sensorId}`, asset, {
        quantity,
        phases: [a, b, c],
        rated: quantity === 'current' ? ratedA(asset) : a.type === 'U_LV' ? 230 : 10,
      }),
    );
  }
  return watches;
}

/** Rated current: of a feeder by its cable, of a distribution transformer by its power on the 0.4 kV side. */
function ratedA(asset: Asset): number | null {
  const { ratedA: amperes, ratedKva } = asset.properties;
  if (typeof amperes === 'number') return amperes;
  return typeof ratedKva === 'number' ? ratedKva / (Math.sqrt(3) * 0.4) : null;
}

function watchOutages(power: readonly Asset[], byAsset: ReadonlyMap<string, readonly Sensor[]>): AssetWatch[] {
  const fedBy = new Map<string, Sensor[]>();
  for (const asset of power) {
    const feederId = asset.kind === 'feeder' ? asset.assetId : asset.properties['feederId'];
    if (typeof feederId !== 'string') continue;
    fedBy.set(feederId, [...(fedBy.get(feederId) ?? []), ...(byAsset.get(asset.assetId) ?? [])]);
  }
  const watches: AssetWatch[] = [];
  for (const asset of power) {
    if (asset.kind !== 'feeder') continue;
    const own = fedBy.get(asset.assetId) ?? [];
    if (new Set(own.map(({ deviceId }) => deviceId)).size < 3) continue;
    // One sensor a device is enough of the neighbours.
    const others = [...fedBy].flatMap(([feederId, list]) => (feederId === asset.assetId ? [] : firstOfDevices(list)));
    const middle = own[Math.floor(own.length / 2)]!;
    const neighbours = nearest(middle, others, NEIGHBOURS, Infinity);
    watches.push(new OutageWatch(`power/outage/${asset.assetId}`, asset, { own, neighbours }));
  }
  return watches;
}

function firstOfDevices(sensors: readonly Sensor[]): Sensor[] {
  const seen = new Set<string>();
  return sensors.filter(({ deviceId }) => !seen.has(deviceId) && seen.add(deviceId));
}

/** The nearest of a list, by flat distance: fine within a prefecture. */
function nearest(of: Sensor, among: readonly Sensor[], most: number, withinM: number): Sensor[] {
  const metres = (other: Sensor): number =>
    Math.hypot((other.lon - of.lon) * 111_320 * Math.cos((of.lat * Math.PI) / 180), (other.lat - of.lat) * 110_900);
  return among
    .map((sensor) => ({ sensor, m: metres(sensor) }))
    .filter(({ m }) => m <= withinM)
    .sort((a, b) => a.m - b.m || a.sensor.sensorNo - b.sensor.sensorNo)
    .slice(0, most)
    .map(({ sensor }) => sensor);
}

/** What tells one transformer's channels from the next one's: `-t1`, or nothing. */
function endOf(channel: string): string {
  return /-(?:t|bus)?\d+$/.exec(channel)?.[0] ?? '';
}
