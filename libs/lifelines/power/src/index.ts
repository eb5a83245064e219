import type { Lifeline } from '@lifeline/lifeline-kit';
import { POWER_FAULTS } from './faults.js';
import { planPower } from './plan.js';
import { simulatePower } from './simulate.js';

export { DISTRIBUTION_ONAN, LARGE_ONAF, TransformerHeat, type ThermalType } from './thermal.js';

export const powerLifeline: Lifeline = {
  utility: 'power',
  name: { en: 'Power', zh: '电力' },
  faults: POWER_FAULTS,
  plan: planPower,
  simulate: simulatePower,
  watches: () => [],
};
