/**
 * What is kept of a sensor, by position in its row of doubles. Times are epoch milliseconds, NaN where there is none. What each
 * reading touches comes first: memory is fetched in lines of 64 bytes.
 */
export const ROW = {
  /** Newest measured time of a reading that is not bad, and its value. */
  lastMs: 0,
  lastValue: 1,
  /** Arrival of the newest reading that is not bad. */
  heardMs: 2,
  /** Eight bytes: see `FLAG` and `BAD_COUNT`. */
  flags: 3,
  /** Limit: when it last began, got worse or ended. */
  levelChangedMs: 4,
  /** Since when the value is back by more than the deadband. */
  backSinceMs: 5,
  /** Since when it is out at level 1, 2 and 3 or more. */
  since1: 6,
  since2: 7,
  since3: 8,
  /** When the rate's condition began or ended. */
  rateChangedMs: 9,
  silenceChangedMs: 10,
  badSinceMs: 11,
  badLastMs: 12,
  /** Silence counts from here at the earliest: others of its device or gateway were heard again; 0: no matter. */
  silenceFromMs: 13,
} as const;

/** Places of small whole numbers, in bytes from the row's flags; the sign of a level or direction is its side: high, rising +, low, falling -. */
export const FLAG = {
  /** Active level of the limit: 1 inner, 2 outer, 3 danger; side the value is out on. */
  level: 0,
  side: 1,
  /** The newest reading was marked a spike. */
  lastSpike: 2,
  /** Direction of the rate's condition, and evaluations in a row under the clearing rate. */
  rate: 3,
  rateBackCount: 4,
  /** 1 silent, 2 only bad readings, 3 or 4 its alarm speaks for its gateway or device. */
  silence: 5,
} as const;

/** Place of the count of bad readings in a row, in units of two bytes from the row's flags. It stops here, so that the eight bytes are never a NaN. */
export const BAD_COUNT = 3;
export const MOST_BAD = 32_000;

export const ROW_LENGTH = 14;

/** A sensor of which nothing is known yet. */
export const BLANK_ROW: Float64Array = Float64Array.from({ length: ROW_LENGTH }, (_, i) =>
  i === ROW.flags || i === ROW.silenceFromMs ? 0 : NaN,
);
