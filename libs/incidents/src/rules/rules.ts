import { floodingRule } from './flooding.js';
import { gasLeakRule } from './gas-leak.js';
import { kindFloodRule } from './kind-flood.js';
import type { CorrelationRule } from './rule.js';
import { sameAssetRule } from './same-asset.js';
import type { RuleName } from '../subject.js';
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

/** What a person put somewhere, no rule moves. */
const STRENGTH = new Map<RuleName, number>([['hand', -1], ...RULES.map(({ name }, i) => [name, i] as const)]);

/** Whether the first is stronger. */
export function isStronger(a: RuleName, b: RuleName): boolean {
  return STRENGTH.get(a)! < STRENGTH.get(b)!;
}
