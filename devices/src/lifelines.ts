import type { Lifeline } from '@lifeline/lifeline-kit';
import { bridgeLifeline } from '@lifeline/lifeline-bridge';
import { drainageLifeline } from '@lifeline/lifeline-drainage';
import { gasLifeline } from '@lifeline/lifeline-gas';
import { powerLifeline } from '@lifeline/lifeline-power';

/** The lifelines of the simulated city: a fifth is one line here. */
export const LIFELINES: readonly Lifeline[] = [gasLifeline, powerLifeline, bridgeLifeline, drainageLifeline];
