import { baselineAt, slotAt } from './baseline.js';
import type { Budget } from './budget.js';
import { HOUR_MS, type DayKinds } from './calendar.js';
import type { Context } from './context.js';
import { closeDay } from './days.js';
import { begin, openTest } from './findings.js';
import { judgeFluctuation } from './fluctuation.js';
import { D, F, K, S, SLOTS } from './layout.js';
import { rareAtThisHour } from './sentences.js';
import { learnHour } from './season.js';
import { holdShift, judgeShift, learnHours, type Hour } from './shift.js';
import { allowedNow, KNOWN_STEPS, mattersAt, rebase } from './step.js';
import { closeBlock, seeStrength, TAIL } from './tails.js';

/** Days, and hours, learned before hours are judged. */
const LEAST_DAYS = 14;
const LEAST_HOURS = 28;
/** On a holiday an hour may be so many times as far off. */
const HOLIDAY_FACTOR = 2;
const RARE_HOURS = 2;
const LEAST_ORDINARY_DAYS = 7;

const hour: Hour = { residual: 0, expected: 0, scale: 0, elapsed: 1, isOdd: false, trust: 1 };

/** Ends the running hour, and with it the day and the blocks of the tails where they end; `hourNo`: of the reading that comes, `closed`: of the one before, NaN where
 * there was none. */
export function closeHour(c: Context, budget: Budget, days: DayKinds, hourNo: number, closed: number): void {
  const { doubles, floats, d, f } = c;
  const count = floats[f + F.hourCount]!;
  const mean = floats[f + F.hourSum]! / count;
  floats[f + F.hourSum] = floats[f + F.hourCount] = 0;
  if (count > 0) {
    const before = baselineAt(c, c.localMs, days);
    takeHour(c, budget, days, closed, mean, Math.min(24, Math.max(1, hourNo - closed)));
    const day = Math.floor(closed / SLOTS);
    if (Math.floor(hourNo / SLOTS) !== day) closeDay(c, budget, days.of(day));
    // The nowcast goes on where it was: only the share of the baseline in it has changed.
    doubles[d + D.nowcast]! += before - baselineAt(c, c.localMs, days);
  }
  c.base = baselineAt(c, c.localMs, days);
  if (Math.floor(closed / 6) === Math.floor(hourNo / 6)) return;
  closeBlock(c, TAIL.spike);
  closeBlock(c, TAIL.step);
  if (Math.floor(closed / SLOTS) !== Math.floor(hourNo / SLOTS))
    for (const tail of [TAIL.hour, TAIL.shift, TAIL.sums, TAIL.fluctuation]) closeBlock(c, tail);
  budget.age(c, (Math.floor(hourNo / 6) - Math.floor(closed / 6)) * 6 * HOUR_MS);
}

function takeHour(c: Context, budget: Budget, days: DayKinds, closed: number, mean: number, elapsed: number): void {
  const { doubles, floats, d, f } = c;
  const day = Math.floor(closed / SLOTS);
  const slot = closed - day * SLOTS;
  const isOff = days.of(day) === 0 ? 0 : 1;
  const hours = ++floats[f + F.hours]!;
  floats[f + F.settling] = Math.max(0, floats[f + F.settling]! - elapsed);
  hour.residual = backToKnownLevel(c, mean);
  hour.expected = doubles[d + D.level]! + slotAt(c, closed, days);
  hour.scale = Math.max(floats[f + F.hourScale]!, 1e-3 * c.settings[c.k + K.minDeviation]!, 1e-9);
  hour.elapsed = elapsed;
  hour.isOdd = days.of(day) === 2 || days.of(day - 1) === 2;
  const daysSeen = floats[f + F.workDays]! + floats[f + F.offDays]!;
  const ready = hours >= LEAST_HOURS && daysSeen >= LEAST_DAYS;
  if (ready) judgeHour(c, budget, slot);
  judgeShift(c, budget, hour, ready);
  judgeFluctuation(c, budget, slot, ready);
  floats[f + F.daySum]! += hour.residual;
  c.small[c.s + S.dayCount]!++;
  if (ready && isOff === 0) {
    const season = floats[f + F.season + slot]!;
    floats[f + F.gainProduct]! += (hour.residual + floats[f + F.seasonWeight]! * season) * season;
    floats[f + F.gainSquare]! += season * season;
  }
  // While something is out of the ordinary nothing is learned, but for what re-basing does.
  if (floats[f + F.finding] !== 0 || floats[f + F.runSide] !== 0) return;
  // Nor on a holiday, which is its own rule, once a few days are known.
  if (hour.isOdd && daysSeen >= LEAST_ORDINARY_DAYS) return;
  learnHour(c, slot, isOff, hour);
  if (daysSeen >= 1) learnHours(c, hour);
}

/** Where the level before the last re-basing fits far better, it is taken up again, for some days: a plant of two levels. */
function backToKnownLevel(c: Context, mean: number): number {
  const { doubles, floats, d, f } = c;
  const away = doubles[d + D.levelBefore]! - doubles[d + D.level]!;
  if (floats[f + F.knownStep]! < Math.abs(away) / 2 || !(Math.abs(mean - away) < 0.3 * Math.abs(away))) return mean;
  rebase(c, away);
  doubles[d + D.nowcast]! -= away;
  return mean - away;
}

/** An hour unlike this hour of such a day, and the next one too. */
function judgeHour(c: Context, budget: Budget, slot: number): void {
  const { floats, f } = c;
  const { residual, expected, scale } = hour;
  const matters = Math.max(mattersAt(c, expected), KNOWN_STEPS * floats[f + F.knownStep]!);
  const band = Math.max(floats[f + F.threshold + TAIL.hour]! * scale, matters);
  const allowed = hour.isOdd ? HOLIDAY_FACTOR * band : band;
  const outside = Math.abs(residual) > allowed ? Math.sign(residual) : 0;
  const run = floats[f + F.hourRun]!;
  floats[f + F.hourRun] = outside === 0 ? 0 : Math.sign(run) === outside ? run + outside : outside;
  const open = openTest(c);
  if (open !== undefined) {
    holdShift(c, hour, open === 'rare-context' ? allowed / 2 : Math.max(scale, mattersAt(c, expected) / 2));
    return;
  }
  if (outside === 0) seeStrength(c, TAIL.hour, Math.abs(residual) / scale);
  if (Math.abs(floats[f + F.hourRun]!) < RARE_HOURS) return;
  begin(c, budget, 'rare-context', {
    side: residual > 0 ? 1 : -1,
    away: { by: residual, overMs: RARE_HOURS * HOUR_MS },
    expected,
    allowed,
    residual: residual / scale,
    strength: Math.abs(residual) / scale,
    tail: TAIL.hour,
    timesThreshold: Math.abs(residual) / allowed,
    reason: rareAtThisHour(c.sensor(), expected + residual, expected, allowed, slot),
  });
}

/** Width of the band around an hour that hours rarely leave; for the page. */
export function bandOfHours(c: Context, expected: number): number {
  const { floats, f } = c;
  if (floats[f + F.workDays]! + floats[f + F.offDays]! < 2) return allowedNow(c, expected);
  return Math.max(floats[f + F.threshold + TAIL.hour]! * floats[f + F.hourScale]!, mattersAt(c, expected));
}
