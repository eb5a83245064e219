import { baselineAt, learnCovariate, slotAt } from './baseline.js';
import type { Budget } from './budget.js';
import { HOUR_MS, type DayKinds } from './calendar.js';
import type { Context } from './context.js';
import { addBlock, learnSpread, type CusumFields } from './cusum.js';
import { closeDay } from './days.js';
import { begin, endNewNormal, endUsual, openTest, TEST } from './findings.js';
import { judgeFluctuation } from './fluctuation.js';
import { D, F, SLOTS } from './layout.js';
import { rareAtThisHour, shifted } from './sentences.js';
import { allowedNow, KNOWN_STEPS, mattersAt, rebase } from './step.js';
import { closeBlock, seeStrength } from './tails.js';

const HOUR_FIELDS: CusumFields = {
  scale: F.hourScale,
  variance: F.hourVar,
  covariance: F.hourCov,
  last: F.hourLast,
  up: F.hourUp,
  down: F.hourDown,
};

/** The level follows in ten days, a season's hour in three weeks of its kind of day, a scale in two weeks. */
const LEVEL_HOURS = 240;
const SEASON_DAYS = 21;
const OFF_DAYS = 8;
const SCALE_HOURS = 336;
/** How far a lesson may be from the expected, in scales. */
const LESSON_SCALES = 2.5;
/** Days learned before hours are judged. */
const LEAST_DAYS = 7;
const LEAST_HOURS = 28;
/** A holiday is a day off unlike others. */
const HOLIDAY_FACTOR = 2;
/** Errors with and without season are compared over three days; explained variance that counts, and that counts in full. */
const COMPARED_HOURS = 72;
const [EXPLAINS, EXPLAINS_WELL] = [0.05, 0.2];
/** A shift that was told and stays for a day is the new normal. */
const ACCEPT_HOURS = 24;
const CALM_BLOCKS = 2;

/** Ends the running hour, and with it the day and the blocks of the tails where they end; `hourNo`: of the reading that comes. */
export function closeHour(c: Context, budget: Budget, days: DayKinds, hourNo: number): void {
  const { doubles, floats, d, f } = c;
  const closed = doubles[d + D.hourNo]!;
  doubles[d + D.hourNo] = hourNo;
  const count = floats[f + F.hourCount]!;
  const mean = floats[f + F.hourSum]! / count;
  floats[f + F.hourSum] = floats[f + F.hourCount] = 0;
  const elapsed = Math.max(1, hourNo - closed);
  if (count > 0) {
    const before = baselineAt(c, c.localMs, days);
    takeHour(c, budget, days, closed, mean, elapsed);
    const day = Math.floor(closed / SLOTS);
    if (Math.floor(hourNo / SLOTS) !== day) closeDay(c, budget, days.of(day));
    // The nowcast goes on where it was: only the share of the baseline in it has changed.
    doubles[d + D.nowcast]! += before - baselineAt(c, c.localMs, days);
  }
  c.base = baselineAt(c, c.localMs, days);
  if (Math.floor(closed / 6) === Math.floor(hourNo / 6)) return;
  closeBlock(c, TEST.spike);
  closeBlock(c, TEST.step);
  if (Math.floor(closed / SLOTS) !== Math.floor(hourNo / SLOTS)) {
    closeBlock(c, TEST['rare-context']);
    closeBlock(c, TEST['level-shift']);
    closeBlock(c, TEST.variance);
  }
  budget.age(c);
}

function takeHour(c: Context, budget: Budget, days: DayKinds, closed: number, mean: number, elapsed: number): void {
  const { doubles, floats, d, f } = c;
  const hours = ++floats[f + F.hours]!;
  const kind = days.of(Math.floor(closed / SLOTS));
  const residual = backToKnownLevel(c, mean);
  const scale = Math.max(floats[f + F.hourScale]!, 1e-3 * c.watched.sensor.minDeviation, 1e-9);
  const expected = doubles[d + D.level]! + slotAt(c, closed, days);
  const ready = hours >= LEAST_HOURS && floats[f + F.workDays]! + floats[f + F.offDays]! >= LEAST_DAYS;
  if (ready) judgeHour(c, budget, closed, residual, scale, expected, kind === 2 ? HOLIDAY_FACTOR : 1);
  judgeFluctuation(c, budget, closed, ready);
  learnHour(c, days, closed, residual, scale, Math.min(24, elapsed), ready);
}

/** Where the level before the last re-basing fits far better, it is taken up again: a plant of two levels. */
function backToKnownLevel(c: Context, mean: number): number {
  const { doubles, floats, d, f } = c;
  const away = doubles[d + D.levelBefore]! - doubles[d + D.level]!;
  if (floats[f + F.knownStep] === 0 || !(Math.abs(mean - away) < 0.3 * Math.abs(away))) return mean;
  rebase(c, away);
  doubles[d + D.nowcast]! -= away;
  return mean - away;
}

