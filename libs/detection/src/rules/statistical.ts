import { PRIORITY_OF_LIMIT, type Words } from '@lifeline/catalogue';
import { ROW } from '../row.js';
import { newNormal, unusual, usualAgain } from '../sentences.js';
import { after, limitSpeaks, WAY_BACK_MS, type RuleContext } from './rule.js';

/**
 * A band that follows the sensor: an exponentially weighted centre, and a scale from the exponentially weighted mean absolute
 * deviation (times sqrt(pi/2), its ratio to the standard deviation under the normal law). A reading outside centre ±
 * max(8 scales, smallest deviation that matters) is not learned from; that bounds what one outlier, or a thousand, can do to
 * the band (the idea of Huber's redescending estimates, "Robust Statistics", 1981, with a hard cut). A finding begins when the
 * readings stay outside on one side for the confirming time, and ends when they are back.
 *
 * The centre forgets in half an hour, or eight readings of a slow sensor, so that the daily cycle is followed; the scale in
 * two hours. What stays outside for an hour, and 30 readings, is accepted as the new normal; a step of that size (and a quarter
 * more) is then known for a week, so that a plant that works at two levels is a finding once, not each time.
 *
 * A finding does not begin while a limit of the sensor is on, nor on the way back: its off-delay and a quarter of an hour.
 *
 * False alarms are bounded by three things at once: 8 scales, a deviation that matters to people, and minutes outside.
 */
const SCALES = 8;
const MEAN_DEVIATION_TO_SIGMA = Math.sqrt(Math.PI / 2);
const CENTRE_MS = 30 * 60_000;
const SCALE_MS = 120 * 60_000;
/** Largest step of learning from one reading, where readings are far apart: about eight readings of memory. */
const LARGEST_GAIN = 0.125;
const WARM_UP_READINGS = 200;
const WARM_UP_MS = 5 * 60_000;
const RUN_READINGS = 5;
/** So many readings inside, one after the other, break a run outside. */
const INSIDE_BREAKS = 3;
const ACCEPT_MS = 60 * 60_000;
const ACCEPT_READINGS = 30;
const KNOWN_STEPS = 1.25;
const KNOWN_MS = 7 * 86_400_000;
/** Back inside half the band for so many readings and so long ends the finding. */
const CALM_READINGS = 3;
const CALM_MS = 60_000;
/** After so long a gap, or ten intervals, what was usual is learned anew. */
const FORGET_MS = 6 * 3_600_000;
const FORGET_READINGS = 10;

/** Takes a good reading in. Readings of other quality must not come here: they teach nothing. */
export function judgeBand(context: RuleContext, atMs: number, value: number, intervalMs: number): void {
  const { state, base, watch } = context;
  const passedMs = atMs - state[base + ROW.judgedMs]!;
  if (passedMs > Math.max(FORGET_MS, FORGET_READINGS * intervalMs)) learnAnew(context, atMs, value);
  state[base + ROW.judgedMs] = atMs;

  const learned = state[base + ROW.learned]!;
  if (learned === 0) state[base + ROW.learnedSinceMs] = atMs;
  const ready = learned >= WARM_UP_READINGS && atMs - state[base + ROW.learnedSinceMs]! >= WARM_UP_MS;
  const residual = learned === 0 ? 0 : value - state[base + ROW.centre]!;
  const allowed = Math.max(
    SCALES * state[base + ROW.scale]!,
    KNOWN_STEPS * state[base + ROW.knownStep]!,
    watch.minDeviation,
    watch.minShare * Math.abs(state[base + ROW.centre]!),
  );
  const side = ready && Math.abs(residual) > allowed ? Math.sign(residual) : 0;

  if (side === 0) {
    learn(state, base, value, residual, passedMs);
    if (state[base + ROW.runSide] !== 0 && ++state[base + ROW.runInside]! >= INSIDE_BREAKS)
      state[base + ROW.runSide] = 0;
  } else if (extendRun(state, base, side, atMs, value, watch.confirmMs)) {
    const begins =
      state[base + ROW.finding] === 0 &&
      !limitSpeaks(context, atMs, WAY_BACK_MS) &&
      !context.isExplained(watch.sensorNo);
    const heldMs = atMs - state[base + ROW.runSinceMs]!;
    if (begins)
      push(context, 'begin', side, atMs, value, unusual(watch, value, state[base + ROW.centre]!, allowed, heldMs));
    if (isAccepted(state, base, atMs)) accept(context, atMs, value);
  }
  if (state[base + ROW.finding] !== 0 && ready) calmDown(context, atMs, value, residual, allowed);
}

