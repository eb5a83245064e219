import type { AlarmDefinitionContent } from '@lifeline/contracts';
import { BRIDGE_SEEDS } from './bridge.js';
import { DRAINAGE_SEEDS } from './drainage.js';
import { GAS_SEEDS } from './gas.js';
import { GENERAL_SEEDS } from './general.js';
import { POWER_SEEDS } from './power.js';
import { contentsOf } from './seed.js';

/** The master alarm database as Lifeline ships it, by definition id; a city edits it in its records. */
export const SHIPPED_DEFINITIONS: ReadonlyMap<string, AlarmDefinitionContent> = new Map(
  contentsOf([...GENERAL_SEEDS, ...GAS_SEEDS, ...POWER_SEEDS, ...BRIDGE_SEEDS, ...DRAINAGE_SEEDS]),
);
