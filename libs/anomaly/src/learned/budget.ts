import { DAY_MS } from './calendar.js';
import type { Context } from './context.js';
import { F, TAILED, TESTS } from './layout.js';
import type { Arena } from './arena.js';
import { eventLevel, TAIL_RULES } from './tails.js';
import { LEARNED_TESTS, type LearnedTest } from './port.js';

const YEAR_MS = 365.25 * DAY_MS;
const SHIFT_MS = 8 * 3_600_000;
/** One finding is free; each more over the budget raises the sensor's bar by two thirds, to fifty times at the most. */
const BAR_A_FINDING = 0.5;
const HIGHEST_BAR = Math.log(50);
/** A false alarm raises its test's bar by half, to twenty times at the most; it sinks to 1/e in four months. */
const BAR_A_FALSE_ALARM = Math.log(1.5);
const HIGHEST_FALSE_BAR = Math.log(20);
const FALSE_BAR_MS = 120 * DAY_MS;

export const TEST_NO = Object.fromEntries(LEARNED_TESTS.map((test, i) => [test, i])) as Readonly<
  Record<LearnedTest, number>
>;

/**
 * Holds findings to a budget by moving thresholds, as adaptive conformal inference does (I. Gibbs, E. Candès, "Adaptive Conformal
 * Inference Under Distribution Shift", NeurIPS 2021): each finding raises the bar, time lowers it at the rate of the budget, so that
 * over a long time findings = budget, or fewer, whatever the data are like. One bar a sensor, one for the city.
 */
export class Budget {
  constructor(
    readonly perSensorYear: number,
    readonly perShift: number,
    private readonly arena: Arena,
  ) {}

  /** Time passes for a sensor: call once a block. Brings its thresholds up to date. */
  age(c: Context, passedMs: number): void {
    const { floats, f } = c;
    if (passedMs > 0) {
      floats[f + F.overBudget] = Math.max(0, floats[f + F.overBudget]! - (passedMs / YEAR_MS) * this.perSensorYear);
      const kept = Math.exp(-passedMs / FALSE_BAR_MS);
      for (let test = 0; test < TESTS; test++) floats[f + F.falseBar + test]! *= kept;
    }
    this.settle(c);
  }

  /** Works the thresholds out anew: once a block, and when a bar moved. */
  settle(c: Context): void {
    const perTest = this.perSensorYear / TESTS;
    for (let tail = 0; tail < TAILED; tail++)
      c.floats[c.f + F.threshold + tail] = eventLevel(c, tail, perTest) * this.bar(c, TAIL_RULES[tail]!.test);
  }

  /** Factor on the threshold of a test. */
  bar(c: Context, test: LearnedTest): number {
    const over = Math.min(HIGHEST_BAR, Math.max(0, c.floats[c.f + F.overBudget]! - 1) * BAR_A_FINDING);
    return Math.exp(over + c.floats[c.f + F.falseBar + TEST_NO[test]]!);
  }

  /**
   * Whether the city can take one more of so many times its threshold. Half of the shift's budget runs off evenly; of the other half
   * a quarter is free, then the bar rises with the cube: never more than the budget in a shift unless they are far out.
   */
  allows(atMs: number, timesThreshold: number): boolean {
    const free = this.perShift / 4;
    return timesThreshold >= (Math.max(free, this.#load(atMs) + 1) / Math.max(free, 1)) ** 3;
  }

  spend(c: Context, atMs: number): void {
    const own = this.arena.own;
    const load = this.#load(atMs) + 1;
    c.doubles[own] = load;
    c.doubles[own + 1] = atMs;
    c.floats[c.f + F.overBudget]!++;
    this.settle(c);
  }

  /** The finding was right: it does not count. */
  refund(c: Context): void {
    c.floats[c.f + F.overBudget] = Math.max(0, c.floats[c.f + F.overBudget]! - 1);
    this.settle(c);
  }

  punish(c: Context, test: LearnedTest): void {
    const at = c.f + F.falseBar + TEST_NO[test];
    c.floats[at] = Math.min(HIGHEST_FALSE_BAR, c.floats[at]! + BAR_A_FALSE_ALARM);
    this.settle(c);
  }

  /** A sensor whose clock is off does not stop the city's: only the distance to the last finding counts. */
  #load(atMs: number): number {
    const own = this.arena.own;
    const passedMs = Math.abs(atMs - this.arena.doubles[own + 1]!);
    return Math.max(0, this.arena.doubles[own]! - (passedMs / SHIFT_MS) * (this.perShift / 2));
  }
}
