import type { Lifeline } from '@lifeline/lifeline-kit';
import { DRAINAGE_FAULTS } from './faults.js';
import { planDrainage } from './plan.js';
import { simulateDrainage } from './simulate.js';
import { watchDrainage } from './watch-drainage.js';

export const drainageLifeline: Lifeline = {
  utility: 'drainage',
  name: { en: 'Drainage', zh: '排水' },
  faults: DRAINAGE_FAULTS,
  plan: planDrainage,
  simulate: simulateDrainage,
  watches: watchDrainage,
};

export { watchDrainage };
