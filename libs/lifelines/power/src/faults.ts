import type { FaultKind } from '@lifeline/lifeline-kit';

export const POWER_FAULTS: readonly FaultKind[] = [
  {
    kind: 'overload',
    name: { en: 'Overload', zh: '过载' },
    assetKinds: ['feeder', 'transformer'],
    parameters: { loadPercent: { default: 128, unit: '%' } },
  },
  {
    /** Load of all that hangs on the target grows over hours, and the air around it is hotter. */
    kind: 'heat-overload',
    name: { en: 'Load grows hour by hour in the heat', zh: '高温下负荷逐时攀升' },
    assetKinds: ['substation', 'feeder', 'transformer'],
    parameters: {
      loadPercent: { default: 125, unit: '%' },
      riseHours: { default: 5, unit: 'h' },
      airK: { default: 4, unit: 'K' },
    },
  },
  {
    kind: 'cooling-failure',
    name: { en: 'Cooling fails, oil heats up', zh: '冷却失效,油温升高' },
    assetKinds: ['transformer', 'substation'],
    parameters: { riseKPerMinute: { default: 8, unit: 'K/min' }, mostK: { default: 60, unit: 'K' } },
  },
  {
    /** As slow as the oil is: the rise at the same load becomes this many times what it was. */
    kind: 'fan-failure',
    name: { en: 'Fans stop: oil rises further at the same load', zh: '风扇停运:同负荷下油温升高' },
    assetKinds: ['transformer', 'substation'],
    parameters: { riseFactor: { default: 1.6, unit: '1' } },
  },
  {
    kind: 'joint-heating',
    name: { en: 'Cable joint heats up', zh: '电缆接头发热' },
    assetKinds: ['feeder'],
    parameters: { riseK: { default: 65, unit: 'K' }, riseS: { default: 60, unit: 's' } },
  },
  {
    /** The joint's own warming, which goes with the square of the load, becomes this many times what it was. */
    kind: 'joint-resistance',
    name: { en: 'Cable joint resistance grows', zh: '电缆接头接触电阻增大' },
    assetKinds: ['feeder'],
    parameters: { factor: { default: 2.5, unit: '1' }, riseS: { default: 7200, unit: 's' } },
  },
  {
    kind: 'lost-phase',
    name: { en: 'One phase is lost', zh: '缺相' },
    assetKinds: ['transformer'],
    /** 0 A, 1 B, 2 C. */
    parameters: { phase: { default: 0, unit: '1' } },
  },
  {
    kind: 'phase-imbalance',
    name: { en: 'Phases are loaded unevenly', zh: '三相负荷不平衡' },
    assetKinds: ['transformer'],
    parameters: { percent: { default: 45, unit: '%' }, phase: { default: 1, unit: '1' } },
  },
  {
    kind: 'outage',
    name: { en: 'Outage: the feeder and what hangs on it fall silent', zh: '停电:线路及其下设备失联' },
    assetKinds: ['feeder', 'transformer', 'substation'],
    parameters: {},
  },
  {
    /** Bus 1 and all supply of the substation climb (or sink) tap by tap. */
    kind: 'tap-changer-runaway',
    name: { en: 'Tap changer runs away', zh: '有载分接开关滑档' },
    assetKinds: ['substation'],
    parameters: {
      stepPercent: { default: 1.25, unit: '%' },
      everyS: { default: 60, unit: 's' },
      steps: { default: 6, unit: '1' },
    },
  },
  {
    kind: 'tap-changer-hunting',
    name: { en: 'Tap changer hunts up and down', zh: '有载分接开关频繁动作' },
    assetKinds: ['substation'],
    parameters: { stepPercent: { default: 1.25, unit: '%' }, everyS: { default: 90, unit: 's' } },
  },
  {
    /** The grid has one frequency: it strikes all, whichever substation is its target. */
    kind: 'frequency-excursion',
    name: { en: 'Grid frequency leaves its band', zh: '电网频率越限' },
    assetKinds: ['substation'],
    parameters: { deviationHz: { default: -0.35, unit: 'Hz' }, riseS: { default: 15, unit: 's' } },
  },
];
