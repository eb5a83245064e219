import { floodingRule } from './flooding.js';
import { gasLeakRule } from './gas-leak.js';
import { kindFloodRule } from './kind-flood.js';
import type { CorrelationRule } from './rule.js';
import { sameAssetRule } from './same-asset.js';
import { silenceRule } from './silence.js';
import { supplyRule } from './supply.js';

/** The strongest first: an alarm is where the strongest rule puts it, whenever that speaks. */
export const RULES: readonly CorrelationRule[] = [
  gasLeakRule,
  supplyRule,
  floodingRule,
  silenceRule,
  sameAssetRule,
  kindFloodRule,
];

const STRENGTH = new Map(RULES.map(({ name }, i) => [name, i]));

/** Whether the first is stronger. */
export function isStronger(a: CorrelationRule['name'], b: CorrelationRule['name']): boolean {
  return STRENGTH.get(a)! < STRENGTH.get(b)!;
}
