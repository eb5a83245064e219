/**
 * What each sensor usually does, to see when it does not. State in typed arrays, indexed by the sensor's number.
 *
 * Stuck (domain defaults, section 9: no change for 24 samples although noise is expected): the value has been the same for 24
 * samples, and for eight times as long as its runs of equal values usually last, after it changed at least four times. A value that rests at zero
 * or at an end of its range (no rain, no gas, a closed valve) is at rest, not stuck.
 *
 * Spike: the value is away from the median of the last five by more than eight mean absolute deviations (about 6.4 standard
 * deviations of a Gaussian) and by more than 1 % of the range, once 16 samples were seen. Only the first one away is a spike: when
 * the next stays on the same side, the level has moved, which is news and not noise.
 */
export type Habit = 'usual' | 'stuck' | 'spike';

const STUCK_SAMPLES = 24;
const STUCK_RUNS = 8;
const STUCK_CHANGES = 4;
const RUN_MEMORY = 8;

const WINDOW = 5;
const SPIKE_SAMPLES = 16;
const SPIKE_DEVIATIONS = 8;
const SPIKE_OF_RANGE = 0.01;
const DEVIATION_MEMORY = 32;
/** A single reading moves the deviation by no more than so many times what it was. */
const DEVIATION_CLIP = 4;

/** Columns of one sensor in `numbers`: one cache line. */
const NEWEST = 0;
const DEVIATION = 1;
const MEAN_RUN = 2;
const FIRST_OF_WINDOW = 3;
const STRIDE = 8;
/** Columns of one sensor in `counts`. */
const RUN = 0;
const CHANGES = 1;
const SAMPLES = 2;
/** 0 none, 1 the one before was a spike upwards, 2 downwards. */
const AWAY = 3;

const FIRST_CAPACITY = 1024;
const MOST = 65_535;

export class SensorHabits {
  private numbers = new Float64Array(FIRST_CAPACITY * STRIDE);
  private counts = new Uint16Array(FIRST_CAPACITY * 4);
  private readonly sorted = new Float64Array(WINDOW);

  /** Whether the sensor measured nothing later than this (of what teaches). */
  isNewest(sensorNo: number, measuredAtMs: number): boolean {
    const newest = this.numbers[sensorNo * STRIDE + NEWEST];
    return newest === undefined || measuredAtMs > newest;
  }

  /** What came before a start: the sensor has reached this time. */
  reach(sensorNo: number, measuredAtMs: number): void {
    this.reserve(sensorNo);
    const at = sensorNo * STRIDE + NEWEST;
    if (measuredAtMs > this.numbers[at]!) this.numbers[at] = measuredAtMs;
  }

  /** Takes the newest reading of a sensor. */
  take(
    sensorNo: number,
    measuredAtMs: number,
    value: number,
    range: { readonly low: number; readonly high: number } | null,
  ): Habit {
    this.reserve(sensorNo);
    const n = sensorNo * STRIDE;
    const c = sensorNo * 4;
    this.numbers[n + NEWEST] = measuredAtMs;
    const samples = this.counts[c + SAMPLES]!;
    if (samples === 0) {
      this.fillWindow(n, value);
      this.counts[c + SAMPLES] = 1;
      this.counts[c + RUN] = 1;
      return 'usual';
    }
    this.counts[c + SAMPLES] = Math.min(samples + 1, MOST);
    const isStuck = this.countRun(n, c, value, range);
    const isSpike = this.judgeSpike(n, c, value, range);
    return isStuck ? 'stuck' : isSpike ? 'spike' : 'usual';
  }

  private countRun(
    n: number,
    c: number,
    value: number,
    range: { readonly low: number; readonly high: number } | null,
  ): boolean {
    const { numbers, counts } = this;
    const run = counts[c + RUN]!;
    if (value !== numbers[n + FIRST_OF_WINDOW]) {
      const changes = counts[c + CHANGES]!;
      const meanRun = numbers[n + MEAN_RUN]!;
      numbers[n + MEAN_RUN] = changes === 0 ? run : meanRun + (run - meanRun) / Math.min(changes + 1, RUN_MEMORY);
      counts[c + CHANGES] = Math.min(changes + 1, MOST);
      counts[c + RUN] = 1;
      return false;
    }
    counts[c + RUN] = Math.min(run + 1, MOST);
    if (run + 1 < STUCK_SAMPLES || counts[c + CHANGES]! < STUCK_CHANGES) return false;
    if (run + 1 < numbers[n + MEAN_RUN]! * STUCK_RUNS) return false;
    return value !== 0 && value !== range?.low && value !== range?.high;
  }

  private judgeSpike(
    n: number,
    c: number,
    value: number,
    range: { readonly low: number; readonly high: number } | null,
  ): boolean {
    const { numbers, counts } = this;
    const median = this.median(n);
    const distance = value - median;
    const deviation = numbers[n + DEVIATION]!;
    const floor = SPIKE_OF_RANGE * (range ? range.high - range.low : Math.abs(median));
    const away = Math.abs(distance) > Math.max(deviation * SPIKE_DEVIATIONS, floor) ? (distance > 0 ? 1 : 2) : 0;
    const isSpike = away !== 0 && counts[c + AWAY] !== away && counts[c + SAMPLES]! > SPIKE_SAMPLES;
    if (away !== 0 && !isSpike) {
      // Away twice on one side: the level has moved.
      this.fillWindow(n, value);
    } else {
      const clipped = Math.min(Math.abs(distance), deviation * DEVIATION_CLIP + floor);
      numbers[n + DEVIATION] = deviation + (clipped - deviation) / Math.min(counts[c + SAMPLES]!, DEVIATION_MEMORY);
      numbers.copyWithin(n + FIRST_OF_WINDOW + 1, n + FIRST_OF_WINDOW, n + FIRST_OF_WINDOW + WINDOW - 1);
      numbers[n + FIRST_OF_WINDOW] = value;
    }
    counts[c + AWAY] = isSpike ? away : 0;
    return isSpike;
  }

  private fillWindow(n: number, value: number): void {
    this.numbers.fill(value, n + FIRST_OF_WINDOW, n + FIRST_OF_WINDOW + WINDOW);
  }

  /** Of five, by insertion. */
  private median(n: number): number {
    const { sorted, numbers } = this;
    for (let i = 0; i < WINDOW; i++) {
      const value = numbers[n + FIRST_OF_WINDOW + i]!;
      let at = i;
      for (; at > 0 && sorted[at - 1]! > value; at--) sorted[at] = sorted[at - 1]!;
      sorted[at] = value;
    }
    return sorted[WINDOW >> 1]!;
  }

  private reserve(sensorNo: number): void {
    const have = this.counts.length / 4;
    if (sensorNo < have) return;
    const capacity = Math.max(have * 2, sensorNo + 1);
    const numbers = new Float64Array(capacity * STRIDE);
    numbers.set(this.numbers);
    this.numbers = numbers;
    const counts = new Uint16Array(capacity * 4);
    counts.set(this.counts);
    this.counts = counts;
  }
}