function judgeHour(
  c: Context,
  budget: Budget,
  closed: number,
  residual: number,
  scale: number,
  expected: number,
  factor: number,
): void {
  const { floats, f } = c;
  const matters = Math.max(mattersAt(c, expected), KNOWN_STEPS * floats[f + F.knownStep]!);
  const allowed = factor * Math.max(floats[f + F.threshold + TEST['rare-context']]! * scale, matters);
  const outside = Math.abs(residual) > allowed ? Math.sign(residual) : 0;
  const run = floats[f + F.hourRun]!;
  floats[f + F.hourRun] = outside === 0 ? 0 : Math.sign(run) === outside ? run + outside : outside;
  if (outside === 0) seeStrength(c, TEST['rare-context'], Math.abs(residual) / scale);

  // On a holiday the sums wait: what it does is not the rule.
  const strength = factor > 1 ? 0 : addBlock(c, HOUR_FIELDS, residual, scale, mattersAt(c, expected));
  countShift(c, residual);
  seeStrength(c, TEST['level-shift'], Math.abs(strength));

  const open = openTest(c);
  if (open === 'rare-context' || open === 'level-shift') holdShift(c, residual, allowed, scale, expected);
  if (open !== undefined) return;
  if (Math.abs(floats[f + F.hourRun]!) >= 2) {
    begin(c, budget, 'rare-context', {
      side: residual > 0 ? 1 : -1,
      expected,
      allowed,
      residual: residual / scale,
      strength: Math.abs(residual) / scale,
      timesThreshold: Math.abs(residual) / allowed,
      reason: rareAtThisHour(
        c.watched.sensor,
        expected + residual,
        expected,
        allowed,
        closed - Math.floor(closed / 24) * 24,
      ),
    });
    return;
  }
  const threshold = floats[f + F.threshold + TEST['level-shift']]!;
  if (Math.abs(strength) <= threshold) return;
  const up = strength > 0;
  const sum = floats[f + (up ? F.hourUpSum : F.hourDownSum)]!;
  const count = floats[f + (up ? F.hourUpCount : F.hourDownCount)]!;
  const by = sum / count;
  if (!(Math.abs(by) >= matters)) return;
  begin(c, budget, 'level-shift', {
    side: up ? 1 : -1,
    expected,
    allowed: Math.max(matters, scale),
    residual: by / scale,
    strength: Math.abs(strength),
    timesThreshold: Math.abs(strength) / threshold,
    reason: shifted(c.watched.sensor, by, count * HOUR_MS),
  });
}

/** Hours, and their sum, since either CUSUM left zero. */
function countShift(c: Context, residual: number): void {
  const { floats, f } = c;
  const up = floats[f + F.hourUp]! > 0;
  const down = floats[f + F.hourDown]! > 0;
  floats[f + F.hourUpCount] = up ? floats[f + F.hourUpCount]! + 1 : 0;
  floats[f + F.hourUpSum] = up ? floats[f + F.hourUpSum]! + residual : 0;
  floats[f + F.hourDownCount] = down ? floats[f + F.hourDownCount]! + 1 : 0;
  floats[f + F.hourDownSum] = down ? floats[f + F.hourDownSum]! + residual : 0;
}

/** Ends an open finding of hours: back to usual, or stayed so long that it is usual now. */
function holdShift(c: Context, residual: number, allowed: number, scale: number, expected: number): void {
  const { floats, f } = c;
  const side = floats[f + F.findingSide]!;
  const wide = openTest(c) === 'rare-context' ? allowed / 2 : Math.max(scale, mattersAt(c, expected) / 2);
  floats[f + F.calmCount] = residual * side < wide ? floats[f + F.calmCount]! + 1 : 0;
  const held = ++floats[f + F.heldBlocks]!;
  if (floats[f + F.calmCount]! >= CALM_BLOCKS) {
    floats[f + F.hourUp] = floats[f + F.hourDown] = 0;
    endUsual(c);
  } else if (held >= ACCEPT_HOURS) {
    floats[f + F.knownStep] = Math.max(floats[f + F.knownStep]!, Math.abs(residual));
    rebase(c, residual);
    c.doubles[c.d + D.nowcast]! -= residual;
    endNewNormal(c, expected + residual, held * HOUR_MS);
  }
}

