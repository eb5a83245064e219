import type { Asset, Sensor } from '@lifeline/contracts';
import { lineLengthM, lineOf, metresBetween, pointAlong } from '@lifeline/lifeline-kit';
import { pipeVolumeM3 } from '../physics/line-pack.js';

type LonLat = readonly [number, number];

/** A sensor with the pipes whose pressure it stands for. */
export interface PackPoint {
  readonly sensor: Sensor;
  readonly volumeM3: number;
}

/** What one gate station feeds, up to its regulators' meters: a space whose gas can be counted. */
export interface SupplySection {
  readonly gate: Asset;
  readonly inlets: readonly Sensor[];
  readonly outlets: readonly Sensor[];
  readonly pressures: readonly PackPoint[];
  readonly pipes: readonly Asset[];
  readonly assets: ReadonlyMap<string, Asset>;
}

/** Whose supply an asset hangs on, by its property `sourceId`; undefined where that is not known. */
export function sourceOf(asset: Asset): string | undefined {
  const source = asset.properties['sourceId'];
  return typeof source === 'string' ? source : undefined;
}

/** Sections with a metered gate station and at least two metered regulators; fewer cannot be balanced. */
export function supplySections(assets: readonly Asset[], sensors: readonly Sensor[]): SupplySection[] {
  const byId = new Map(assets.map((asset) => [asset.assetId, asset]));
  const bySource = new Map<string, Sensor[]>();
  for (const sensor of sensors) {
    const asset = byId.get(sensor.assetId ?? '');
    const source = asset && sourceOf(asset);
    if (source === undefined || (sensor.type !== 'Q_GAS' && sensor.type !== 'P_MID')) continue;
    const list = bySource.get(source);
    if (list) list.push(sensor);
    else bySource.set(source, [sensor]);
  }
  const pipesBySource = new Map<string, Asset[]>();
  for (const asset of assets) {
    const source = sourceOf(asset);
    if (asset.kind !== 'pipe-segment' || source === undefined) continue;
    const list = pipesBySource.get(source);
    if (list) list.push(asset);
    else pipesBySource.set(source, [asset]);
  }
  const sections: SupplySection[] = [];
  for (const [source, own] of bySource) {
    const gate = byId.get(source);
    if (!gate) continue;
    const flows = own.filter(({ type }) => type === 'Q_GAS');
    const inlets = flows.filter(({ assetId }) => assetId === source);
    const outlets = flows.filter(({ assetId }) => byId.get(assetId ?? '')?.properties['role'] === 'district-regulator');
    if (inlets.length === 0 || outlets.length < 2) continue;
    const pipes = pipesBySource.get(source) ?? [];
    const pressures = packPoints(
      own.filter(({ type }) => type === 'P_MID'),
      pipes,
    );
    sections.push({ gate, inlets, outlets, pressures, pipes, assets: byId });
  }
  return sections;
}

/** Each pipe's volume goes to the pressure sensor nearest to its middle. */
function packPoints(sensors: readonly Sensor[], pipes: readonly Asset[]): PackPoint[] {
  const volumes = new Float64Array(sensors.length);
  for (const pipe of pipes) {
    const volumeM3 = volumeOf(pipe);
    const line = lineOf(pipe);
    const middle = pointAlong(line, lineLengthM(line) / 2);
    let nearest = -1;
    let leastM = Infinity;
    sensors.forEach(({ lon, lat }, i) => {
      const away = metresBetween([lon, lat], middle);
      if (away < leastM) [leastM, nearest] = [away, i];
    });
    if (nearest >= 0) volumes[nearest]! += volumeM3;
  }
  return sensors.map((sensor, i) => ({ sensor, volumeM3: volumes[i]! }));
}

/** A pipe without a diameter counts as 150 mm [P]. */
function volumeOf(pipe: Asset): number {
  const diameter = pipe.properties['diameterMm'];
  return pipeVolumeM3(typeof diameter === 'number' ? diameter : 150, lineLengthM(lineOf(pipe)));
}

/** The pipe of a section nearest to a place, and how far along it that is. */
export function nearestPipe(
  pipes: readonly Asset[],
  at: LonLat,
  placeOn: (line: readonly LonLat[], at: LonLat) => { readonly alongM: number; readonly awayM: number },
): { readonly pipe: Asset; readonly alongM: number } | undefined {
  let found: { readonly pipe: Asset; readonly alongM: number } | undefined;
  let leastM = Infinity;
  for (const pipe of pipes) {
    const { alongM, awayM } = placeOn(lineOf(pipe), at);
    if (awayM < leastM) [leastM, found] = [awayM, { pipe, alongM }];
  }
  return found;
}
