import type { Asset, NewDevice, NewSensor } from '@lifeline/contracts';
import { evenAt, type City } from '@lifeline/city';
import {
  comfortPower,
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
import { DISTRIBUTION_ONAN, LARGE_ONAF, TransformerHeat } from './thermal.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HEAT_STEP_MS = MINUTE_MS;

/** A load's share of homes and its height, its own for each feeder and transformer. */
interface LoadShape {
  readonly home: number;
  readonly heightPercent: number;
  readonly key: number;
}

interface Heated {
  readonly heat: TransformerHeat;
  readonly loadPercent: ValueAt;
  before: { tMs: number; oilC: number; hotSpotC: number };
  now: { tMs: number; oilC: number; hotSpotC: number };
}

/** Power: load by hour, weekday and weather; oil by IEC 60076-7; voltage falls with load; one frequency for all. */
export function simulatePower(city: City, devices: readonly NewDevice[], options: SimulationOptions): Simulator {
  const { seed, startMs, weather, demand = ORDINARY_DEMAND } = options;
  const faults = new FaultBook();
  const assets = new Map(city.assets.map((asset) => [asset.assetId, asset]));
  const heated = new Map<string, Heated>();
  const frequency = noiseKey(seed, 'frequency');
  let heatAtMs = startMs;

  function shapeOf(id: string): LoadShape {
    const key = noiseKey(seed, id, 'load');
    return { key, home: 0.25 + 0.6 * evenAt(key, 1), heightPercent: 34 + 18 * evenAt(key, 2) };
  }

  function ordinaryLoad(shape: LoadShape, tMs: number): number {
    const use = shape.home * demand.homePower(tMs) + (1 - shape.home) * demand.workPower(tMs);
    const comfort = comfortPower(weather.airC(tMs)) * (0.6 + 0.4 * shape.home);
    return shape.heightPercent * (use + comfort) * (1 + 0.03 * drift(shape.key, tMs, 0.5 * HOUR_MS));
  }

  /** Load in percent, with an overload of the asset itself or of its feeder. */
  function loadOf(asset: Asset, id: string): ValueAt {
    const shape = shapeOf(id);
    const lineId = city.sites.get(asset.assetId)?.lineId;
    return (tMs) => {
      const ordinary = ordinaryLoad(shape, tMs);
      const fault =
        faults.begun(asset.assetId, 'overload', tMs) ?? (lineId ? faults.begun(lineId, 'overload', tMs) : undefined);
      if (!fault) return ordinary;
      return ordinary + strength(fault, tMs, 40, 60) * ((fault.parameters['loadPercent'] ?? 128) - ordinary);
    };
  }

  function heatOf(asset: Asset, id: string): Heated {
    const known = heated.get(id);
    if (known) return known;
    const loadPercent = loadOf(asset, id);
    const type = asset.kind === 'substation' ? LARGE_ONAF : DISTRIBUTION_ONAN;
    const heat = new TransformerHeat(type, loadPercent(startMs) / 100, weather.airC(startMs));
    const start = { tMs: startMs, oilC: heat.topOilC, hotSpotC: heat.hotSpotC };
    const made: Heated = { heat, loadPercent, before: start, now: start };
    heated.set(id, made);
    return made;
  }

  function advance(tMs: number): void {
    while (heatAtMs + HEAT_STEP_MS <= tMs) {
      const airC = weather.airC(heatAtMs);
      for (const one of heated.values()) {
        one.heat.step(HEAT_STEP_MS / MINUTE_MS, one.loadPercent(heatAtMs) / 100, airC);
        one.before = one.now;
        one.now = { tMs: heatAtMs + HEAT_STEP_MS, oilC: one.heat.topOilC, hotSpotC: one.heat.hotSpotC };
      }
      heatAtMs += HEAT_STEP_MS;
    }
  }

  /** Between two steps of the model the temperature goes straight: a minute behind, but without stairs. */
  function smooth(one: Heated, quantity: 'oilC' | 'hotSpotC', tMs: number): number {
    const share = Math.min(1, Math.max(0, (tMs - one.now.tMs) / HEAT_STEP_MS));
    return one.before[quantity] + (one.now[quantity] - one.before[quantity]) * share;
  }

  function coolingK(assetId: string, tMs: number): number {
    const fault = faults.begun(assetId, 'cooling-failure', tMs);
    if (!fault) return 0;
    const mostK = fault.parameters['mostK'] ?? 60;
    const minutes = (Math.min(tMs, fault.endMs) - fault.startMs) / MINUTE_MS;
    const risen = Math.min(mostK, minutes * (fault.parameters['riseKPerMinute'] ?? 8));
    return tMs <= fault.endMs ? risen : risen * Math.exp(-(tMs - fault.endMs) / (4 * MINUTE_MS));
  }

  function valueOf(device: NewDevice, sensor: NewSensor): ValueAt | undefined {
    const asset = assets.get(sensor.assetId ?? '');
    if (!asset) return undefined;
    const value = liveValueOf(asset, sensor, noiseKey(seed, device.deviceId, sensor.channel));
    if (!value) return undefined;
    const site = city.sites.get(asset.assetId);
    const feeds = [asset.assetId, site?.lineId, site?.sourceId].filter((id): id is string => id !== undefined);
    return (tMs) => (feeds.some((id) => faults.active(id, 'outage', tMs)) ? NaN : value(tMs));
  }

  function liveValueOf(asset: Asset, sensor: NewSensor, key: number): ValueAt | undefined {
    // Load, oil and hot spot of one transformer share its model: the channel ends in its number (t1, t2), or has none.
    const number = /-(?:t|bus)(\d)$/.exec(sensor.channel)?.[1] ?? '';
    const id = `${asset.assetId}/${number}`;
    const load = loadOf(asset, id);
    switch (sensor.type) {
      case 'FREQ':
        return (tMs) =>
          50 + 0.018 * drift(frequency, tMs, 40_000) + 0.003 * white(frequency, tMs) + 0.0008 * white(key, tMs);
      case 'U_10':
        return (tMs) => 10.42 - 0.003 * load(tMs) + 0.04 * drift(key, tMs, 0.3 * HOUR_MS) + 0.006 * white(key, tMs);
      case 'U_LV':
        return (tMs) => 230 - 0.09 * load(tMs) + 1.2 * drift(key, tMs, 0.4 * HOUR_MS) + 0.25 * white(key, tMs);
      case 'LOAD':
        return (tMs) => Math.max(0, load(tMs) + 0.2 * white(key, tMs));
      case 'T_OIL': {
        const one = heatOf(asset, id);
        return (tMs) => smooth(one, 'oilC', tMs) + coolingK(asset.assetId, tMs) + 0.06 * white(key, tMs);
      }
      case 'T_HS': {
        const one = heatOf(asset, id);
        return (tMs) => smooth(one, 'hotSpotC', tMs) + coolingK(asset.assetId, tMs) + 0.15 * white(key, tMs);
      }
      case 'T_JNT': {
        const hot = sensor.channel === 'joint-1';
        return (tMs) => {
          const groundC = 16 + 0.35 * (weather.airC(tMs) - 16);
          const fault = hot ? faults.begun(asset.assetId, 'joint-heating', tMs) : undefined;
          const extra =
            strength(fault, tMs, fault?.parameters['riseS'] ?? 60, 180) * (fault?.parameters['riseK'] ?? 65);
          return groundC + 42 * (load(tMs) / 100) ** 2 + extra + 0.08 * white(key, tMs);
        };
      }
      case 'UNB':
        return (tMs) => Math.max(0, 0.7 + 0.3 * drift(key, tMs, HOUR_MS) + 0.04 * white(key, tMs));
      default:
        return undefined;
    }
  }

  return createSimulator({ ...options, devices, faults, valueOf, advance });
}
