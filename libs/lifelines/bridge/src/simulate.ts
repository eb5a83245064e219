import type { Asset, NewDevice, NewSensor } from '@lifeline/contracts';
import { evenAt, type City } from '@lifeline/city';
import {
  createSimulator,
  drift,
  FaultBook,
  newestAnswer,
  noiseKey,
  numberOf,
  ORDINARY_DEMAND,
  strength,
  white,
  type SimulationOptions,
  type Simulator,
  type ValueAt,
} from '@lifeline/lifeline-kit';
import { BASE_CABLE_FORCE_KN } from './plan.js';

const HOUR_MS = 3_600_000;
/** A vehicle's crossing shakes the deck for about this long. */
const CROSSING_MS = 20_000;
/** Heaviest vehicle of ordinary traffic, t: under the posted limit of 49. */
const HEAVIEST_T = 44;
/** What is felt of a settlement away from its support. */
const SETTLES_ELSEWHERE = 0.05;
/** Scales under a moving vehicle are not exact: one standard deviation. */
const WEIGHING_ERROR = 0.004;

/** Bridges: strain, deflection and vibration go with traffic and temperature; one bridge, one traffic for all its sensors. */
export function simulateBridges(city: City, devices: readonly NewDevice[], options: SimulationOptions): Simulator {
  const { seed, weather, demand = ORDINARY_DEMAND } = options;
  const faults = new FaultBook();
  const assets = new Map(city.assets.map((asset) => [asset.assetId, asset]));

  /** The steel follows the air of two hours ago and the sun. */
  const structureC = newestAnswer((tMs) => weather.airC(tMs - 2 * HOUR_MS) + 5 * weather.sun(tMs - HOUR_MS));

  /** Load on the deck, 0 to about 1, changing over half minutes. */
  const deckKeys = new Map(city.assets.map(({ assetId }) => [assetId, noiseKey(seed, assetId, 'deck')]));

  function deckLoad(assetId: string, tMs: number): number {
    const key = deckKeys.get(assetId)!;
    return demand.traffic(tMs) * (0.6 + 0.4 * drift(key, tMs, 25_000));
  }

  /** How strongly an overloaded vehicle is felt: while it crosses, at the start of the fault. */
  function crossing(assetId: string, tMs: number): number {
    const fault = faults.begun(assetId, 'overload-truck', tMs);
    if (!fault) return 0;
    const share = (tMs - fault.startMs) / CROSSING_MS;
    return share < 1 ? Math.sin(Math.PI * share) : 0;
  }

  function settled(assetId: string, tMs: number): { share: number; strain: number; tiltDeg: number } {
    const fault = faults.begun(assetId, 'settlement', tMs);
    return {
      share: strength(fault, tMs, 4, 8),
      strain: fault?.parameters['strain'] ?? 210,
      tiltDeg: fault?.parameters['tiltDeg'] ?? 0.14,
    };
  }

  function vehicleT(asset: Asset, key: number): ValueAt {
    return (tMs) => {
      const fault = faults.active(asset.assetId, 'overload-truck', tMs);
      if (fault && tMs - fault.startMs < CROSSING_MS)
        return (fault.parameters['weightT'] ?? 86) * (1 + WEIGHING_ERROR * white(key, tMs));
      const step = Math.floor(tMs / 200) & 0x3fffffff;
      const dice = evenAt(key, step);
      // The heaviest of a few seconds: a lorry in one window of four at night, in two of three in the rush.
      if (dice > 0.25 + 0.42 * demand.traffic(tMs)) return 1.1 + 1.7 * evenAt(key + 1, step);
      return 8 + (HEAVIEST_T - 8) * evenAt(key + 2, step) ** 1.5;
    };
  }

  function valueOf(device: NewDevice, sensor: NewSensor): ValueAt | undefined {
    const asset = assets.get(sensor.assetId ?? '');
    if (!asset) return undefined;
    const { assetId } = asset;
    const key = noiseKey(seed, device.deviceId, sensor.channel);
    const own = evenAt(key, 1);
    switch (sensor.type) {
      case 'STRN': {
        // The support that settles is the second: the girder's other gauges feel less of it than of the traffic.
        const near = sensor.channel === 'strain-2' ? 1 : SETTLES_ELSEWHERE * own;
        return (tMs) => {
          const settlement = settled(assetId, tMs);
          const temperature = (0.7 + 0.5 * own) * (structureC(tMs) - 16);
          const live = (14 + 10 * own) * deckLoad(assetId, tMs) + 40 * crossing(assetId, tMs);
          return 8 + temperature + live + near * settlement.share * settlement.strain + 0.5 * white(key, tMs);
        };
      }
      case 'DEFL': {
        const design = numberOf(asset, 'designDeflectionMm');
        return (tMs) =>
          design * (0.03 + 0.12 * deckLoad(assetId, tMs) + 0.25 * crossing(assetId, tMs)) +
          0.08 * (structureC(tMs) - 16) +
          design * SETTLES_ELSEWHERE * settled(assetId, tMs).share +
          0.12 * white(key, tMs);
      }
      case 'ACCL':
        return (tMs) =>
          Math.max(
            0.001,
            0.012 + 0.05 * deckLoad(assetId, tMs) + 0.3 * crossing(assetId, tMs) + 0.002 * white(key, tMs),
          );
      case 'GVW':
        return vehicleT(asset, key);
      case 'TILT':
        return (tMs) => {
          const settlement = settled(assetId, tMs);
          const share = sensor.channel === 'tilt-2' ? settlement.share : 0;
          return 0.004 * drift(key, tMs, 9 * HOUR_MS) + share * settlement.tiltDeg + 0.0006 * white(key, tMs);
        };
      case 'WIND':
        return (tMs) => weather.windMs(tMs) * (1 + 0.1 * own) + 0.05 * white(key, tMs);
      case 'T_STR':
        return (tMs) => structureC(tMs) + 0.03 * white(key, tMs);
      case 'CBLF':
        return (tMs) =>
          BASE_CABLE_FORCE_KN *
            (1 + 0.01 * (own - 0.5) - 0.0004 * (structureC(tMs) - 16) + 0.008 * deckLoad(assetId, tMs)) +
          2 * white(key, tMs);
      default:
        return undefined;
    }
  }

  return createSimulator({ ...options, devices, faults, valueOf });
}
