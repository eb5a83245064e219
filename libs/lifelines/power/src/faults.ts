import type { FaultKind } from '@lifeline/lifeline-kit';

export const POWER_FAULTS: readonly FaultKind[] = [
  {
    kind: 'overload',
    name: { en: 'Overload', zh: '过载' },
    assetKinds: ['feeder', 'transformer'],
    parameters: { loadPercent: { default: 128, unit: '%' } },
  },
  {
    kind: 'cooling-failure',
    name: { en: 'Cooling fails, oil heats up', zh: '冷却失效,油温升高' },
    assetKinds: ['transformer', 'substation'],
    parameters: { riseKPerMinute: { default: 8, unit: 'K/min' }, mostK: { default: 60, unit: 'K' } },
  },
  {
    kind: 'joint-heating',
    name: { en: 'Cable joint heats up', zh: '电缆接头发热' },
    assetKinds: ['feeder'],
    parameters: { riseK: { default: 65, unit: 'K' }, riseS: { default: 60, unit: 's' } },
  },
  {
    kind: 'outage',
    name: { en: 'Outage: the feeder and what hangs on it fall silent', zh: '停电:线路及其下设备失联' },
    assetKinds: ['feeder', 'transformer', 'substation'],
    parameters: {},
  },
];
