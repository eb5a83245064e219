import type { Lifeline } from '@lifeline/lifeline-kit';
import { BRIDGE_FAULTS } from './faults.js';
import { planBridges } from './plan.js';
import { simulateBridges } from './simulate.js';
import { watchBridge } from './watch-bridge.js';

export {
  supportSettlementSteps,
  STRAIN_STEPS,
  LastingStep,
  type LastingChange,
  type LastingStepOptions,
} from './lasting-step.js';
export {
  fixedForceN,
  forceOfModesN,
  hingedForceN,
  stringLikeness,
  tautStringForceN,
  type Cable,
} from './cable-force.js';
export { decayDamping, strongestMode, welch, type Mode, type Spectrum } from './spectrum.js';
export { vehicleLevel, weightLimitT, type VehicleKind } from './vehicle-limits.js';

export { watchBridge };

export const bridgeLifeline: Lifeline = {
  utility: 'bridge',
  name: { en: 'Bridges', zh: '桥梁' },
  faults: BRIDGE_FAULTS,
  plan: planBridges,
  simulate: simulateBridges,
  watches: watchBridge,
};
