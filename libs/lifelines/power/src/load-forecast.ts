import { normalBelow, Spread } from '@lifeline/lifeline-kit';

const HALF_HOUR_MS = 1_800_000;
const DAY_SLOTS = 48;
const SLOTS = 2 * DAY_SLOTS;
/** China keeps UTC+8 all year. */
const ZONE_MS = 8 * 3_600_000;
/** How far it looks ahead, half hours. */
export const FORECAST_STEPS = 12;
/** A deviation from the profile that grows is believed to go on growing, but ever less: factor a half hour. */
const TREND_DAMPING = 0.9;
const READY_AFTER = 3 * DAY_SLOTS;
/** Load is not known better than this, percent. */
const FLOOR_PERCENT = 1.5;
/** 80 % of a normal law lie within this many deviations. */
const EIGHTY_PERCENT = 1.2816;

export interface Passing {
  /** Most likely time; null where the forecast itself stays under the limit. */
  readonly likelyMs: number | null;
  /** The ends of the 80 % band; `latestMs` null where the band does not pass as a whole. */
  readonly earliestMs: number | null;
  readonly latestMs: number | null;
  /** Greatest probability, over the half hours ahead, that the load is over the limit then. */
  readonly probability: number;
}

/**
 * Forecast of a load over the next six hours, in half hours: what this half hour of a working day, or of a day off, usually holds, plus
 * the present deviation, which fades as it was seen to fade, and its damped trend (Gardner and McKenzie's damped trend over an additive
 * season). How wrong it is at each step ahead is learned from its own past.
 */
export class LoadForecast {
  static readonly STATE_SIZE = 3 + 2 * SLOTS + 2 * FORECAST_STEPS + Spread.STATE_SIZE * FORECAST_STEPS + 5;
  private readonly window: Float64Array;
  private readonly profile: Float64Array;
  private readonly pastDeviation: Float64Array;
  private readonly pastTrend: Float64Array;
  private readonly errors: Spread[];
  /** Deviation and trend now, sums of deviation times deviation and times the one before, half hours learned. */
  private readonly now: Float64Array;

  constructor(state: Float64Array) {
    let at = 0;
    const next = (size: number): Float64Array => state.subarray(at, (at += size));
    this.window = next(3);
    this.profile = next(2 * SLOTS);
    this.pastDeviation = next(FORECAST_STEPS);
    this.pastTrend = next(FORECAST_STEPS);
    this.errors = Array.from(
      { length: FORECAST_STEPS },
      () => new Spread(next(Spread.STATE_SIZE), 14 * DAY_SLOTS, FLOOR_PERCENT),
    );
    this.now = next(5);
  }

  /** Takes the mean load (percent) of an interval that began at `atMs`; true where a half hour was completed by it. */
  take(atMs: number, loadPercent: number): boolean {
    const { window } = this;
    const at = Math.floor(atMs / HALF_HOUR_MS) + 1;
    const completed = window[0]! !== 0 && at > window[0]!;
    if (completed) this.close(window[0]! - 1, window[1]! / window[2]!, at - window[0]!);
    if (at !== window[0]) window.fill(0);
    window[0] = at;
    window[1]! += loadPercent;
    window[2]!++;
    return completed;
  }

  /** True where enough days were seen to trust it. */
  get ready(): boolean {
    if (this.now[4]! < READY_AFTER || this.window[0] === 0) return false;
    for (let step = 1; step <= FORECAST_STEPS; step++) if (Number.isNaN(this.usual(this.slotAt(step)))) return false;
    return true;
  }

  /** Start of the half hour `step` (1 to 12) ahead. */
  startMs(step: number): number {
    return (this.window[0]! - 2 + step) * HALF_HOUR_MS;
  }

  /** Expected load, percent, of the half hour `step` (1 to 12) after the last completed. */
  expected(step: number): number {
    return Math.max(0, this.usual(this.slotAt(step)) + this.carried(this.now[0]!, this.now[1]!, step));
  }

