import type { NewDevice } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import { localDay, localHour } from '@lifeline/lifeline-kit';
import { placeScenario, type GroundTruth } from '../scenario/ground-truth.js';
import type { Scenario } from '../scenario/schema.js';

/** A scenario as it happens once in a season. */
export interface Occurrence {
  readonly scenario: Scenario;
  readonly round: number;
  readonly startMs: number;
  /** When its last fault ends. */
  readonly endMs: number;
  /** Until when its alarms are its own: what it moved must settle, and be learned again. */
  readonly settledMs: number;
  readonly truths: readonly GroundTruth[];
  /** All sensors that may tell of it. */
  readonly zone: ReadonlySet<string>;
}

export interface SeasonOptions {
  readonly city: City;
  readonly devices: readonly NewDevice[];
  /** When the first may begin: before, nothing is wrong and engines learn. */
  readonly fromMs: number;
  /** How often each scenario comes, each time at the next place. */
  readonly rounds: number;
  /** How long after its end a scenario is felt, at least. */
  readonly settleMs: number;
}

const SEARCH_STEPS = 20_000;
/** Scenarios of an hour start within this of their hour. */
const HOUR_TOLERANCE = 0.3;

/**
 * Lays scenarios out in time, each as early as it can be: two at once only where no sensor belongs to both, so that every alarm
 * has one cause. What befalls the whole city has the time to itself.
 * @throws RangeError where a scenario finds no time
 */
export function arrangeSeason(scenarios: readonly Scenario[], options: SeasonOptions): Occurrence[] {
  const placed: Occurrence[] = [];
  for (let round = 0; round < options.rounds; round++) {
    for (const scenario of scenarios) placed.push(findTime(scenario, round, placed, options));
  }
  return placed.sort((a, b) => a.startMs - b.startMs);
}

function findTime(
  scenario: Scenario,
  round: number,
  placed: readonly Occurrence[],
  { city, devices, fromMs, settleMs }: SeasonOptions,
): Occurrence {
  const lengthMs = Math.max(...scenario.events.map(({ atS, durationS }) => atS + durationS)) * 1000;
  const stepMs = scenario.pace === 'minutes' ? 30 * 60_000 : 60_000;
  const first = occurrenceAt(fromMs);
  for (let i = 0; i < SEARCH_STEPS; i++) {
    const startMs = fromMs + i * stepMs;
    if (!isItsDay(scenario, startMs) || !isItsHour(scenario, startMs)) continue;
    const settledMs = startMs + (first.settledMs - fromMs);
    const free = placed.every(
      (other) => startMs >= other.settledMs || settledMs <= other.startMs || disjoint(first.zone, other.zone),
    );
    if (free) return occurrenceAt(startMs);
  }
  throw new RangeError(`${scenario.name} finds no time in ${(SEARCH_STEPS * stepMs) / 86_400_000} days`);

  function occurrenceAt(startMs: number): Occurrence {
    const truths = placeScenario(scenario, city, devices, startMs, round);
    const zone = new Set(truths.flatMap((truth) => [...truth.zone]));
    const endMs = startMs + lengthMs;
    return { scenario, round, startMs, endMs, settledMs: endMs + Math.max(settleMs, lengthMs / 4), truths, zone };
  }
}

function isItsDay({ startsOnDay }: Scenario, startMs: number): boolean {
  return startsOnDay === undefined || localDay(startMs) === startsOnDay;
}

function isItsHour({ startsAtHour }: Scenario, startMs: number): boolean {
  if (startsAtHour === undefined) return true;
  const away = Math.abs(localHour(startMs) - startsAtHour);
  return Math.min(away, 24 - away) <= HOUR_TOLERANCE;
}

function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const one of small) if (large.has(one)) return false;
  return true;
}
