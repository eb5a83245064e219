import type { FaultKind } from '@lifeline/lifeline-kit';

export const DRAINAGE_FAULTS: readonly FaultKind[] = [
  {
    kind: 'ponding',
    name: { en: 'Water stands in a low point', zh: '低洼处积水' },
    assetKinds: ['drain-node'],
    parameters: { depthCm: { default: 31, unit: 'cm' }, riseS: { default: 25, unit: 's' } },
  },
  {
    kind: 'pump-failure',
    name: { en: 'Pumps fail, the sump fills', zh: '水泵故障,集水池水位上升' },
    assetKinds: ['pump-station'],
    parameters: { inflow: { default: 4, unit: '1' } },
  },
  {
    kind: 'blockage',
    name: { en: 'Drain blocked, water backs up', zh: '管道堵塞,水位壅高' },
    assetKinds: ['drain-node'],
    parameters: { belowCoverM: { default: 0.05, unit: 'm' }, riseS: { default: 90, unit: 's' } },
  },
];
