import type { Lifeline } from '@lifeline/lifeline-kit';
import { POWER_FAULTS } from './faults.js';
import { planPower } from './plan.js';
import { simulatePower } from './simulate.js';
import { watchPower } from './watch-power.js';

export { TransformerHeat, afterLoadStep, gradientTargetK, oilTargetK } from './thermal.js';
export { DISTRIBUTION_ONAN, LARGE_ONAF, thermalTypeOf, type ThermalType } from './thermal-types.js';
export { ageingRate, lossOfLifeMinutes, type Paper } from './ageing.js';
export { imbalancePercent, lostPhase, negativeSequencePercent } from './phases.js';

export { watchPower };

export const powerLifeline: Lifeline = {
  utility: 'power',
  name: { en: 'Power', zh: '电力' },
  faults: POWER_FAULTS,
  plan: planPower,
  simulate: simulatePower,
  watches: watchPower,
};
