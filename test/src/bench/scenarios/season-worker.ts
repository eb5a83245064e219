import { parentPort, workerData } from 'node:worker_threads';
import type { Scenario } from '@lifeline/devices';
import { runSeason, type Season } from './seasons.js';

/** One season in its own thread: what `runSeason` gives, as one message. */
const { season, scenarios, seed } = workerData as {
  readonly season: Season;
  readonly scenarios: readonly Scenario[];
  readonly seed: number;
};
parentPort!.postMessage(runSeason(season, scenarios, seed));
