/**
 * The numbers kept of a sensor, by position in its row. Times are epoch milliseconds, NaN where there is none; the sign of a
 * level or direction is its side: positive high or rising, negative low or falling, 0 none.
 */
export const ROW = {
  /** Newest measured time of a reading that is not bad, its value, and 1 where it was marked a spike. */
  lastMs: 0,
  lastValue: 1,
  lastSpike: 2,
  /** Arrival of the newest reading that is not bad. */
  heardMs: 3,

  /** Limit: active level (1 inner, 2 outer, 3 danger, signed), and when it last began, got worse or ended. */
  level: 4,
  levelChangedMs: 5,
  /** Side the value is out on, and since when it is out at level 1, 2 and 3 or more. */
  side: 6,
  since1: 7,
  since2: 8,
  since3: 9,
  /** Since when the value is back by more than the deadband. */
  backSinceMs: 10,

  /** Rate: direction, when it began, evaluations in a row under the clearing rate. */
  rate: 11,
  rateChangedMs: 12,
  rateBackCount: 13,

  /** Silence: 1 silent, 2 only bad readings, 3 or 4 its alarm speaks for its gateway or device. */
  silence: 14,
  silenceChangedMs: 15,
  badCount: 16,
  badSinceMs: 17,
  badLastMs: 18,

  /** Silence counts from here at the earliest: others of its device or gateway were heard again. */
  silenceFromMs: 19,
} as const;

const ROW_LENGTH = 20;
const NO_TIME: readonly number[] = [
  ROW.lastMs,
  ROW.lastValue,
  ROW.heardMs,
  ROW.levelChangedMs,
  ROW.since1,
  ROW.since2,
  ROW.since3,
  ROW.backSinceMs,
  ROW.rateChangedMs,
  ROW.silenceChangedMs,
  ROW.badSinceMs,
  ROW.badLastMs,
];

/** A sensor of which nothing is known yet. */
export const BLANK_ROW: Float64Array = Float64Array.from({ length: ROW_LENGTH }, (_, i) =>
  NO_TIME.includes(i) ? NaN : 0,
);
