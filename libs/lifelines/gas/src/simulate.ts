import type { Asset, NewDevice, NewSensor } from '@lifeline/contracts';
import type { City, Site } from '@lifeline/city';
import {
  createSimulator,
  drift,
  FaultBook,
  noiseKey,
  localHour,
  numberOf,
  ORDINARY_DEMAND,
  strength,
  white,
  type SimulationOptions,
  type Simulator,
  type ValueAt,
} from '@lifeline/lifeline-kit';
import { FastPressure } from './simulated-fast-pressure.js';
import { LEAK_KINDS, SimulatedNetwork } from './simulated-network.js';

const HOUR_MS = 3_600_000;
/** Plume of a leak in the ground: falls by e in this distance; nothing beyond the reach. */
const PLUME_M = 55;
const PLUME_REACH_M = 160;
/** A regulator's diaphragm tears in a moment; put right, its pilot opens it again gently. Time constants. */
const FAILS_S = 1.5;
const REOPENS_S = 20;
/** Share of all demand under which a leaking seat shows: what flows takes less than leaks in. */
const CREEPS_UNDER = 0.34;

/** Gas: demand over the day draws the pressure down along the network; regulators hold their outlet; manholes are clean. */
export function simulateGas(city: City, devices: readonly NewDevice[], options: SimulationOptions): Simulator {
  const { seed, weather, demand: use = ORDINARY_DEMAND } = options;
  const faults = new FaultBook();
  const assets = new Map(city.assets.map((asset) => [asset.assetId, asset]));
  const network = new SimulatedNetwork(city, faults, seed, use);
  const fast = new FastPressure(network, faults, seed);

  function methaneVol(site: Site, tMs: number): number {
    let vol = 0;
    for (const { kind, riseS, peakVol } of LEAK_KINDS) {
      for (const fault of faults.ofKind(kind)) {
        const away = network.awayM(fault, site);
        if (away === undefined || away > PLUME_REACH_M) continue;
        const slowS = (fault.parameters['riseS'] ?? riseS) * (1 + away / PLUME_M);
        const felt = strength(fault, tMs, slowS, 150);
        vol += felt * (fault.parameters['peakVol'] ?? peakVol) * Math.exp(-away / PLUME_M);
      }
    }
    const marsh = faults.begun(site.assetId, 'marsh-gas', tMs);
    if (marsh) {
      const warm = 0.5 + 0.5 * Math.cos(((localHour(tMs) - 15.5) / 24) * 2 * Math.PI);
      const felt = strength(marsh, tMs, marsh.parameters['riseS'] ?? 14_400, 14_400);
      vol += felt * (marsh.parameters['peakVol'] ?? 0.45) * (0.1 + 0.9 * warm);
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
        return (tMs) => network.pressureMpa(site, tMs) + 0.0003 * white(key, tMs);
      case 'P_NPW':
        return fast.add(`${device.deviceId}/${sensor.channel}`, asset, site, [sensor.lon, sensor.lat]);
      case 'P_SUB':
        return (tMs) =>
          1.26 -
          0.06 * network.demand(site.sourceId, tMs) +
          0.05 * drift(key, tMs, 3 * HOUR_MS) +
          0.001 * white(key, tMs);
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

  /** The outlet droops a little with the flow and locks up at night; a failed regulator lets it fall, rise, creep or swing. */
  function regulatorOutlet(asset: Asset, site: Site, key: number): ValueAt {
    const setKpa = numberOf(asset, 'outletSetKpa');
    return (tMs) => {
      const demand = network.demand(site.sourceId, tMs);
      const healthy = setKpa + 0.09 - 0.3 * demand + 0.03 * drift(key, tMs, 0.4 * HOUR_MS);
      let value = healthy;
      for (const kind of ['regulator-low', 'regulator-high'] as const) {
        const fault = faults.begun(asset.assetId, kind, tMs);
        if (!fault) continue;
        const failed = fault.parameters['outletKpa'] ?? (kind === 'regulator-low' ? 0.9 : 3.9);
        value += strength(fault, tMs, FAILS_S, REOPENS_S) * (failed - healthy);
      }
      const creep = faults.begun(asset.assetId, 'regulator-creep', tMs);
      if (creep) {
        const quiet = Math.max(0, Math.min(1, (CREEPS_UNDER - demand) / 0.08));
        const felt = strength(creep, tMs, creep.parameters['riseS'] ?? 1200, REOPENS_S);
        value += felt * quiet * (creep.parameters['riseKpa'] ?? 0.75);
      }
      const hunting = faults.begun(asset.assetId, 'regulator-hunting', tMs);
      if (hunting) {
        const turn = (2 * Math.PI * tMs) / 1000 / (hunting.parameters['periodS'] ?? 24);
        value += strength(hunting, tMs, 60, REOPENS_S) * (hunting.parameters['amplitudeKpa'] ?? 0.3) * Math.sin(turn);
      }
      return value + 0.004 * white(key, tMs);
    };
  }

  function flow(asset: Asset, site: Site, key: number): ValueAt {
    const rated = numberOf(asset, 'ratedM3h');
    const isGate = asset.properties['role'] === 'gate-station';
    // Two meters never measure alike: a hundredth at most, for good.
    const gain = 1 + 0.01 * drift(key, 0, HOUR_MS);
    return (tMs) => {
      const through = isGate ? network.gateFlowM3h(site.sourceId, tMs) : network.regulatorFlowM3h(asset, tMs);
      return Math.max(0, through * gain + rated * 0.0015 * white(key, tMs));
    };
  }

  return fast.alongside(createSimulator({ ...options, devices, faults, valueOf }));
}
