import type { Asset, NewDevice, NewSensor } from '@lifeline/contracts';
import type { City, Site } from '@lifeline/city';
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

const HOUR_MS = 3_600_000;
/** Pressure a gate station holds at its outlet, MPa. */
const GATE_OUTLET_MPA = 0.362;
/** Loss at the far end of the network when all demand is drawn, MPa: it goes with nearly the square of the flow. */
const FAR_LOSS_MPA = 0.11;
/** Plume of a leak in the ground: falls by e in this distance; nothing beyond the reach. */
const PLUME_M = 55;
const PLUME_REACH_M = 160;
const PRESSURE_REACH_M = 900;
/** A regulator's diaphragm tears in a moment; put right, its pilot opens it again gently. Time constants. */
const FAILS_S = 1.5;
const REOPENS_S = 20;
/** The low-pressure network is a mesh: so much of a failed regulator's flow finds another way, at most, so fast. */
const SHIFTS_S = 150;
const MOST_SHIFTED = 0.25;

/** Gas: demand over the day draws the pressure down along the network; regulators hold their outlet; manholes are clean. */
export function simulateGas(city: City, devices: readonly NewDevice[], options: SimulationOptions): Simulator {
  const { seed, weather, demand: use = ORDINARY_DEMAND } = options;
  const faults = new FaultBook();
  const assets = new Map(city.assets.map((asset) => [asset.assetId, asset]));

  /** Demand and outlet of each gate station. */
  const gates = new Map<string, { demand: ValueAt; outletMpa: ValueAt }>();

  function gateOf(sourceId: string): { demand: ValueAt; outletMpa: ValueAt } {
    const known = gates.get(sourceId);
    if (known) return known;
    const demandKey = noiseKey(seed, sourceId, 'demand');
    const outletKey = noiseKey(seed, sourceId, 'outlet');
    const made = {
      demand: newestAnswer((tMs) => use.gas(tMs) * (1 + 0.06 * drift(demandKey, tMs, 0.7 * HOUR_MS))),
      outletMpa: newestAnswer((tMs) => GATE_OUTLET_MPA + 0.005 * drift(outletKey, tMs, HOUR_MS)),
    };
    gates.set(sourceId, made);
    return made;
  }

  function demand(sourceId: string, tMs: number): number {
    return gateOf(sourceId).demand(tMs);
  }

  function networkMpa(site: Site, tMs: number): number {
    const gate = gateOf(site.sourceId);
    const loss = FAR_LOSS_MPA * site.reach * gate.demand(tMs) ** 1.8;
    return gate.outletMpa(tMs) - loss - leakDropMpa(site, tMs);
  }

  /** Distance from a leak; undefined in another town, or on a pipe that belongs to another gate station. */
  function awayFrom(fault: Fault, site: Site): number | undefined {
    const at = city.sites.get(fault.target);
    if (!at || at.townId !== site.townId) return undefined;
    return Math.hypot(at.local.x - site.local.x, at.local.y - site.local.y);
  }

  function leakDropMpa(site: Site, tMs: number): number {
    let drop = 0;
    for (const fault of faults.ofKind('leak')) {
      const away = awayFrom(fault, site);
      if (away === undefined || away > PRESSURE_REACH_M) continue;
      const felt = strength(fault, tMs, fault.parameters['riseS'] ?? 60, 120);
      drop += felt * (fault.parameters['pressureDropMpa'] ?? 0.02) * Math.exp(-away / 400);
    }
    return drop;
  }

  function methaneVol(site: Site, tMs: number): number {
    let vol = 0;
    for (const fault of faults.ofKind('leak')) {
      const away = awayFrom(fault, site);
      if (away === undefined || away > PLUME_REACH_M) continue;
      const riseS = (fault.parameters['riseS'] ?? 60) * (1 + away / PLUME_M);
      vol += strength(fault, tMs, riseS, 150) * (fault.parameters['peakVol'] ?? 3.5) * Math.exp(-away / PLUME_M);
    }
    return vol;
  }

  function valueOf(device: NewDevice, sensor: NewSensor): ValueAt | undefined {
    const asset = assets.get(sensor.assetId ?? '');
    const site = city.sites.get(sensor.assetId ?? '');
    if (!asset || !site) return undefined;
    const key = noiseKey(seed, device.deviceId, sensor.channel);
    switch (sensor.type) {
      case 'P_MID':
        return (tMs) => networkMpa(site, tMs) + 0.0003 * white(key, tMs);
      case 'P_SUB':
        return (tMs) =>
          1.26 - 0.06 * demand(site.sourceId, tMs) + 0.05 * drift(key, tMs, 3 * HOUR_MS) + 0.001 * white(key, tMs);
      case 'P_LOW':
        return regulatorOutlet(asset, site, key);
      case 'Q_GAS':
        return flow(asset, site, key);
      case 'CH4_MH':
        // Marsh gas of the warm day, a hundredth or two, never more.
        return (tMs) =>
          Math.max(
            0,
            0.022 + 0.0006 * weather.airC(tMs) * 0.5 + 0.008 * drift(key, tMs, 5 * HOUR_MS) + 0.003 * white(key, tMs),
          ) + methaneVol(site, tMs);
      case 'CH4_ST':
        return (tMs) => Math.max(0, 0.6 + 0.25 * drift(key, tMs, HOUR_MS) + 0.08 * white(key, tMs));
      case 'THT':
        return (tMs) => 20 + 1.6 * drift(key, tMs, 2 * HOUR_MS) + 0.3 * white(key, tMs);
      default:
        return undefined;
    }
  }

  /** The outlet droops a little with the flow and locks up at night; a failed regulator lets it fall or rise. */
  function regulatorOutlet(asset: Asset, site: Site, key: number): ValueAt {
    const setKpa = numberOf(asset, 'outletSetKpa');
    return (tMs) => {
      const healthy = setKpa + 0.09 - 0.3 * demand(site.sourceId, tMs) + 0.03 * drift(key, tMs, 0.4 * HOUR_MS);
      let value = healthy;
      for (const kind of ['regulator-low', 'regulator-high'] as const) {
        const fault = faults.begun(asset.assetId, kind, tMs);
        if (!fault) continue;
        const failed = fault.parameters['outletKpa'] ?? (kind === 'regulator-low' ? 0.9 : 3.9);
        value += strength(fault, tMs, FAILS_S, REOPENS_S) * (failed - healthy);
      }
      return value + 0.004 * white(key, tMs);
    };
  }

  /** The failed regulator's share goes over to its neighbours, and comes back, as their outlets droop: minutes. */
  function flow(asset: Asset, site: Site, key: number): ValueAt {
    const rated = numberOf(asset, 'ratedM3h');
    const share = asset.properties['role'] === 'gate-station' ? 0.72 : 0.5 + 0.2 * drift(key, 0, HOUR_MS);
    return (tMs) => {
      const ordinary = rated * share * demand(site.sourceId, tMs) * (1 + 0.03 * drift(key, tMs, 0.3 * HOUR_MS));
      const starved = strength(faults.begun(asset.assetId, 'regulator-low', tMs), tMs, SHIFTS_S, SHIFTS_S);
      return Math.max(0, ordinary * (1 - MOST_SHIFTED * starved) + rated * 0.0015 * white(key, tMs));
    };
  }

  return createSimulator({ ...options, devices, faults, valueOf });
}
