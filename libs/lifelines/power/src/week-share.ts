const WINDOW_MS = 600_000;
const DAY_MS = 86_400_000;
const DAYS = 7;
/** Ten-minute values of a week. */
export const WEEK_WINDOWS = (DAYS * DAY_MS) / WINDOW_MS;

/**
 * Which share of a week's ten-minute values lies outside a band: 95 % must be inside (GB/T 12325, 15543, 15945 as the domain
 * defaults 2.1 state them [M]). Kept by day; the oldest day falls out as a whole.
 */
export class WeekShare {
  static readonly STATE_SIZE = 3 + 2 * DAYS + 1;
  private readonly window: Float64Array;
  private readonly days: Float64Array;

  constructor(
    state: Float64Array,
    private readonly low: number,
    private readonly high: number,
  ) {
    this.window = state.subarray(0, 3);
    this.days = state.subarray(3);
  }

  /** Takes the mean of a frame; true where a ten-minute value was completed. */
  take(atMs: number, value: number): boolean {
    const { window } = this;
    const at = Math.floor(atMs / WINDOW_MS) + 1;
    const completed = window[0] !== 0 && at > window[0]!;
    if (completed) this.count((window[0]! - 1) * WINDOW_MS, window[1]! / window[2]!);
    if (at !== window[0]) window.fill(0);
    window[0] = at;
    window[1]! += value;
    window[2]!++;
    return completed;
  }

  /** Ten-minute values outside, of those measured, in the last seven days. */
  get outside(): number {
    return this.sum(0);
  }

  get measured(): number {
    return this.sum(1);
  }

  private sum(of: number): number {
    let sum = 0;
    for (let i = 0; i < DAYS; i++) sum += this.days[2 * i + of]!;
    return sum;
  }

  private count(atMs: number, value: number): void {
    const { days } = this;
    const day = Math.floor(atMs / DAY_MS) + 1;
    const before = days[2 * DAYS]!;
    if (before !== 0) {
      for (let at = Math.max(before + 1, day - DAYS + 1); at <= day; at++)
        days.fill(0, 2 * (at % DAYS), 2 * (at % DAYS) + 2);
    }
    days[2 * DAYS] = day;
    const slot = 2 * (day % DAYS);
    if (value < this.low || value > this.high) days[slot]!++;
    days[slot + 1]!++;
  }
}
