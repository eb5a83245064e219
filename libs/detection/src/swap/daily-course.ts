const HOURS = 24;
/** Days that the usual of an hour remembers. */
const MEMORY_DAYS = 10;
/** Days after which the usual of an hour is known. */
const KNOWN_DAYS = 5;

/** What a sensor usually is at each hour of the day. */
export class DailyCourse {
  static readonly STATE_SIZE = 2 * HOURS;

  constructor(private readonly state: Float64Array) {}

  /** NaN until the hour was seen on several days. */
  at(hour: number): number {
    const place = hour % HOURS;
    return this.state[HOURS + place]! >= KNOWN_DAYS ? this.state[place]! : NaN;
  }

  learn(hour: number, value: number): void {
    if (!Number.isFinite(value)) return;
    const place = hour % HOURS;
    const count = Math.min(MEMORY_DAYS, this.state[HOURS + place]! + 1);
    this.state[HOURS + place] = count;
    this.state[place]! += (value - this.state[place]!) / count;
  }

  /** Takes over the other's usual, and gives it its own. */
  exchange(other: DailyCourse): void {
    const own = this.state.slice();
    this.state.set(other.state);
    other.state.set(own);
  }
}
