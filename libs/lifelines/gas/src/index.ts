import type { Lifeline } from '@lifeline/lifeline-kit';
import { GAS_FAULTS } from './faults.js';
import { planGas } from './plan.js';
import { simulateGas } from './simulate.js';
import { watchGas } from './watch-gas.js';

export const gasLifeline: Lifeline = {
  utility: 'gas',
  name: { en: 'Gas', zh: '燃气' },
  faults: GAS_FAULTS,
  plan: planGas,
  simulate: simulateGas,
  watches: watchGas,
};

export { watchGas };
