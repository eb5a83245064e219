import type { FaultKind } from '@lifeline/lifeline-kit';

export const GAS_FAULTS: readonly FaultKind[] = [
  {
    kind: 'regulator-low',
    name: { en: 'Regulator fails, outlet pressure low', zh: '调压器故障,出口压力过低' },
    assetKinds: ['regulator'],
    parameters: { outletKpa: { default: 0.9, unit: 'kPa' } },
  },
  {
    kind: 'regulator-high',
    name: { en: 'Regulator fails, outlet pressure high', zh: '调压器故障,出口压力过高' },
    assetKinds: ['regulator'],
    parameters: { outletKpa: { default: 3.9, unit: 'kPa' } },
  },
  {
    kind: 'leak',
    name: { en: 'Pipe leaks into manholes', zh: '管道泄漏至窨井' },
    assetKinds: ['pipe-segment', 'manhole'],
    parameters: {
      peakVol: { default: 3.5, unit: '%{vol}' },
      pressureDropMpa: { default: 0.02, unit: 'MPa' },
      riseS: { default: 60, unit: 's' },
    },
  },
];
