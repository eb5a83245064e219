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
  {
    /** The pumps run, and lift less: they run longer each time. */
    kind: 'pump-wear',
    name: { en: 'Pumps wear, they lift less', zh: '水泵磨损,抽排能力下降' },
    assetKinds: ['pump-station'],
    parameters: { lostShare: { default: 0.4, unit: '1' }, riseS: { default: 600, unit: 's' } },
  },
  {
    /** The river is high and the flap at the outfall does not close: manholes whose invert lies lower fill to its level. */
    kind: 'backflow',
    name: { en: 'River flows back into the drains', zh: '河水倒灌' },
    assetKinds: ['pump-station'],
    parameters: { riverRiseM: { default: 2.4, unit: 'm' }, riseS: { default: 1800, unit: 's' } },
  },
];
