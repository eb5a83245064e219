import type { AssetKind, NewDevice, Utility } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import type { AssetWatchPlan } from '@lifeline/detection';
import type { Simulator } from './simulator.js';
import type { Demand } from './demand.js';
import type { Weather } from './weather.js';

/** The common shape of a lifeline: what the simulated city, and later the control room, ask of each. */
export interface Lifeline {
  readonly utility: Utility;
  readonly name: { readonly en: string; readonly zh: string };
  /** What can go wrong in its simulation, beside the faults of any sensor. */
  readonly faults: readonly FaultKind[];
  /** Devices with their sensors on the city's assets; gateways are assigned by whoever runs the devices. */
  plan(city: City, seed: string): NewDevice[];
  /** A simulator of these devices' sensors (sensors that it does not know are left out). */
  simulate(city: City, devices: readonly NewDevice[], options: SimulationOptions): Simulator;
  /** What the physics of its assets says of their sensors together; the detector feeds these watches. */
  readonly watches: AssetWatchPlan;
}

export interface SimulationOptions {
  readonly seed: string;
  readonly startMs: number;
  readonly weather: Weather;
  /** Missing: that of ordinary days. */
  readonly demand?: Demand;
  /** Multiplies every interval: 30 makes a long test cheap. Default 1. */
  readonly intervalScale?: number;
}

/** A kind of fault and what it may be given. */
export interface FaultKind {
  readonly kind: string;
  readonly name: { readonly en: string; readonly zh: string };
  /** Kinds of assets it strikes; empty: any sensor. */
  readonly assetKinds: readonly AssetKind[];
  readonly parameters: Readonly<Record<string, { readonly default: number; readonly unit: string }>>;
}

/** Faults that any sensor of any lifeline can have; their target is a sensor id. */
export const SENSOR_FAULTS: readonly FaultKind[] = [
  { kind: 'stuck', name: { en: 'Stuck value', zh: '数值卡死' }, assetKinds: [], parameters: {} },
  {
    kind: 'spike',
    name: { en: 'Spikes', zh: '毛刺' },
    assetKinds: [],
    parameters: { size: { default: 1, unit: "sensor's unit" }, share: { default: 0.1, unit: '1' } },
  },
  {
    kind: 'noise',
    name: { en: 'Noise', zh: '噪声' },
    assetKinds: [],
    parameters: { size: { default: 1, unit: "sensor's unit" } },
  },
  {
    kind: 'drift',
    name: { en: 'Drift', zh: '漂移' },
    assetKinds: [],
    /** What is added at the end of the fault; it grows evenly from its start. */
    parameters: { size: { default: 0, unit: "sensor's unit" }, percent: { default: 0, unit: '%' } },
  },
  {
    kind: 'clock-shift',
    name: { en: 'Wrong clock', zh: '时钟偏移' },
    assetKinds: [],
    /** Added to the measured times; negative is behind. */
    parameters: { shiftS: { default: 1200, unit: 's' } },
  },
  {
    /** With the next sensor of its type, on its device where there is one. */
    kind: 'swap',
    name: { en: 'Two sensors exchanged', zh: '两路信号接反' },
    assetKinds: [],
    parameters: {},
  },
  {
    /** All behind its gateway hold their readings back and send them when the fault ends. */
    kind: 'late-gateway',
    name: { en: 'Gateway sends late', zh: '网关延迟上报' },
    assetKinds: [],
    parameters: {},
  },
  { kind: 'offline', name: { en: 'Offline', zh: '离线' }, assetKinds: [], parameters: {} },
];
