import type { NewDevice } from '@lifeline/contracts';
import type { City } from '@lifeline/city';
import { CITY, localDay, localHour } from '@lifeline/lifeline-kit';
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
/** Where its place is taken, a scenario rather strikes elsewhere than waits. */
const PLACES_TRIED = 6;
/** Scenarios of an hour start within this of their hour. */
const HOUR_TOLERANCE = 0.3;

/**
 * Lays scenarios out in time, each as early as it can be: two at once only where no sensor belongs to both, so that every alarm
 * has one cause. What befalls the whole city has the time to itself.
 * @throws RangeError where a scenario finds no time
 */
export function arrangeSeason(scenarios: readonly Scenario[], options: SeasonOptions): Occurrence[] {
  const placed: Occurrence[] = [];
  for (const scenario of longestFirst(scenarios)) {
    for (let round = 0; round < options.rounds; round++) placed.push(findTime(scenario, round, placed, options));
  }
  return placed.sort((a, b) => a.startMs - b.startMs);
}

/** What the whole city feels comes last; before it the long ones, between which the short ones find room. */
function longestFirst(scenarios: readonly Scenario[]): readonly Scenario[] {
  const strikesCity = ({ events }: Scenario): number => (events.some(({ target }) => target === CITY) ? 1 : 0);
  return scenarios.toSorted((a, b) => strikesCity(a) - strikesCity(b) || lengthMsOf(b) - lengthMsOf(a));
}

function lengthMsOf({ events }: Scenario): number {
  return Math.max(...events.map(({ atS, durationS }) => atS + durationS)) * 1000;
}

/** The earliest time at any of a few places that the round may strike. */
function findTime(
  scenario: Scenario,
  round: number,
  placed: readonly Occurrence[],
  options: SeasonOptions,
): Occurrence {
  let best: Occurrence | undefined;
  for (let k = 0; k < PLACES_TRIED; k++) {
    const at = occurrenceAt(scenario, round + k * options.rounds, options.fromMs, options);
    const startMs = firstFree(at, placed, options.fromMs);
    if (startMs === undefined || (best && startMs >= best.startMs)) continue;
    best = occurrenceAt(scenario, at.round, startMs, options);
  }
  if (!best) throw new RangeError(`${scenario.name} finds no time in the ${SEARCH_STEPS} steps that are searched`);
  return best;
}

function occurrenceAt(
  scenario: Scenario,
  round: number,
  startMs: number,
  { city, devices, settleMs }: SeasonOptions,
): Occurrence {
  const truths = placeScenario(scenario, city, devices, startMs, round);
  const zone = new Set(truths.flatMap((truth) => [...truth.zone]));
  const lengthMs = lengthMsOf(scenario);
  const endMs = startMs + lengthMs;
  const settledMs = endMs + Math.max(settleMs, lengthMs / 4, (scenario.settleS ?? 0) * 1000);
  return { scenario, round, startMs, endMs, settledMs, truths, zone };
}

/** When it can begin first; undefined: at no time that is searched. */
function firstFree(
  { scenario, zone, startMs, settledMs }: Occurrence,
  placed: readonly Occurrence[],
  fromMs: number,
): number | undefined {
  const lengthMs = settledMs - startMs;
  const inTheWay = placed.filter((other) => !disjoint(zone, other.zone));
  const stepMs = scenario.pace === 'minutes' ? 30 * 60_000 : 60_000;
  for (let i = 0; i < SEARCH_STEPS; i++) {
    const atMs = fromMs + i * stepMs;
    if (!isItsDay(scenario, atMs) || !isItsHour(scenario, atMs)) continue;
    if (inTheWay.every((other) => atMs >= other.settledMs || atMs + lengthMs <= other.startMs)) return atMs;
  }
  return undefined;
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
