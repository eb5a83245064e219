import { learnCovariate } from './baseline.js';
import { D, F, SLOTS } from './layout.js';
import type { Context } from './context.js';
import type { Hour } from './shift.js';
import { mattersAt, SETTLING_HOURS } from './step.js';

/**
 * What an hour teaches: the level (ten days), what this hour of the day has above it (three weeks of working days), what a day off
 * has above that (eight of its kind), and what the covariate does. A lesson is held within 2.5 scales, so that no single hour, and
 * no fault before it is told, moves them far.
 */
const LEVEL_HOURS = 240;
const SEASON_DAYS = 21;
const OFF_DAYS = 8;
const YOUNG_OFF_DAYS = 6;
/** More than a running mean's, so that a first day unlike the others is soon forgotten. */
const YOUNG_GAIN = 2;
const LESSON_SCALES = 2.5;
/**
 * Errors with and without season are compared over three days, with and without days off of their own over five weekends; explained
 * variance that counts, and that counts in full.
 */
const COMPARED_HOURS = 72;
const COMPARED_OFF_HOURS = 240;
const [EXPLAINS, EXPLAINS_WELL] = [0.05, 0.2];

/**
 * @param slot hour of the day
 * @param isOff the day is not a working day
 */
export function learnHour(c: Context, slot: number, isOff: 0 | 1, hour: Hour): void {
  const { residual, scale, elapsed, trust } = hour;
  const { doubles, floats, d, f } = c;
  const workDays = floats[f + F.workDays]!;
  const offDays = floats[f + F.offDays]!;
  const seen = workDays + offDays;
  const seasonTerm = floats[f + F.seasonWeight]! * floats[f + F.season + slot]!;
  const offTerm = isOff * floats[f + F.offWeight]! * floats[f + F.dayOff + (slot >> 1)]!;
  if (seen === 0) {
    // The first day fills the table as it is above the first reading.
    floats[f + F.season + slot] = residual;
    return;
  }
  const bound = seen < 2 ? Infinity : LESSON_SCALES * Math.max(scale, 0.05 * mattersAt(c, doubles[d + D.level]!));
  const lesson = Math.min(bound, Math.max(-bound, residual));
  const countsAsOff = isOff === 1 && workDays > 0;
  compareSeason(c, slot, countsAsOff, residual + seasonTerm + offTerm, elapsed);
  const gain = Math.max(Math.min(0.25, elapsed / LEVEL_HOURS), seen < 3 ? 1 / (floats[f + F.hours]! + 1) : 0);
  const settling = floats[f + F.settling]!;
  // A mean of the hours since the level was set.
  const place = settling > 0 ? 1 / (SETTLING_HOURS - settling + 4) : trust * gain;
  doubles[d + D.level]! += Math.max(place, trust * gain) * lesson + (elapsed / SLOTS) * floats[f + F.slope]!;
  learnCovariate(c, lesson);
  if (countsAsOff) {
    // The first weekends tell how they differ, by however much.
    const off = (offDays < YOUNG_OFF_DAYS ? residual : lesson) + offTerm - floats[f + F.dayOff + (slot >> 1)]!;
    // Two hours share a place: each teaches half.
    floats[f + F.dayOff + (slot >> 1)]! += 0.5 * Math.max(1 / OFF_DAYS, 1 / (offDays + 1)) * off;
  } else {
    const season = lesson + seasonTerm - floats[f + F.season + slot]!;
    floats[f + F.season + slot]! += Math.min(1, Math.max(1 / SEASON_DAYS, YOUNG_GAIN / (seen + 1))) * season;
  }
}

/** Is the season worth taking? Compares what is left with and without it; it was learned before the hour came. */
function compareSeason(c: Context, slot: number, isOff: boolean, plain: number, elapsed: number): void {
  const { floats, f } = c;
  const gain = Math.min(1, elapsed / (isOff ? COMPARED_OFF_HOURS : COMPARED_HOURS));
  const season = floats[f + F.season + slot]!;
  if (!isOff) {
    average(c, F.errorPlain, plain, gain);
    average(c, F.errorSeason, plain - season, gain);
    floats[f + F.seasonWeight] = worth(floats[f + F.errorSeason]!, floats[f + F.errorPlain]!);
    return;
  }
  const same = plain - floats[f + F.seasonWeight]! * season;
  average(c, F.errorSame, same, gain);
  average(c, F.errorOff, same - floats[f + F.dayOff + (slot >> 1)]!, gain);
  if (floats[f + F.offDays]! >= 2) floats[f + F.offWeight] = worth(floats[f + F.errorOff]!, floats[f + F.errorSame]!);
}

/** A square counts no more than sixteen times what is usual. */
function average(c: Context, field: number, error: number, gain: number): void {
  const at = c.f + field;
  const before = c.floats[at]!;
  if (before === 0) c.floats[at] = error * error;
  else c.floats[at] = before + gain * (Math.min(error * error, 16 * before) - before);
}

function worth(withIt: number, without: number): number {
  if (!(without > 0)) return 0;
  return Math.min(1, Math.max(0, (1 - withIt / without - EXPLAINS) / (EXPLAINS_WELL - EXPLAINS)));
}

/** The daily course is not what it was: learns it anew within days, from half. */
export function forgetSeason(c: Context): void {
  const { floats, f } = c;
  for (let slot = 0; slot < SLOTS; slot++) {
    floats[f + F.season + slot]! /= 2;
  }
  floats[f + F.seasonWeight] = floats[f + F.offWeight] = 0;
  floats[f + F.errorSeason] = floats[f + F.errorPlain]!;
  floats[f + F.gainLost] = 0;
}
