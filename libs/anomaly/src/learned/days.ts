import type { Budget } from './budget.js';
import { DAY_MS } from './calendar.js';
import type { Context } from './context.js';
import { addBlock, learnSpread, longRun, type CusumFields } from './cusum.js';
import { begin, endNewNormal, endUsual, openTest } from './findings.js';
import { D, F, K, S, SLOTS } from './layout.js';
import type { DayKind } from './port.js';
import { forgetSeason } from './season.js';
import { drifted, lostItsDay } from './sentences.js';
import { KNOWN_STEPS, mattersAt, rebase } from './step.js';

export const DAY_FIELDS: CusumFields = {
  scale: F.dayScale,
  variance: F.dayVar,
  covariance: F.dayCov,
  last: F.dayLast,
  up: F.dayUp,
  down: F.dayDown,
};

/** The anchor follows in a month and a half, its slope in two. Drift is judged after six weeks. */
const ANCHOR_DAYS = 45;
const SLOPE_DAYS = 60;
const SCALE_DAYS = 60;
const LEAST_DAYS = 42;
const SETTLED_DAYS = 14;
/** A sensor put in the middle of a day has its first day the day after. */
const FIRST_DAY_MS = 0.9 * DAY_MS;
/** Strength of the CUSUM of days to speak at: exp(-9) a day is one in 22 years, for days that are as they should be. */
const DRIFT_STRENGTH = 9;
/** Days' standard deviations that a drift must have gone. */
const LEAST_DRIFT = 2;
const DRIFT_ACCEPT_DAYS = 7;
const SUSPECT_STRENGTH = 1.5;
const SUSPECT_TRUST = 0.3;
/** A season is lost when less than so much of it is left two days running, and it was steady before. */
const LOST_SHARE = 0.4;
const FOUND_SHARE = 0.7;
const LOST_DAYS = 2;
const STEADY = 0.15;
const STEADY_DAYS = 20;
/** Of a course worth the name; the weight it is taken with falls before two days are over. */
const LARGEST_DEVIATION = 0.3;
const LOST_SCALES = 3;
const LOST_ACCEPT_DAYS = 7;
const REPEAT_FADE = 0.98;

/** Ends a local day: its mean for the drift, its course for the season. */
export function closeDay(c: Context, budget: Budget, kind: DayKind): void {
  const { doubles, floats, d, f } = c;
  const count = c.small[c.s + S.dayCount]!;
  const mean = count > 0 ? floats[f + F.daySum]! / count : 0;
  floats[f + F.daySum] = c.small[c.s + S.dayCount] = 0;
  if (floats[f + F.workDays] === 0 && floats[f + F.offDays] === 0) {
    if (c.atMs - doubles[d + D.readySinceMs]! < FIRST_DAY_MS) return;
    endFirstDay(c);
  }
  floats[f + (kind === 0 ? F.workDays : F.offDays)]!++;
  floats[f + F.repeatLongest]! *= REPEAT_FADE;
  judgeSeason(c, budget);
  if (kind !== 2 && count > 0) judgeDrift(c, budget, doubles[d + D.level]! + mean - doubles[d + D.anchor]!);
}

/** The first full day left its hours in the table as they were above the first reading: its mean becomes the level. */
function endFirstDay(c: Context): void {
  const { doubles, floats, d, f } = c;
  let sum = 0;
  let filled = 0;
  for (let slot = 0; slot < SLOTS; slot++) {
    sum += floats[f + F.season + slot]!;
    if (floats[f + F.season + slot] !== 0) filled++;
  }
  const mean = filled > 0 ? sum / filled : 0;
  for (let slot = 0; slot < SLOTS; slot++) if (floats[f + F.season + slot] !== 0) floats[f + F.season + slot]! -= mean;
  doubles[d + D.level]! += mean;
  doubles[d + D.anchor] = doubles[d + D.level]!;
}

