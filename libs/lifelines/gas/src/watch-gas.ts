import type { Asset, Sensor } from '@lifeline/contracts';
import type { AssetWatch, AssetWatchPlan } from '@lifeline/detection';
import { metresBetween } from '@lifeline/lifeline-kit';
import { MassBalanceWatch } from './watches/mass-balance-watch.js';
import { MethaneWatch } from './watches/methane-watch.js';
import { RegulatorWatch } from './watches/regulator-watch.js';
import { sourceOf, supplySections } from './watches/supply-section.js';
import { WaveWatch } from './watches/wave-watch.js';

/** Probes so near rise together where gas leaks (domain 1.3). */
const NEAR_M = 50;
/** A pressure further off says nothing of a leak [P]. */
const PRESSURE_M = 900;

/** The watches of the gas network: what leaks, what is taken, what a regulator does wrong, and where. */
export const watchGas: AssetWatchPlan = (assets, sensors) => {
  const byAsset = new Map<string, Sensor[]>();
  for (const sensor of sensors) {
    if (sensor.assetId === null || sensor.utility !== 'gas') continue;
    const list = byAsset.get(sensor.assetId);
    if (list) list.push(sensor);
    else byAsset.set(sensor.assetId, [sensor]);
  }
  const watched = assets.filter(({ assetId }) => byAsset.has(assetId));
  const ofType = (assetId: string, type: string): Sensor[] =>
    (byAsset.get(assetId) ?? []).filter((sensor) => sensor.type === type);
  const watches: AssetWatch[] = supplySections(assets, sensors).map((section) => new MassBalanceWatch(section));
  for (const asset of watched) {
    if (asset.kind === 'pipe-segment') {
      const fast = ofType(asset.assetId, 'P_NPW');
      if (fast.length > 1) watches.push(new WaveWatch(asset, fast));
    } else if (asset.kind === 'regulator') {
      for (const outlet of ofType(asset.assetId, 'P_LOW')) {
        const flow = ofType(asset.assetId, 'Q_GAS')[0];
        watches.push(new RegulatorWatch({ regulator: asset, outlet, flow, inlet: ofType(asset.assetId, 'P_MID')[0] }));
      }
    }
  }
  return [...watches, ...methaneWatches(assets, watched, ofType)];
};

function methaneWatches(
  assets: readonly Asset[],
  watched: readonly Asset[],
  ofType: (assetId: string, type: string) => Sensor[],
): MethaneWatch[] {
  const byId = new Map(assets.map((asset) => [asset.assetId, asset]));
  const probes = watched.flatMap((manhole) =>
    manhole.kind === 'manhole' ? ofType(manhole.assetId, 'CH4_MH').map((sensor) => ({ manhole, sensor })) : [],
  );
  const pressures = watched.flatMap((asset) =>
    ofType(asset.assetId, 'P_MID').map((sensor) => ({ source: sourceOf(asset), assetId: asset.assetId, sensor })),
  );
  return probes.map(({ manhole, sensor }) => {
    const source = sourceOf(manhole);
    const near = probes
      .filter((other) => other.manhole !== manhole && awayM(other.sensor, sensor) <= NEAR_M)
      .map((other) => other.sensor);
    const own = source === undefined ? [] : pressures.filter((pressure) => pressure.source === source);
    const station = own.find(({ assetId }) => assetId === source)?.sensor;
    let nearest: Sensor | undefined;
    for (const { sensor: pressure, assetId } of own) {
      const away = awayM(pressure, sensor);
      if (assetId === source || away > (nearest ? awayM(nearest, sensor) : PRESSURE_M)) continue;
      nearest = pressure;
    }
    const line = manhole.properties['lineId'];
    return new MethaneWatch({
      manhole,
      sensor,
      near,
      pressure: nearest && station ? { near: nearest, station } : undefined,
      pipe: typeof line === 'string' ? byId.get(line) : undefined,
    });
  });
}

function awayM(a: Sensor, b: Sensor): number {
  return metresBetween([a.lon, a.lat], [b.lon, b.lat]);
}
