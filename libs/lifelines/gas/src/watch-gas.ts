import type { AssetWatchPlan } from '@lifeline/detection';
import { MassBalanceWatch } from './watches/mass-balance-watch.js';
import { supplySections } from './watches/supply-section.js';

/** The watches of the gas network: what leaks, what is taken, what a regulator does wrong, and where. */
export const watchGas: AssetWatchPlan = (assets, sensors) => {
  return [...supplySections(assets, sensors).map((section) => new MassBalanceWatch(section))];
};
