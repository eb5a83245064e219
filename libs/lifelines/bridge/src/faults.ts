import type { FaultKind } from '@lifeline/lifeline-kit';

export const BRIDGE_FAULTS: readonly FaultKind[] = [
  {
    kind: 'settlement',
    name: { en: 'Support settles: strain steps and stays', zh: '支座沉降:应变阶跃' },
    assetKinds: ['bridge'],
    parameters: { strain: { default: 210, unit: '10*-6{strain}' }, tiltDeg: { default: 0.14, unit: 'deg' } },
  },
  {
    kind: 'overload-truck',
    name: { en: 'Overloaded vehicle crosses', zh: '超载车辆通过' },
    assetKinds: ['bridge'],
    parameters: { weightT: { default: 86, unit: 't' } },
  },
];
