import { watchGroups, watchSwaps, watchWildReadings, type AssetWatchPlan } from '@lifeline/detection';
import { bridgeLifeline } from '@lifeline/lifeline-bridge';
import { drainageLifeline } from '@lifeline/lifeline-drainage';
import { gasLifeline } from '@lifeline/lifeline-gas';
import { powerLifeline } from '@lifeline/lifeline-power';

/** What each lifeline watches of its assets, a fifth is one line here; and sensors that move together, of whatever lifeline. */
export const WATCH_PLANS: readonly AssetWatchPlan[] = [
  gasLifeline.watches,
  powerLifeline.watches,
  bridgeLifeline.watches,
  drainageLifeline.watches,
  watchGroups,
  watchSwaps,
  watchWildReadings,
];
