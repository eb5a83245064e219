import type { NewDevice, NewSensor } from '@lifeline/contracts';
import { evenAt, type City } from '@lifeline/city';
import {
  createSimulator,
  drift,
  FaultBook,
  noiseKey,
  numberOf,
  ORDINARY_DEMAND,
  strength,
  white,
  type SimulationOptions,
  type Simulator,
  type ValueAt,
} from '@lifeline/lifeline-kit';
import { RIVER } from './plan.js';
import { Sump, SUMP } from './sump.js';

const HOUR_MS = 3_600_000;
const SUMP_STEP_MS = 2000;
/** Roads begin to hold water when the hour's rain passes what the drains take, mm; ordinary rain does not. */
const DRAINED_MM = 18;

/** Drainage: levels follow waste water and rain, sumps fill and are pumped out, the river rises after rain. */
export function simulateDrainage(city: City, devices: readonly NewDevice[], options: SimulationOptions): Simulator {
  const { seed, startMs, weather, demand = ORDINARY_DEMAND } = options;
  const faults = new FaultBook();
  const assets = new Map(city.assets.map((asset) => [asset.assetId, asset]));
  const sumps = new Map<string, Sump>();
  let sumpAtMs = startMs;

  function advance(tMs: number): void {
    while (sumpAtMs + SUMP_STEP_MS <= tMs) {
      const ordinary = demand.wasteWater(sumpAtMs) + 0.25 * weather.rainMmH(sumpAtMs);
      for (const [assetId, sump] of sumps) {
        const fault = faults.active(assetId, 'pump-failure', sumpAtMs);
        const inflow = ordinary * (fault ? (fault.parameters['inflow'] ?? 4) : 1);
        const wear = faults.begun(assetId, 'pump-wear', sumpAtMs);
        const worn =
          strength(wear, sumpAtMs, wear?.parameters['riseS'] ?? 600, 60) * (wear?.parameters['lostShare'] ?? 0.4);
        sump.step(SUMP_STEP_MS / 60_000, inflow, fault ? 'failed' : 'ready', worn);
      }
      sumpAtMs += SUMP_STEP_MS;
    }
  }

  /** Rise of the river after the rain of the last day, m. */
  function riverRiseM(tMs: number): number {
    let sum = 0;
    for (let hours = 1; hours <= 24; hours += 2) sum += weather.rain1hMm(tMs - hours * HOUR_MS) * Math.exp(-hours / 14);
    return 0.02 * 2 * sum;
  }

  /** What the river at a station stands higher by while it flows back into the drains, m. */
  function backflowM(stationId: string, tMs: number): number {
    const fault = faults.begun(stationId, 'backflow', tMs);
    return strength(fault, tMs, fault?.parameters['riseS'] ?? 1800, 1800) * (fault?.parameters['riverRiseM'] ?? 2.4);
  }

  function valueOf(device: NewDevice, sensor: NewSensor): ValueAt | undefined {
    const asset = assets.get(sensor.assetId ?? '');
    if (!asset) return undefined;
    const { assetId } = asset;
    const key = noiseKey(seed, device.deviceId, sensor.channel);
    const own = evenAt(key, 1);
    switch (sensor.type) {
      case 'LVL_SP': {
        const sump = new Sump(SUMP.stopM + (SUMP.startM - SUMP.stopM) * own);
        sumps.set(assetId, sump);
        return (tMs) => sump.levelM + 0.004 * white(key, tMs);
      }
      case 'LVL_RV': {
        let risenM = riverRiseM(startMs);
        let atMs = startMs;
        return (tMs) => {
          // The rise is a slow thing: once in ten minutes is enough.
          if (tMs - atMs >= HOUR_MS / 6) {
            risenM = riverRiseM(tMs);
            atMs = tMs;
          }
          const levelM = RIVER.ordinaryM + 0.1 * drift(key, tMs, 14 * HOUR_MS) + risenM;
          return levelM + backflowM(assetId, tMs) + 0.004 * white(key, tMs);
        };
      }
      case 'RAIN1H':
        return (tMs) => Math.max(0, weather.rain1hMm(tMs) * (0.9 + 0.2 * own));
      case 'LVL_MH': {
        const depthM = numberOf(asset, 'depthM');
        const invertM = numberOf(asset, 'invertM');
        const stationId = city.sites.get(assetId)?.sourceId ?? '';
        return (tMs) => {
          const waterM =
            0.14 + 0.12 * demand.wasteWater(tMs) * (0.7 + 0.6 * own) + 0.02 * weather.rain1hMm(tMs - 900_000);
          const risenM = backflowM(stationId, tMs);
          const backM = risenM > 0.05 ? RIVER.ordinaryM + risenM - invertM : 0;
          const free = Math.max(backM > waterM ? 0 : 0.6, depthM - Math.max(waterM, backM));
          const fault = faults.begun(assetId, 'blockage', tMs);
          const felt = strength(fault, tMs, fault?.parameters['riseS'] ?? 90, 120);
          const level = free + felt * ((fault?.parameters['belowCoverM'] ?? 0.05) - free);
          return Math.max(0, level + 0.004 * white(key, tMs));
        };
      }
      case 'POND':
        return (tMs) => {
          const rained = Math.max(0, weather.rain1hMm(tMs) - DRAINED_MM) * 1.2;
          const fault = faults.begun(assetId, 'ponding', tMs);
          const stood =
            strength(fault, tMs, fault?.parameters['riseS'] ?? 25, 90) * (fault?.parameters['depthCm'] ?? 31);
          // A dry gauge still shows the last millimetre or two of its noise.
          return Math.max(0, rained + stood + 0.06 + 0.04 * white(key, tMs));
        };
      case 'H2S':
        return (tMs) =>
          Math.max(0, 0.8 + 0.02 * weather.airC(tMs) + 0.3 * drift(key, tMs, 2 * HOUR_MS) + 0.05 * white(key, tMs));
      default:
        return undefined;
    }
  }

  return createSimulator({ ...options, devices, faults, valueOf, advance });
}
