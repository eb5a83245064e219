import { PRIORITY_OF_LIMIT, type Words } from '@lifeline/catalogue';
import { FLAG, ROW } from '../row.js';
import { rateCalm, rateHigh } from '../sentences.js';
import type { RatePoints } from './rate-points.js';
import { after, notBefore, limitSpeaks, WAY_BACK_MS, type RuleContext } from './rule.js';

/**
 * Rate of change over a window W (a minute, or the time for which the type states its rate). The readings of a quarter of W
 * make a point: first and last time, least and greatest value, how many. Now (the newest point and the one before: two
 * readings at least) is set against then (a point at least W earlier, two readings at least): a rise counts only from the
 * greatest of then to the least of now, a fall the other way round, over the time between the two. So a ramp gives its slope,
 * a step its height over W, and spikes, alone or repeated, give nothing unless every reading of a point is one.
 *
 * While a limit of the sensor is passed, the limit speaks: a rate does not begin while the limit's condition is on or its
 * on-delay runs (where that is no longer than W), and what was measured by the off-delay and W (at most a quarter of an
 * hour) after its end counts for no rate. A rate that began before the limit was passed goes on and ends by itself.
 */
/** The rate must fall under this share of the limit, twice in a row, to end the condition. */
const CLEARING = 0.8;
const BACK_COUNT = 2;

/** Takes a reading in; judges once a point, so that the cost a reading stays a few comparisons. */
export function judgeRate(context: RuleContext, points: RatePoints, atMs: number, value: number): void {
  const { row, rows } = context;
  const pointsRow = rows.pointsRow(row);
  if (pointsRow < 0) return;
  // A rate that is on has to end.
  if (context.flags[context.flag + FLAG.rate] === 0 && limitSpeaksOfLate(context, atMs)) points.forget(pointsRow);
  else if (points.take(pointsRow, atMs, value, rows.pointMs(row))) {
    const perMinute = points.perMinute(pointsRow, context.watch.rateWindowMs);
    if (!Number.isNaN(perMinute)) decide(context, perMinute, atMs, value);
  }
}

function limitSpeaksOfLate(context: RuleContext, atMs: number): boolean {
  if (!limitSpeaks(context, atMs, WAY_BACK_MS)) return false;
  return limitSpeaks(context, atMs, Math.min(context.watch.rateWindowMs, WAY_BACK_MS));
}

/** The value is past a limit whose on-delay runs: within the window the limit is on, or the value is back. */
function limitIsNear({ flags, flag, watch }: RuleContext): boolean {
  return flags[flag + FLAG.side] !== 0 && watch.onDelayMs <= watch.rateWindowMs;
}

function decide(context: RuleContext, perMinute: number, atMs: number, value: number): void {
  const { state, flags, base, flag, watch } = context;
  const size = Math.abs(perMinute);
  if (flags[flag + FLAG.rate] === 0) {
    if (size > watch.ratePerMinute && !limitIsNear(context))
      push(context, 'begin', Math.sign(perMinute), atMs, value, rateHigh(watch, perMinute, watch.ratePerMinute));
    return;
  }
  if (size > watch.ratePerMinute * CLEARING) flags[flag + FLAG.rateBackCount] = 0;
  else if (++flags[flag + FLAG.rateBackCount]! >= BACK_COUNT)
    push(context, 'end', 0, after(state[base + ROW.rateChangedMs]!, atMs), value, rateCalm(watch));
}

function push(
  { state, flags, base, flag, watch, out }: RuleContext,
  change: 'begin' | 'end',
  direction: number,
  atMs: number,
  value: number,
  reason: Words,
) {
  flags[flag + FLAG.rate] = direction;
  const time = notBefore(state[base + ROW.rateChangedMs]!, atMs);
  state[base + ROW.rateChangedMs] = time;
  flags[flag + FLAG.rateBackCount] = 0;
  out.push({
    sensorNo: watch.sensorNo,
    rule: 'rate',
    change,
    limit: 'rate',
    limitValue: watch.ratePerMinute,
    priority: PRIORITY_OF_LIMIT.rate,
    atMs: time,
    value,
    reason,
  });
}
