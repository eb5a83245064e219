import type { Asset, NewDevice } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import { assetsOf, numberOf, planDevice, type SensorPlan } from '@lifeline/lifeline-kit';

/** Force a stay carries when nothing is wrong, kN; made up. */
export const BASE_CABLE_FORCE_KN = 3200;

/** The simulation reports a 10-second window where a real station reports ten minutes: its on-delay is three windows. */
const WINDOW_S = 10;
const ON_DELAY_S = 30;

/** Strain and deflection of the spans, vibration, weighing in motion, wind, structure temperature, pier tilt, bearings, the first mode; stays where there are any. */
export function planBridges(city: City, _seed: string): NewDevice[] {
  return assetsOf(city, 'bridge').flatMap((asset) => {
    const devices = [
      planDevice(city, asset, `${asset.assetId}-strain`, 'strain logger', strainSensors(asset, city.scale)),
      planDevice(city, asset, `${asset.assetId}-deck`, 'deck logger', deckSensors(asset)),
      planDevice(city, asset, `${asset.assetId}-wim`, 'weighing in motion', [
        { channel: 'gvw', type: 'GVW', what: 'heaviest vehicle', intervalS: 6, aside: [-18, 6] },
      ]),
      planDevice(city, asset, `${asset.assetId}-pier`, 'pier logger', [
        { channel: 'tilt-1', type: 'TILT', what: 'pier 1 tilt', intervalS: WINDOW_S, aside: [-30, 0] },
        { channel: 'tilt-2', type: 'TILT', what: 'pier 2 tilt', intervalS: WINDOW_S, aside: [30, 0] },
        { channel: 'bearing-1', type: 'BRGD', what: 'bearing 1 displacement', intervalS: 30, aside: [-30, 4] },
        { channel: 'bearing-2', type: 'BRGD', what: 'bearing 2 displacement', intervalS: 30, aside: [30, 4] },
        { channel: 'wind', type: 'WIND', what: 'wind', intervalS: 5 },
        { channel: 'temperature', type: 'T_STR', what: 'structure temperature', intervalS: 30 },
      ]),
    ];
    if (asset.properties['type'] === 'cable-stayed') {
      devices.push(planDevice(city, asset, `${asset.assetId}-stays`, 'stay logger', [1, 2, 3, 4].map(staySensor)));
    }
    return devices;
  });
}

function strainSensors(asset: Asset, scale: number): SensorPlan[] {
  const design = numberOf(asset, 'designStrain');
  const count = Math.min(48, Math.round(4 * Math.max(1, scale)));
  return Array.from({ length: count }, (_, i) => ({
    channel: `strain-${i + 1}`,
    type: 'STRN',
    what: `strain ${i + 1}`,
    intervalS: 2,
    // 80 and 100 % of the design value, deadband 5 % of the limit, as the catalogue says.
    limits: {
      lowLow: -design,
      low: -0.8 * design,
      high: 0.8 * design,
      highHigh: design,
      deadband: 0.04 * design,
      onDelayS: ON_DELAY_S,
      offDelayS: ON_DELAY_S,
    },
    aside: [((i % 4) - 1.5) * 14, Math.floor(i / 4) * 4] as const,
  }));
}

function deckSensors(asset: Asset): SensorPlan[] {
  const design = numberOf(asset, 'designDeflectionMm');
  const deflection = {
    high: 0.8 * design,
    highHigh: design,
    deadband: 0.04 * design,
    onDelayS: ON_DELAY_S,
    offDelayS: ON_DELAY_S,
  };
  return [
    { channel: 'defl-1', type: 'DEFL', what: 'span 1 deflection', intervalS: 2, limits: deflection, aside: [-16, 0] },
    { channel: 'defl-2', type: 'DEFL', what: 'span 2 deflection', intervalS: 2, limits: deflection, aside: [16, 0] },
    { channel: 'accel-1', type: 'ACCL', what: 'span 1 vibration', intervalS: 5, aside: [-16, 8] },
    { channel: 'accel-2', type: 'ACCL', what: 'span 2 vibration', intervalS: 5, aside: [16, 8] },
    { channel: 'mode-1', type: 'MODF', what: 'first natural frequency', intervalS: 60, aside: [-16, 8] },
  ];
}

function staySensor(number: number): SensorPlan {
  return {
    channel: `stay-${number}`,
    type: 'CBLF',
    what: `stay ${number} force`,
    intervalS: WINDOW_S,
    limits: {
      lowLow: 0.85 * BASE_CABLE_FORCE_KN,
      low: 0.9 * BASE_CABLE_FORCE_KN,
      high: 1.1 * BASE_CABLE_FORCE_KN,
      highHigh: 1.15 * BASE_CABLE_FORCE_KN,
      deadband: 0.01 * BASE_CABLE_FORCE_KN,
    },
    aside: [(number - 2.5) * 10, 4],
  };
}
