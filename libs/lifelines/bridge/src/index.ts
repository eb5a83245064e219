import type { Lifeline } from '@lifeline/lifeline-kit';
import { BRIDGE_FAULTS } from './faults.js';
import { planBridges } from './plan.js';
import { simulateBridges } from './simulate.js';

export const bridgeLifeline: Lifeline = {
  utility: 'bridge',
  name: { en: 'Bridges', zh: '桥梁' },
  faults: BRIDGE_FAULTS,
  plan: planBridges,
  simulate: simulateBridges,
  watches: () => [],
};
