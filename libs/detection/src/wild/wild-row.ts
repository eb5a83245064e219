const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Readings that the usual change between two remembers, and those after which it is known. */
const MEMORY = 500;
const FIRST = 50;
/** A wild reading leaves both its neighbours by so many usual changes [P]… */
const FAR = 8;
/** …while these are as near to each other as this share of it. */
const NEAR = 0.5;
/** Readings further apart than so many intervals are no neighbours. */
const MOST_APART = 3;
/** Days that the usual count of a day remembers. */
const COUNT_DAYS = 14;

const BEFORE = 0;
const BEFORE_MS = 1;
const NEWEST = 2;
const NEWEST_MS = 3;
const CHANGE = 4;
const READINGS = 5;
/** Count of the newest 24 h, fading. */
const COUNT = 6;
const COUNT_MS = 7;
/** What the count usually is, and the hours that taught it. */
const USUAL = 8;
const USUAL_HOURS = 9;
const FIELDS = 10;

/** What is known of a sensor's single wild readings: a value that neither the one before nor the one after knows of. */
export class WildRow {
  static readonly STATE_SIZE = FIELDS;

  /** @param least a smaller leap is nothing, in the sensor's unit */
  constructor(
    private readonly state: Float64Array,
    private readonly intervalMs: number,
    private readonly least: number,
  ) {}

  /** Wild readings of the last day, older ones fading out over as long. */
  countAt(atMs: number): number {
    const { state } = this;
    return state[COUNT]! * Math.exp(-Math.max(0, atMs + 1 - state[COUNT_MS]!) / DAY_MS);
  }

  /** What a day has of them as a rule. */
  get usual(): number {
    return this.state[USUAL]!;
  }

  /** Takes a reading; true where the one before it turns out wild. */
  take(atMs: number, value: number, learns: boolean): boolean {
    const { state, intervalMs } = this;
    const mostMs = MOST_APART * intervalMs;
    const [before, newest] = [state[BEFORE]!, state[NEWEST]!];
    const known = state[BEFORE_MS]! > 0 && atMs + 1 - state[NEWEST_MS]! <= mostMs;
    const beside = known && state[NEWEST_MS]! - state[BEFORE_MS]! <= mostMs;
    let wild = false;
    if (beside && state[READINGS]! >= FIRST) {
      const [up, down] = [newest - before, newest - value];
      const leap = Math.min(Math.abs(up), Math.abs(down));
      wild =
        up * down > 0 && leap > Math.max(this.least, FAR * state[CHANGE]!) && Math.abs(value - before) < NEAR * leap;
    }
    if (wild) {
      state[COUNT] = this.countAt(atMs) + 1;
      state[COUNT_MS] = atMs + 1;
    }
    if (known) this.learnChange(Math.abs(value - (wild ? before : newest)));
    if (learns && state[NEWEST_MS]! > 0) this.learnCount(atMs, (atMs + 1 - state[NEWEST_MS]!) / HOUR_MS);
    // A wild reading is left out, or the one after the next would be judged against it.
    if (!wild) [state[BEFORE], state[BEFORE_MS]] = [newest, state[NEWEST_MS]!];
    [state[NEWEST], state[NEWEST_MS]] = [value, atMs + 1];
    return wild;
  }

  private learnChange(change: number): void {
    const { state } = this;
    const n = Math.min(MEMORY, state[READINGS]! + 1);
    const clipped = n > FIRST / 2 ? Math.min(change, FAR * Math.max(state[CHANGE]!, this.least / FAR)) : change;
    state[READINGS] = n;
    state[CHANGE]! += (clipped - state[CHANGE]!) / n;
  }

  private learnCount(atMs: number, hours: number): void {
    const { state } = this;
    const known = Math.min(24 * COUNT_DAYS, state[USUAL_HOURS]! + Math.min(hours, 1));
    state[USUAL_HOURS] = known;
    if (known > 0) state[USUAL]! += ((this.countAt(atMs) - state[USUAL]!) * Math.min(hours, 1)) / Math.max(known, 1);
  }
}
