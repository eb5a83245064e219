import { DAY_MS, HOUR_MS, type DayKinds } from './calendar.js';
import type { Context } from './context.js';
import { D, F, K, ROW_DOUBLES, SLOTS } from './layout.js';

/** A covariate not heard for so long says nothing. */
const COVARIATE_STALE_MS = 6 * HOUR_MS;
/** The two memories of a covariate: what it does at once, and what it does with a lag of hours. */
const SHORT_MS = HOUR_MS / 2;
const LONG_MS = 8 * HOUR_MS;
const MEAN_MS = 30 * DAY_MS;
/** From so long an interval on an hour stands for itself. */
const SPARSE_MS = HOUR_MS / 2;

/** Level, what the hour of this kind of day has above it, and what the covariate does. NaN before the first reading. */
export function baselineAt(c: Context, localMs: number, days: DayKinds): number {
  return c.doubles[c.d + D.level]! + seasonAt(c, localMs, days) + covariateTerm(c);
}

/** Between the middles of hours on a line, each hour by the kind of its own day. */
function seasonAt(c: Context, localMs: number, days: DayKinds): number {
  if (c.floats[c.f + F.seasonWeight] === 0 && c.floats[c.f + F.offWeight] === 0) return 0;
  const hours = localMs / HOUR_MS;
  if (c.settings[c.k + K.intervalMs]! >= SPARSE_MS) return slotAt(c, Math.floor(hours), days);
  const first = Math.floor(hours - 0.5);
  const share = hours - 0.5 - first;
  return slotAt(c, first, days) * (1 - share) + slotAt(c, first + 1, days) * share;
}

/** @param hourNo local hours since 1970 */
export function slotAt(c: Context, hourNo: number, days: DayKinds): number {
  const { floats, f } = c;
  const day = Math.floor(hourNo / SLOTS);
  const slot = hourNo - day * SLOTS;
  const season = floats[f + F.seasonWeight]! * floats[f + F.season + slot]!;
  const weight = floats[f + F.offWeight]!;
  if (weight === 0 || days.of(day) === 0) return season;
  return season + weight * floats[f + F.dayOff + (slot >> 1)]!;
}

/** The covariate's short and long mean above its usual, by their learned slopes. */
function covariateTerm(c: Context): number {
  if (c.settings[c.k + K.covariateRow] === 0) return 0;
  const { floats, f } = c;
  return floats[f + F.slopeShort]! * departure(c, F.shortSelf) + floats[f + F.slopeLong]! * departure(c, F.longSelf);
}

/** How far the covariate's short or long mean is from its usual; 0 where there is none, or it is silent. */
function departure(c: Context, field: number): number {
  const row = c.settings[c.k + K.covariateRow]!;
  const heardMs = c.doubles[row * ROW_DOUBLES + D.lastMs]!;
  if (!(Math.abs(c.atMs - heardMs) <= COVARIATE_STALE_MS)) return 0;
  const from = row * ROW_DOUBLES * 2;
  return c.floats[from + field]! - c.floats[from + F.meanSelf]!;
}

/** Keeps the means that dependents read. */
export function driveOthers(c: Context, passedMs: number): void {
  const { floats, f, value } = c;
  if (!(passedMs >= 0)) {
    floats[f + F.shortSelf] = floats[f + F.longSelf] = floats[f + F.meanSelf] = value;
    return;
  }
  floats[f + F.shortSelf]! += Math.min(1, passedMs / SHORT_MS) * (value - floats[f + F.shortSelf]!);
  floats[f + F.longSelf]! += Math.min(1, passedMs / LONG_MS) * (value - floats[f + F.longSelf]!);
  // A running mean until a month is full, so that the usual is not the first reading for weeks.
  const gain = Math.max(passedMs / MEAN_MS, 1 / (floats[f + F.learned]! + 2));
  floats[f + F.meanSelf]! += Math.min(1, gain) * (value - floats[f + F.meanSelf]!);
}

/** Two weeks of hours; start of the spread, in units of the covariate's own variance. */
const FORGETTING = 1 - 1 / 336;
const LARGEST_SPREAD = 1e6;

/**
 * Recursive least squares of an hour's residual on the two means, with forgetting (L. Ljung, T. Söderström, "Theory and Practice
 * of Recursive Identification", 1983). `residual`: what base left, already held within bounds. Gives how much the term moves.
 */
export function learnCovariate(c: Context, residual: number): void {
  if (c.settings[c.k + K.covariateRow] === 0) return;
  const { floats, f } = c;
  const x = departure(c, F.shortSelf);
  const y = departure(c, F.longSelf);
  const size = x * x + y * y;
  if (!(size > 1e-12)) return;
  let p11 = floats[f + F.spread11]!;
  let p12 = floats[f + F.spread12]!;
  let p22 = floats[f + F.spread22]!;
  if (p11 === 0 || p22 === 0) [p11, p12, p22] = [1 / size, 0, 1 / size];
  const ax = p11 * x + p12 * y;
  const ay = p12 * x + p22 * y;
  const by = FORGETTING + x * ax + y * ay;
  floats[f + F.slopeShort]! += (ax / by) * residual;
  floats[f + F.slopeLong]! += (ay / by) * residual;
  // Forget only where there is something to learn from, else the spread would wind up without bound.
  const forget = p11 * size < LARGEST_SPREAD && p22 * size < LARGEST_SPREAD ? FORGETTING : 1;
  floats[f + F.spread11] = (p11 - (ax * ax) / by) / forget;
  floats[f + F.spread12] = (p12 - (ax * ay) / by) / forget;
  floats[f + F.spread22] = (p22 - (ay * ay) / by) / forget;
}