/** A person said that what is now is usual. */
export function acceptBand(context: RuleContext): void {
  const { state, base } = context;
  if (state[base + ROW.runSide] !== 0) accept(context, state[base + ROW.judgedMs]!, state[base + ROW.lastValue]!);
}

function learn(state: Float64Array, base: number, value: number, residual: number, passedMs: number): void {
  const learned = ++state[base + ROW.learned]!;
  if (learned === 1) {
    state[base + ROW.centre] = value;
    return;
  }
  // A running mean until the memory is full; then the share of the time that has passed.
  const centreGain = Math.min(LARGEST_GAIN, passedMs / CENTRE_MS);
  const scaleGain = Math.min(LARGEST_GAIN, passedMs / SCALE_MS);
  state[base + ROW.centre]! += Math.max(centreGain, 1 / learned) * residual;
  state[base + ROW.knownStep]! *= 1 - Math.min(1, passedMs / KNOWN_MS);
  const deviation = Math.abs(residual) * MEAN_DEVIATION_TO_SIGMA;
  state[base + ROW.scale]! += Math.max(scaleGain, 1 / (learned - 1)) * (deviation - state[base + ROW.scale]!);
}

/** Counts a reading outside; gives whether the run is confirmed. */
function extendRun(
  state: Float64Array,
  base: number,
  side: number,
  atMs: number,
  value: number,
  confirmMs: number,
): boolean {
  if (state[base + ROW.runSide] !== side) {
    state[base + ROW.runSide] = side;
    state[base + ROW.runCount] = 0;
    state[base + ROW.runSinceMs] = atMs;
    state[base + ROW.runMean] = value;
  }
  state[base + ROW.runInside] = 0;
  const count = ++state[base + ROW.runCount]!;
  const gain = Math.max(1 / count, 1 / ACCEPT_READINGS);
  state[base + ROW.runMean]! += gain * (value - state[base + ROW.runMean]!);
  return count >= RUN_READINGS && atMs - state[base + ROW.runSinceMs]! >= confirmMs;
}

function isAccepted(state: Float64Array, base: number, atMs: number): boolean {
  return state[base + ROW.runCount]! >= ACCEPT_READINGS && atMs - state[base + ROW.runSinceMs]! >= ACCEPT_MS;
}

function accept(context: RuleContext, atMs: number, value: number): void {
  const { state, base, watch } = context;
  const level = state[base + ROW.runMean]!;
  const step = Math.abs(level - state[base + ROW.centre]!);
  const heldMs = atMs - state[base + ROW.runSinceMs]!;
  state[base + ROW.knownStep] = Math.max(state[base + ROW.knownStep]!, step);
  state[base + ROW.centre] = level;
  state[base + ROW.runSide] = 0;
  if (state[base + ROW.finding] !== 0) push(context, 'end', 0, atMs, value, newNormal(watch, level, heldMs));
}

function calmDown(context: RuleContext, atMs: number, value: number, residual: number, allowed: number): void {
  const { state, base, watch } = context;
  if (Math.abs(residual) > allowed / 2) {
    state[base + ROW.calmCount] = 0;
    return;
  }
  if (++state[base + ROW.calmCount]! === 1) state[base + ROW.calmSinceMs] = atMs;
  if (state[base + ROW.calmCount]! >= CALM_READINGS && atMs - state[base + ROW.calmSinceMs]! >= CALM_MS)
    push(context, 'end', 0, atMs, value, usualAgain(watch, value));
}

function learnAnew(context: RuleContext, atMs: number, value: number): void {
  const { state, base, watch } = context;
  if (state[base + ROW.finding] !== 0) push(context, 'end', 0, atMs, value, newNormal(watch, value, 0));
  state[base + ROW.learned] = 0;
  state[base + ROW.scale] = 0;
  state[base + ROW.runSide] = 0;
}

function push(
  { state, base, watch, out }: RuleContext,
  change: 'begin' | 'end',
  side: number,
  atMs: number,
  value: number,
  reason: Words,
) {
  const time = after(state[base + ROW.findingBeganMs]!, atMs);
  state[base + ROW.finding] = side;
  state[base + ROW.findingBeganMs] = change === 'begin' ? time : NaN;
  state[base + ROW.calmCount] = 0;
  out.push({
    sensorNo: watch.sensorNo,
    rule: 'statistical',
    change,
    limit: 'band',
    limitValue: null,
    priority: PRIORITY_OF_LIMIT.band,
    atMs: time,
    value,
    reason,
  });
}
