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
  type Fault,
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
/** Weight that the crossing's strain, deflection and shaking are given for, t. */
const CROSSING_T = 86;
/** What is felt of a settlement away from its support. */
const SETTLES_ELSEWHERE = 0.05;
/** Scales under a moving vehicle are not exact: one standard deviation. */
const WEIGHING_ERROR = 0.004;
/** Steel and composite girders grow by this a kelvin and millimetre of length [M]. */
const EXPANSION_PER_K = 1.2e-5;
/** Natural frequency falls by this a kelvin (domain 3.4: 0.1 to 0.5 % with a warm deck). */
const FREQUENCY_PER_K = -0.002;

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

  /** The overloaded vehicle on the deck, t, and how far its crossing is, 0 to 1; undefined where there is none. */
  function heavyVehicle(assetId: string, tMs: number): { weightT: number; share: number } | undefined {
    if (!faults.strikes(assetId)) return undefined;
    const one = faults.begun(assetId, 'overload-truck', tMs);
    if (one && tMs - one.startMs < CROSSING_MS) {
      return { weightT: one.parameters['weightT'] ?? CROSSING_T, share: (tMs - one.startMs) / CROSSING_MS };
    }
    const convoy = faults.active(assetId, 'overload-convoy', tMs);
    if (!convoy) return undefined;
    const sinceMs = (tMs - convoy.startMs) % ((convoy.parameters['everyS'] ?? 120) * 1000);
    if (sinceMs >= CROSSING_MS) return undefined;
    return { weightT: convoy.parameters['weightT'] ?? 68, share: sinceMs / CROSSING_MS };
  }

  /** How strongly overloaded vehicles are felt now: 1 at the middle of a crossing of 86 t. */
  function crossing(assetId: string, tMs: number): number {
    const vehicle = heavyVehicle(assetId, tMs);
    return vehicle ? (Math.sin(Math.PI * vehicle.share) * vehicle.weightT) / CROSSING_T : 0;
  }

  /** Share of a fault that grows evenly over its time and stays until it is forgotten. */
  function grown(fault: Fault | undefined, tMs: number): number {
    return fault ? Math.min(1, (tMs - fault.startMs) / (fault.endMs - fault.startMs)) : 0;
  }

  function settled(assetId: string, tMs: number): { strain: number; tiltDeg: number } {
    if (!faults.strikes(assetId)) return NOTHING;
    const fast = faults.begun(assetId, 'settlement', tMs);
    const slow = faults.begun(assetId, 'slow-settlement', tMs);
    const share = strength(fast, tMs, 4, 8);
    return {
      strain: share * (fast?.parameters['strain'] ?? 210) + grown(slow, tMs) * (slow?.parameters['strain'] ?? 60),
      tiltDeg: share * (fast?.parameters['tiltDeg'] ?? 0.14) + grown(slow, tMs) * (slow?.parameters['tiltDeg'] ?? 0.12),
    };
  }

  /** What a ship's blow makes now: shaking (m/s2, fading within seconds), and what stays of it, 0 or 1. */
  function struck(assetId: string, tMs: number): { shakingMs2: number; stays: number; fault: Fault | undefined } {
    const fault = faults.strikes(assetId) ? faults.begun(assetId, 'ship-strike', tMs) : undefined;
    if (!fault) return { shakingMs2: 0, stays: 0, fault };
    const shakingMs2 = (fault.parameters['peakMs2'] ?? 2.6) * Math.exp(-(tMs - fault.startMs) / 8000);
    return { shakingMs2, stays: tMs < fault.endMs ? 1 : 0, fault };
  }

  /** Stiffness left of span 1, 1 where nothing is lost. */
  function stiffness(assetId: string, tMs: number): number {
    const fault = faults.strikes(assetId) ? faults.begun(assetId, 'stiffness-loss', tMs) : undefined;
    if (!fault) return 1;
    return (
      1 - (strength(fault, tMs, fault.parameters['riseS'] ?? 600, 60) * (fault.parameters['lossPercent'] ?? 20)) / 100
    );
  }

  /** What a jammed bearing holds back, K: temperature since it jammed. */
  const jammedAtC = new Map<Fault, number>();
  function heldBackK(assetId: string, tMs: number): { heldK: number; strainPerK: number } | undefined {
    const fault = faults.strikes(assetId) ? faults.active(assetId, 'bearing-jam', tMs) : undefined;
    if (!fault) return undefined;
    let atC = jammedAtC.get(fault);
    if (atC === undefined) jammedAtC.set(fault, (atC = structureC(fault.startMs)));
    return { heldK: structureC(tMs) - atC, strainPerK: fault.parameters['strainPerK'] ?? 2.5 };
  }

  function vehicleT(asset: Asset, key: number): ValueAt {
    return (tMs) => {
      const vehicle = heavyVehicle(asset.assetId, tMs);
      if (vehicle) return vehicle.weightT * (1 + WEIGHING_ERROR * white(key, tMs));
      const step = Math.floor(tMs / 200) & 0x3fffffff;
      const dice = evenAt(key, step);
      // The heaviest of a few seconds: a lorry in one window of four at night, in two of three in the rush.
      if (dice > 0.25 + 0.42 * demand.traffic(tMs)) return 1.1 + 1.7 * evenAt(key + 1, step);
      return 8 + (HEAVIEST_T - 8) * evenAt(key + 2, step) ** 1.5;
    };
  }

  function stayForceKn(assetId: string, channel: string, own: number, key: number): ValueAt {
    return (tMs) => {
      const fault = faults.strikes(assetId) ? faults.begun(assetId, 'cable-slackening', tMs) : undefined;
      const loss =
        (strength(fault, tMs, fault?.parameters['riseS'] ?? 600, 60) * (fault?.parameters['lossPercent'] ?? 12)) / 100;
      // Three neighbours carry what the first lets go.
      const share = channel === 'stay-1' ? -loss : loss / 3;
      const force = 1 + 0.01 * (own - 0.5) - 0.0004 * (structureC(tMs) - 16) + 0.008 * deckLoad(assetId, tMs) + share;
      return BASE_CABLE_FORCE_KN * force + 2 * white(key, tMs);
    };
  }

  function valueOf(device: NewDevice, sensor: NewSensor): ValueAt | undefined {
    const asset = assets.get(sensor.assetId ?? '');
    if (!asset) return undefined;
    const { assetId } = asset;
    const key = noiseKey(seed, device.deviceId, sensor.channel);
    const own = evenAt(key, 1);
    const second = sensor.channel.endsWith('-2');
    const first = sensor.channel.endsWith('-1');
    switch (sensor.type) {
      case 'STRN': {
        // The support that settles is the second: the girder's other gauges feel less of it than of the traffic.
        const near = sensor.channel === 'strain-2' ? 1 : SETTLES_ELSEWHERE * own;
        return (tMs) => {
          const softer = first ? 1 / stiffness(assetId, tMs) : 1;
          const held = first ? heldBackK(assetId, tMs) : undefined;
          const temperature = (0.7 + 0.5 * own) * (structureC(tMs) - 16) - (held ? held.strainPerK * held.heldK : 0);
          const live = ((14 + 10 * own) * deckLoad(assetId, tMs) + 40 * crossing(assetId, tMs)) * softer;
          return 8 + temperature + live + near * settled(assetId, tMs).strain + 0.5 * white(key, tMs);
        };
      }
      case 'DEFL': {
        const design = numberOf(asset, 'designDeflectionMm');
        return (tMs) => {
          const softer = first ? 1 / stiffness(assetId, tMs) : 1;
          const live = (0.12 * deckLoad(assetId, tMs) + 0.25 * crossing(assetId, tMs)) * softer;
          return (
            design * (0.03 * softer + live + SETTLES_ELSEWHERE * Math.min(1, settled(assetId, tMs).strain / 210)) +
            0.08 * (structureC(tMs) - 16) +
            0.12 * white(key, tMs)
          );
        };
      }
      case 'ACCL':
        return (tMs) =>
          Math.max(
            0.001,
            0.012 +
              0.05 * deckLoad(assetId, tMs) +
              0.3 * crossing(assetId, tMs) +
              struck(assetId, tMs).shakingMs2 +
              0.002 * white(key, tMs),
          );
      case 'MODF': {
        const baseHz = 1.6 + 2 * own;
        return (tMs) =>
          baseHz *
          (1 + FREQUENCY_PER_K * (structureC(tMs) - 16) - 0.003 * deckLoad(assetId, tMs)) *
          Math.sqrt(stiffness(assetId, tMs)) *
          (1 + 0.0015 * white(key, tMs));
      }
      case 'BRGD': {
        const perK = EXPANSION_PER_K * numberOf(asset, 'spanM') * 1000 * (0.9 + 0.2 * own);
        return (tMs) => {
          const held = first ? heldBackK(assetId, tMs) : undefined;
          const { stays, fault } = struck(assetId, tMs);
          const shift = second ? stays * (fault?.parameters['bearingMm'] ?? 9) : 0;
          return perK * (structureC(tMs) - 16 - (held?.heldK ?? 0)) + shift + 0.08 * white(key, tMs);
        };
      }
      case 'GVW':
        return vehicleT(asset, key);
      case 'TILT':
        return (tMs) => {
          const { stays, fault, shakingMs2 } = struck(assetId, tMs);
          const leant = second
            ? settled(assetId, tMs).tiltDeg + stays * (fault?.parameters['tiltDeg'] ?? 0.08) + 0.01 * shakingMs2
            : 0;
          return 0.004 * drift(key, tMs, 9 * HOUR_MS) + leant + 0.0006 * white(key, tMs);
        };
      case 'WIND':
        return (tMs) => weather.windMs(tMs) * (1 + 0.1 * own) + 0.05 * white(key, tMs);
      case 'T_STR':
        return (tMs) => structureC(tMs) + 0.03 * white(key, tMs);
      case 'CBLF':
        return stayForceKn(assetId, sensor.channel, own, key);
      default:
        return undefined;
    }
  }

  return createSimulator({ ...options, devices, faults, valueOf });
}

const NOTHING = { strain: 0, tiltDeg: 0 };
