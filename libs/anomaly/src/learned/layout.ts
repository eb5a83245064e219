/**
 * What is kept of a sensor: first numbers of double precision (times; levels that move by tiny shares of themselves), then of
 * single precision, then whole ones of two bytes. A field's number is its place counted in its own precision from the start of the row.
 */
let doubles = 0;
let floats = 0;
let smalls = 0;

function double(): number {
  return doubles++;
}

/** Place of the first of `count` numbers. */
function float(count = 1): number {
  const at = floats;
  floats += count;
  return at;
}

function small(count = 1): number {
  const at = smalls;
  smalls += count;
  return at;
}

/** Hours of the day; a day off keeps what two hours have together. */
export const SLOTS = 24;
export const QUARTERS = 4;
export const BUCKETS = 20;
export const TESTS = 8;
/** Strengths that have a tail over blocks, see `TAIL`. */
export const TAILED = 6;

/** Places of doubles. */
export const D = {
  /** Sensor number; -1 where the row is free. */
  owner: double(),
  lastMs: double(),
  lastValue: double(),
  /** The level that the daily course rides on; what the last half hour is above the baseline. */
  level: double(),
  nowcast: double(),
  readySinceMs: double(),
  /** The level before it was re-based; the slow course under it. */
  levelBefore: double(),
  anchor: double(),
  runSinceMs: double(),
  findingBeganMs: double(),
  calmSinceMs: double(),
  repeatSinceMs: double(),
} as const;

/** Places of floats, counted from the start of the row. */
export const F = {
  // What each reading touches lies together: memory is fetched in lines of 64 bytes.
  /** Fast course: readings learned, scale of a reading about the nowcast, short mean, last residual. */
  learned: float(),
  sigma: float(),
  shortMean: float(),
  lastResidual: float(),
  /** A run outside: its side; largest step accepted as normal, fading; the open finding's test + 1. */
  runSide: float(),
  knownStep: float(),
  finding: float(),
  /** Readings in the running repeat; share of readings that repeat. */
  repeatCount: float(),
  repeatShare: float(),
  /** The running hour: sum of residuals against the baseline, readings, sum of differences, how many. Hours learned. */
  hourSum: float(),
  hourCount: float(),
  diffSum: float(),
  diffCount: float(),
  hours: float(),
  /** Strength a test speaks at, bars included; largest strength of the running block. */
  threshold: float(TAILED),
  tailMax: float(TAILED),
  /** How much of the learned course of the day, and of days off, is worth taking: 0 to 1. */
  seasonWeight: float(),
  offWeight: float(),
  /** Score: the rarest hundredth of the strengths of reading and short mean, the sum of the counts. */
  reference: float(2),
  countsSum: float(),
  /** What this hour of the day has above the level; what two hours of a day off have above that. */
  season: float(SLOTS),
  dayOff: float(SLOTS / 2),

  /** A run outside: readings, their mean above the nowcast, the furthest. */
  runCount: float(),
  runMean: float(),
  runPeak: float(),
  /** The open finding: side. The test of the last finding + 1. */
  findingSide: float(),
  lastTest: float(),
  /** Longest repeat in ms. */
  repeatLongest: float(),
  /** The last hour's mean; scale, variance and covariance with the hour before. */
  hourLast: float(),
  hourScale: float(),
  hourVar: float(),
  hourCov: float(),
  /** CUSUM of hours: up and down, and how many hours each runs with what sum. */
  hourUp: float(),
  hourDown: float(),
  hourUpCount: float(),
  hourDownCount: float(),
  hourUpSum: float(),
  hourDownSum: float(),
  /** Hours in a row outside, signed. */
  hourRun: float(),
  /** What the last half day of hours is above the baseline, scale of an hour about it, the mean of these for a few hours, its scale. */
  halfDay: float(),
  halfDayScale: float(),
  shift: float(),
  shiftScale: float(),
  shiftFrozen: float(),
  /** The running day, and the same for days. */
  daySum: float(),
  workDays: float(),
  offDays: float(),
  dayLast: float(),
  dayScale: float(),
  dayVar: float(),
  dayCov: float(),
  dayUp: float(),
  dayDown: float(),
  /** Hours left in which a level that was set at once finds its exact place. */
  settling: float(),
  /** Slope a day of the anchor, which the level follows. */
  slope: float(),
  /** Squared error with and without the season, and with and without the days off of their own. */
  errorSeason: float(),
  errorPlain: float(),
  errorOff: float(),
  errorSame: float(),
  /** Regression of the day's hours on the season: products, squares, usual deviation from 1, days lost. */
  gainProduct: float(),
  gainSquare: float(),
  gainDeviation: float(),
  gainLost: float(),
  /** Usual logarithm of differences a quarter of the day, how it deviates, its CUSUM, blocks learned. */
  fluctuation: float(QUARTERS),
  fluctuationDeviation: float(),
  fluctuationUp: float(),
  fluctuationDown: float(),
  fluctuationCount: float(),
  /** Of the largest strengths of blocks: mean and deviation of the logarithm (or as they are): a tail each. */
  tailMean: float(TAILED),
  tailDeviation: float(TAILED),
  /** What false alarms raised the bar by, in logarithms, a test; findings over budget. */
  falseBar: float(TESTS),
  overBudget: float(),
  /** As a covariate of others: short and long mean, and the mean of all. As a dependent: slopes, and their covariance. */
  shortSelf: float(),
  longSelf: float(),
  meanSelf: float(),
  slopeShort: float(),
  slopeLong: float(),
  spread11: float(),
  spread12: float(),
  spread22: float(),
} as const;

/** Places of whole numbers of two bytes, counted from the start of the row; each stays far from the largest, so that no double of them is a NaN. */
export const S = {
  /** Of the score: readings by rarity; halved before they are 20,000. */
  counts: small(BUCKETS),
  /** Of a run outside: readings inside in a row. */
  runInside: small(),
  /** Of the open finding: calm readings or hours; hours or days it is open. */
  calmCount: small(),
  heldBlocks: small(),
  /** Hours of the running day. */
  dayCount: small(),
  /** Blocks that each tail knows. */
  tailCount: small(TAILED),
} as const;

// Places count from the start of the row: floats after the doubles, small numbers after both; whole rows of eight bytes.
for (const key of Object.keys(F) as (keyof typeof F)[]) (F as Record<string, number>)[key]! += 2 * doubles;
for (const key of Object.keys(S) as (keyof typeof S)[]) (S as Record<string, number>)[key]! += 4 * doubles + 2 * floats;

export const ROW_DOUBLES = Math.ceil((8 * doubles + 4 * floats + 2 * smalls) / 8);
export const ROW_BYTES = ROW_DOUBLES * 8;

/** Places of a sensor's settings beside its row: from the registry, written when the sensor is put. */
export const K = {
  minDeviation: 0,
  minShare: 1,
  confirmMs: 2,
  intervalMs: 3,
  /** Row of the covariate, 0 where there is none; 1 where others depend on this sensor. */
  covariateRow: 4,
  drives: 5,
} as const;
export const SETTINGS = 6;

/** Fields that are NaN of a sensor of which nothing is known. */
export const BLANK_NAN: readonly number[] = [
  D.lastMs,
  D.lastValue,
  D.level,
  D.levelBefore,
  D.anchor,
  D.readySinceMs,
  D.runSinceMs,
  D.findingBeganMs,
  D.calmSinceMs,
  D.repeatSinceMs,
];
