import type { Asset, NewDevice, NewSensor } from '@lifeline/contracts';
import { evenAt, type City } from '@lifeline/city';
import {
  createSimulator,
  drift,
  FaultBook,
  noiseKey,
  ORDINARY_DEMAND,
  strength,
  white,
  type SimulationOptions,
  type Simulator,
  type ValueAt,
} from '@lifeline/lifeline-kit';
import { SimulatedHeat } from './simulated-heat.js';
import { SimulatedLoads } from './simulated-loads.js';

const HOUR_MS = 3_600_000;
/** What a joint is warmer than the ground under rated load, K. */
const JOINT_RISE_K = 42;
/** Share of an uneven load that is felt in the voltages. */
const VOLTAGE_OF_CURRENT = 0.05;

/** Power: load by hour, weekday and weather; oil by IEC 60076-7; voltage falls with load; one frequency for all. */
export function simulatePower(city: City, devices: readonly NewDevice[], options: SimulationOptions): Simulator {
  const { seed, startMs, weather, demand = ORDINARY_DEMAND } = options;
  const faults = new FaultBook();
  const assets = new Map(city.assets.map((asset) => [asset.assetId, asset]));
  const loads = new SimulatedLoads(city, seed, weather, demand, faults);
  const heat = new SimulatedHeat(seed, startMs, loads, faults);
  const frequency = noiseKey(seed, 'frequency');

  /** Voltage of a substation's supply against the usual, by what its tap changer does. */
  function tapFactor(substationId: string, tMs: number): number {
    if (!faults.strikes(substationId)) return 1;
    const runaway = faults.active(substationId, 'tap-changer-runaway', tMs);
    if (runaway) {
      const { stepPercent = 1.25, everyS = 60, steps = 6 } = runaway.parameters;
      const taken = Math.min(Math.abs(steps), Math.floor((tMs - runaway.startMs) / (everyS * 1000)));
      return 1 + (Math.sign(steps) * taken * stepPercent) / 100;
    }
    const hunting = faults.active(substationId, 'tap-changer-hunting', tMs);
    if (!hunting) return 1;
    const { stepPercent = 1.25, everyS = 90 } = hunting.parameters;
    return 1 + ((Math.floor((tMs - hunting.startMs) / (everyS * 1000)) % 2) * stepPercent) / 100;
  }

  function frequencyHz(tMs: number): number {
    let value = 50 + 0.018 * drift(frequency, tMs, 40_000) + 0.003 * white(frequency, tMs);
    for (const fault of faults.ofKind('frequency-excursion')) {
      const { deviationHz = -0.35, riseS = 15 } = fault.parameters;
      value += strength(fault, tMs, riseS, 2 * riseS) * deviationHz;
    }
    return value;
  }

  /** A phase's share of the mean current: near one, and its own; with an uneven load or a lost phase what they make of it. */
  function phaseShare(asset: Asset, phase: number, key: number, tMs: number): number {
    const ordinary = 1 + 0.08 * (evenAt(key, 1) - 0.5) + 0.02 * drift(key, tMs, 0.7 * HOUR_MS);
    if (!faults.strikes(asset.assetId)) return ordinary;
    const lost = faults.active(asset.assetId, 'lost-phase', tMs);
    // The load in percent has lost that third already; what is left is carried by two.
    if (lost) return (lost.parameters['phase'] ?? 0) === phase ? 0.004 : 1.5 * ordinary;
    const uneven = faults.active(asset.assetId, 'phase-imbalance', tMs);
    if (!uneven) return ordinary;
    const { percent = 45, phase: heavy = 1 } = uneven.parameters;
    return ordinary * (1 + (phase === heavy ? percent : -percent / 2) / 100);
  }

  function valueOf(device: NewDevice, sensor: NewSensor): ValueAt | undefined {
    const asset = assets.get(sensor.assetId ?? '');
    if (!asset) return undefined;
    const value = liveValueOf(asset, sensor, noiseKey(seed, device.deviceId, sensor.channel));
    return value && ((tMs) => (loads.isDark(asset, tMs) ? NaN : value(tMs)));
  }

  function liveValueOf(asset: Asset, sensor: NewSensor, key: number): ValueAt | undefined {
    // Load, oil and hot spot of one transformer share its model: the channel ends in its number (t1, t2), or has none.
    const number = /-(?:t|bus)(\d)$/.exec(sensor.channel)?.[1] ?? '';
    const id = `${asset.assetId}/${number}`;
    const load = loads.loadPercent(asset, id);
    const { assetId } = asset;
    const substationId = city.sites.get(assetId)?.sourceId ?? assetId;
    switch (sensor.type) {
      case 'FREQ':
        return (tMs) => frequencyHz(tMs) + 0.0008 * white(key, tMs);
      case 'U_10':
        return (tMs) =>
          (10.42 - 0.003 * load(tMs) + 0.04 * drift(key, tMs, 0.3 * HOUR_MS)) *
            (number === '1' ? tapFactor(assetId, tMs) : 1) +
          0.006 * white(key, tMs);
      case 'U_LV':
        return (tMs) => {
          const lost = faults.active(assetId, 'lost-phase', tMs);
          if (lost && (lost.parameters['phase'] ?? 0) === 0) return Math.max(0, 6 + 0.5 * white(key, tMs));
          const uneven = faults.active(assetId, 'phase-imbalance', tMs);
          const percent = uneven ? (uneven.parameters['percent'] ?? 45) : 0;
          const heavy = (uneven?.parameters['phase'] ?? 1) === 0;
          // Where the neutral is loaded, the heavy phase sags and the others rise.
          const shift = (230 * VOLTAGE_OF_CURRENT * percent * (heavy ? -1 : 0.5)) / 100;
          return (
            (230 - 0.09 * load(tMs) + shift + 1.2 * drift(key, tMs, 0.4 * HOUR_MS)) * tapFactor(substationId, tMs) +
            0.25 * white(key, tMs)
          );
        };
      case 'LOAD':
        return (tMs) => Math.max(0, load(tMs) + 0.2 * white(key, tMs));
      case 'I_PH': {
        const phase = ['a', 'b', 'c'].indexOf(sensor.channel.slice(-1));
        const ratedA = Number(asset.properties['ratedKva'] ?? 400) / (Math.sqrt(3) * 0.4);
        return (tMs) =>
          Math.max(
            0,
            ((ratedA * load(tMs)) / 100) * phaseShare(asset, phase, key, tMs) + 0.001 * ratedA * white(key, tMs),
          );
      }
      case 'T_AIR':
        return (tMs) => loads.airC(asset, tMs) + 0.1 * white(key, tMs);
      case 'T_OIL': {
        const one = heat.of(asset, id);
        return (tMs) => heat.valueOf(one, 'oilC', tMs) + 0.06 * white(key, tMs);
      }
      case 'T_HS': {
        const one = heat.of(asset, id);
        return (tMs) => heat.valueOf(one, 'hotSpotC', tMs) + 0.15 * white(key, tMs);
      }
      case 'T_JNT': {
        const hot = sensor.channel === 'joint-1';
        return (tMs) => {
          const groundC = 16 + 0.35 * (loads.airC(asset, tMs) - 16);
          const heating = hot ? faults.begun(assetId, 'joint-heating', tMs) : undefined;
          const extraK =
            strength(heating, tMs, heating?.parameters['riseS'] ?? 60, 180) * (heating?.parameters['riseK'] ?? 65);
          const worn = hot ? faults.begun(assetId, 'joint-resistance', tMs) : undefined;
          const resistance =
            1 + strength(worn, tMs, worn?.parameters['riseS'] ?? 7200, 180) * ((worn?.parameters['factor'] ?? 2.5) - 1);
          return groundC + JOINT_RISE_K * resistance * (load(tMs) / 100) ** 2 + extraK + 0.08 * white(key, tMs);
        };
      }
      case 'UNB':
        return (tMs) => {
          const usual = Math.max(0, 0.7 + 0.3 * drift(key, tMs, HOUR_MS) + 0.04 * white(key, tMs));
          // Two equal phases without the third have half as much negative as positive sequence.
          if (faults.active(assetId, 'lost-phase', tMs)) return 50 - usual;
          const uneven = faults.active(assetId, 'phase-imbalance', tMs);
          return usual + (uneven ? VOLTAGE_OF_CURRENT * (uneven.parameters['percent'] ?? 45) : 0);
        };
      default:
        return undefined;
    }
  }

  return createSimulator({ ...options, devices, faults, valueOf, advance: (tMs) => heat.advance(tMs) });
}