function judgeDrift(c: Context, budget: Budget, away: number): void {
  const { doubles, floats, d, f } = c;
  const days = floats[f + F.workDays]! + floats[f + F.offDays]!;
  const scale = Math.max(floats[f + F.dayScale]!, 1e-3 * c.settings[c.k + K.minDeviation]!, 1e-9);
  const open = openTest(c);
  if (open === 'drift') return holdDrift(c, away);
  if (floats[f + F.settling]! > 0) {
    doubles[d + D.anchor] = doubles[d + D.level]!;
    floats[f + F.dayUp] = floats[f + F.dayDown] = 0;
    return;
  }
  const ready = days >= LEAST_DAYS;
  const level = doubles[d + D.level]!;
  let strength = 0;
  if (ready) {
    const matters = Math.max(mattersAt(c, level), KNOWN_STEPS * floats[f + F.knownStep]!, LEAST_DRIFT * scale);
    strength = addBlock(c, DAY_FIELDS, away, scale, mattersAt(c, level), longRun(c, DAY_FIELDS));
    const threshold = DRIFT_STRENGTH * budget.bar(c, 'drift');
    if (open === undefined && Math.abs(strength) > threshold && Math.abs(away) >= matters && away * strength > 0) {
      const began = begin(c, budget, 'drift', {
        side: away > 0 ? 1 : -1,
        away: { by: away, overMs: DAY_MS },
        expected: doubles[d + D.anchor]!,
        allowed: Math.max(matters, 3 * scale),
        residual: away / scale,
        strength: Math.abs(strength),
        tail: null,
        timesThreshold: Math.abs(strength) / threshold,
        reason: drifted(c.sensor(), away, Math.min(days, ANCHOR_DAYS)),
      });
      if (began) return;
    }
  }
  const bound = ready ? 2.5 * Math.max(scale, 0.05 * mattersAt(c, level)) : Infinity;
  const lesson = Math.min(bound, Math.max(-bound, away));
  // What may be a drift must not become the usual before it is told.
  const trust = Math.abs(strength) > SUSPECT_STRENGTH ? SUSPECT_TRUST : 1;
  const gain = trust * Math.max(1 / ANCHOR_DAYS, 1 / (days + 1));
  doubles[d + D.anchor]! += gain * lesson + floats[f + F.slope]!;
  if (days > 14) floats[f + F.slope]! += (gain / SLOPE_DAYS) * lesson;
  // Two weeks later anew: until then it is the learning that moves.
  const count = days > SETTLED_DAYS ? days - SETTLED_DAYS + 3 : days - 2;
  if (days > 3) learnSpread(c, DAY_FIELDS, away, true, trust * Math.max(1 / SCALE_DAYS, 1 / count));
}

function holdDrift(c: Context, away: number): void {
  const { doubles, floats, d, f } = c;
  const side = floats[f + F.findingSide]!;
  const held = ++c.small[c.s + S.heldBlocks]!;
  if (away * side < mattersAt(c, doubles[d + D.level]!) / 2) {
    floats[f + F.dayUp] = floats[f + F.dayDown] = 0;
    endUsual(c);
  } else if (held >= DRIFT_ACCEPT_DAYS) {
    doubles[d + D.anchor]! += away;
    floats[f + F.dayUp] = floats[f + F.dayDown] = 0;
    endNewNormal(c, doubles[d + D.anchor]!, held * DAY_MS);
  }
}

/** How much of the season the day had: 1 usually, 0 where it was flat. */
function judgeSeason(c: Context, budget: Budget): void {
  const { floats, f } = c;
  const square = floats[f + F.gainSquare]!;
  const share = floats[f + F.gainProduct]! / square;
  floats[f + F.gainProduct] = floats[f + F.gainSquare] = 0;
  if (!(square > 0) || !Number.isFinite(share)) return;
  const open = openTest(c);
  if (open === 'lost-season') {
    const held = ++c.small[c.s + S.heldBlocks]!;
    if (share > FOUND_SHARE) endUsual(c);
    else if (held >= LOST_ACCEPT_DAYS) {
      forgetSeason(c);
      endNewNormal(c, c.doubles[c.d + D.level]!, held * DAY_MS);
    }
    return;
  }
  const days = floats[f + F.workDays]!;
  const deviation = floats[f + F.gainDeviation]!;
  const swing = Math.sqrt(square / SLOTS);
  const bar = budget.bar(c, 'lost-season');
  const steady = days >= STEADY_DAYS && deviation < LARGEST_DEVIATION;
  const lost = steady && share < LOST_SHARE && 1 - share > LOST_SCALES * bar * Math.max(STEADY, deviation);
  floats[f + F.gainLost] =
    lost && Math.SQRT2 * swing >= mattersAt(c, c.doubles[c.d + D.level]!) / 2 ? floats[f + F.gainLost]! + 1 : 0;
  if (floats[f + F.gainLost]! >= LOST_DAYS && open === undefined) {
    begin(c, budget, 'lost-season', {
      side: 0,
      expected: c.base,
      allowed: 2 * swing,
      residual: (share - 1) / Math.max(STEADY, deviation),
      strength: (1 - share) / Math.max(STEADY, deviation),
      tail: null,
      timesThreshold: (1 - share) / (1 - LOST_SHARE),
      reason: lostItsDay(c.sensor(), share),
    });
  }
  if (!lost)
    floats[f + F.gainDeviation]! +=
      Math.max(1 / 60, 1 / (days + 1)) * (Math.min(2, Math.abs(share - 1)) * 1.2533 - deviation);
}

/** The present level becomes the usual one at once. */
export function takeAsUsual(c: Context): void {
  const { doubles, floats, d, f } = c;
  const isRunning = floats[f + F.runSide] !== 0;
  const by = isRunning ? floats[f + F.runMean]! : floats[f + F.halfDay]!;
  rebase(c, by);
  doubles[d + D.anchor] = doubles[d + D.level]!;
  // The nowcast did not follow the run, but it followed all else.
  if (!isRunning) doubles[d + D.nowcast]! -= by;
}
