import type { FaultKind } from '@lifeline/lifeline-kit';

export const BRIDGE_FAULTS: readonly FaultKind[] = [
  {
    kind: 'settlement',
    name: { en: 'Support settles: strain steps and stays', zh: '支座沉降:应变阶跃' },
    assetKinds: ['bridge'],
    parameters: { strain: { default: 210, unit: '10*-6{strain}' }, tiltDeg: { default: 0.14, unit: 'deg' } },
  },
  {
    /** Grows evenly from start to end of the fault, and stays. */
    kind: 'slow-settlement',
    name: { en: 'Support settles over days', zh: '支座缓慢沉降' },
    assetKinds: ['bridge'],
    parameters: { strain: { default: 60, unit: '10*-6{strain}' }, tiltDeg: { default: 0.12, unit: 'deg' } },
  },
  {
    /** A blow at the start; pier 2 leans and its bearing is shifted for good. */
    kind: 'ship-strike',
    name: { en: 'Ship strikes a pier', zh: '船舶撞击桥墩' },
    assetKinds: ['bridge'],
    parameters: {
      peakMs2: { default: 2.6, unit: 'm/s2' },
      tiltDeg: { default: 0.08, unit: 'deg' },
      bearingMm: { default: 9, unit: 'mm' },
    },
  },
  {
    kind: 'overload-truck',
    name: { en: 'Overloaded vehicle crosses', zh: '超载车辆通过' },
    assetKinds: ['bridge'],
    parameters: { weightT: { default: 86, unit: 't' } },
  },
  {
    /** One after the other as long as the fault lasts. */
    kind: 'overload-convoy',
    name: { en: 'Overloaded trucks, one after the other', zh: '超载车队连续通过' },
    assetKinds: ['bridge'],
    parameters: { weightT: { default: 68, unit: 't' }, everyS: { default: 120, unit: 's' } },
  },
  {
    /** Stay 1 loses force over the rise, the others take it over. */
    kind: 'cable-slackening',
    name: { en: 'Stay slackens', zh: '拉索松弛' },
    assetKinds: ['bridge'],
    parameters: { lossPercent: { default: 12, unit: '%' }, riseS: { default: 600, unit: 's' } },
  },
  {
    /** Bearing 1 no longer moves; the girder it holds is strained instead. */
    kind: 'bearing-jam',
    name: { en: 'Bearing jams', zh: '支座卡死' },
    assetKinds: ['bridge'],
    parameters: { strainPerK: { default: 2.5, unit: '10*-6{strain}/K' } },
  },
  {
    /** Frequency goes with the root of stiffness, deflection and strain under traffic with its inverse. */
    kind: 'stiffness-loss',
    name: { en: 'Span loses stiffness', zh: '梁体刚度下降' },
    assetKinds: ['bridge'],
    parameters: { lossPercent: { default: 20, unit: '%' }, riseS: { default: 600, unit: 's' } },
  },
];