function learnHour(
  c: Context,
  days: DayKinds,
  closed: number,
  residual: number,
  scale: number,
  elapsed: number,
  ready: boolean,
): void {
  const { doubles, floats, d, f } = c;
  const hours = floats[f + F.hours]!;
  const day = Math.floor(closed / SLOTS);
  const slot = closed - day * SLOTS;
  const off = days.of(day) !== 0;
  const seasonTerm = floats[f + F.seasonWeight]! * floats[f + F.season + slot]!;
  const offTerm = off ? floats[f + F.offWeight]! * floats[f + F.dayOff + slot]! : 0;
  const workDays = floats[f + F.workDays]!;
  const seen = workDays + floats[f + F.offDays]!;
  // While something is out of the ordinary nothing is learned, but for what re-basing does.
  const halted = floats[f + F.finding] !== 0 || floats[f + F.runSide] !== 0;
  if (!halted) {
    // The first day fills the table as it is.
    const bound = seen < 2 ? Infinity : LESSON_SCALES * Math.max(scale, 0.05 * mattersAt(c, doubles[d + D.level]!));
    const lesson = Math.min(bound, Math.max(-bound, residual));
    if (seen >= 1) {
      compareSeason(c, slot, off, residual + seasonTerm + offTerm, seasonTerm, elapsed);
      const gain = Math.max(Math.min(0.25, elapsed / LEVEL_HOURS), seen < 3 ? 1 / (hours + 1) : 0);
      doubles[d + D.level]! += gain * lesson + (elapsed / 24) * floats[f + F.slope]!;
      learnCovariate(c, lesson);
      learnSpread(c, HOUR_FIELDS, residual, elapsed <= 6, Math.max(1 / SCALE_HOURS, 1 / Math.max(1, hours - 20)));
    }
    const lessonOfSeason = lesson + seasonTerm - floats[f + F.season + slot]!;
    if (!off || workDays === 0) {
      floats[f + F.season + slot]! +=
        Math.max(1 / SEASON_DAYS, 1 / (seen + 1)) * (seen === 0 ? residual : lessonOfSeason);
    } else {
      const lessonOfOff = lesson + offTerm - floats[f + F.dayOff + slot]!;
      floats[f + F.dayOff + slot]! += Math.max(1 / OFF_DAYS, 1 / (floats[f + F.offDays]! + 1)) * lessonOfOff;
    }
  }
  floats[f + F.daySum]! += residual;
  floats[f + F.dayCount]!++;
  if (ready && !off) {
    const term = floats[f + F.season + slot]!;
    floats[f + F.gainProduct]! += (residual + seasonTerm) * term;
    floats[f + F.gainSquare]! += term * term;
  }
}

/** Is the season worth taking? Compares what is left with and without it, each learned before the hour came. */
function compareSeason(
  c: Context,
  slot: number,
  off: boolean,
  plain: number,
  _seasonTerm: number,
  elapsed: number,
): void {
  const { floats, f } = c;
  const season = plain - floats[f + F.season + slot]!;
  if (!off || floats[f + F.workDays] === 0) {
    held(c, F.errorPlain, plain, COMPARED_HOURS / elapsed);
    held(c, F.errorSeason, season, COMPARED_HOURS / elapsed);
    floats[f + F.seasonWeight] = worth(floats[f + F.errorSeason]!, floats[f + F.errorPlain]!);
  } else {
    held(c, F.errorSame, plain - floats[f + F.seasonWeight]! * floats[f + F.season + slot]!, COMPARED_HOURS / elapsed);
    held(
      c,
      F.errorOff,
      plain - floats[f + F.seasonWeight]! * floats[f + F.season + slot]! - floats[f + F.dayOff + slot]!,
      COMPARED_HOURS / elapsed,
    );
    floats[f + F.offWeight] =
      floats[f + F.offDays]! >= 2 ? worth(floats[f + F.errorOff]!, floats[f + F.errorSame]!) : 0;
  }
}

function held(c: Context, field: number, error: number, memory: number): void {
  const at = c.f + field;
  const before = c.floats[at]!;
  const square = before > 0 ? Math.min(error * error, 16 * before) : error * error;
  c.floats[at] = before + Math.max(1 / memory, before === 0 ? 1 : 0) * (square - before);
}

function worth(withIt: number, without: number): number {
  if (!(without > 0)) return 0;
  return Math.min(1, Math.max(0, (1 - withIt / without - EXPLAINS) / (EXPLAINS_WELL - EXPLAINS)));
}

/** Width of the band around an hour that hours rarely leave; for the page. */
export function bandOfHours(c: Context, expected: number): number {
  const { floats, f } = c;
  if (floats[f + F.workDays]! + floats[f + F.offDays]! < 2) return allowedNow(c, expected);
  return Math.max(floats[f + F.threshold + TEST['rare-context']]! * floats[f + F.hourScale]!, mattersAt(c, expected));
}