  /** Standard deviation of that, percent. */
  deviation(step: number): number {
    return this.errors[step - 1]!.deviation;
  }

  /** When the load will pass a limit (percent); null where it is not to be feared in six hours. */
  passing(limitPercent: number): Passing | null {
    let likelyMs: number | null = null;
    let earliestMs: number | null = null;
    let latestMs: number | null = null;
    let probability = 0;
    for (let step = 1; step <= FORECAST_STEPS; step++) {
      const expected = this.expected(step);
      const deviation = this.deviation(step);
      const startMs = this.startMs(step);
      if (expected >= limitPercent) likelyMs ??= startMs;
      if (expected + EIGHTY_PERCENT * deviation >= limitPercent) earliestMs ??= startMs;
      if (expected - EIGHTY_PERCENT * deviation >= limitPercent) latestMs ??= startMs;
      probability = Math.max(probability, normalBelow((expected - limitPercent) / deviation));
    }
    return earliestMs === null ? null : { likelyMs, earliestMs, latestMs, probability };
  }

  private slotAt(step: number): number {
    return slotOf(this.window[0]! - 2 + step);
  }

  /** What a half hour usually holds; before the first weekend that of the working day, and the other way round; NaN unknown. */
  private usual(slot: number): number {
    const { profile } = this;
    if (profile[2 * slot + 1]! > 0) return profile[2 * slot]!;
    const other = (slot + DAY_SLOTS) % SLOTS;
    return profile[2 * other + 1]! > 0 ? profile[2 * other]! : NaN;
  }

  /** What is left of a deviation and its trend `step` half hours later. */
  private carried(deviation: number, trend: number, step: number): number {
    const persistence = Math.min(0.99, Math.max(0, this.now[2]! > 0 ? this.now[3]! / this.now[2]! : 0.9));
    let growth = 0;
    for (let i = 1; i <= step; i++) growth += TREND_DAMPING ** i;
    return deviation * persistence ** step + trend * growth;
  }

  private close(halfHour: number, load: number, apart: number): void {
    const { profile, now, pastDeviation, pastTrend } = this;
    const slot = slotOf(halfHour);
    const visits = profile[2 * slot + 1]!;
    if (visits === 0) profile[2 * slot] = this.usual(slot) || load;
    const deviation = load - profile[2 * slot]!;
    if (apart > 1) {
      // After a gap the past steps are not half hours any more.
      pastDeviation.fill(NaN);
      pastTrend.fill(NaN);
    }
    if (visits > 0) {
      for (let step = 1; step <= FORECAST_STEPS; step++) {
        const at = (halfHour - step + FORECAST_STEPS) % FORECAST_STEPS;
        const error = deviation - this.carried(pastDeviation[at]!, pastTrend[at]!, step);
        if (now[4]! > DAY_SLOTS) this.errors[step - 1]!.learn(error);
      }
      now[2] = 0.995 * now[2]! + now[0]! * now[0]!;
      now[3] = 0.995 * now[3]! + now[0]! * deviation;
    }
    now[1] = 0.5 * now[1]! + 0.5 * (deviation - now[0]!);
    now[0] = deviation;
    now[4]!++;
    pastDeviation[halfHour % FORECAST_STEPS] = now[0]!;
    pastTrend[halfHour % FORECAST_STEPS] = now[1]!;
    profile[2 * slot]! += Math.max(1 / (visits + 1), 0.15) * deviation;
    profile[2 * slot + 1] = visits + 1;
  }
}

/** Half hour of the day, of working days and days off apart. */
function slotOf(halfHour: number): number {
  const local = halfHour + ZONE_MS / HALF_HOUR_MS;
  const day = (Math.floor(local / DAY_SLOTS) + 4) % 7;
  return (local % DAY_SLOTS) + (day === 0 || day === 6 ? DAY_SLOTS : 0);
}
