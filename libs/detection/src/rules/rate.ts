import { PRIORITY_OF_LIMIT, type Words } from '@lifeline/catalogue';
import { ROW } from '../row.js';
import { rateCalm, rateHigh } from '../sentences.js';
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
const POINTS = 8;
const FIELDS = 5;
const FIRST = 0;
const LAST = 1;
const LEAST = 2;
const GREATEST = 3;
const COUNT = 4;
/** Position of the newest point, and how many there are. */
const NEWEST = POINTS * FIELDS;
const HELD = NEWEST + 1;
export const BLANK_POINTS = new Float64Array(HELD + 1);

const POINT_OF_WINDOW = 0.25;
/** The rate must fall under this share of the limit, twice in a row, to end the condition. */
const CLEARING = 0.8;
const BACK_COUNT = 2;

/** Takes a reading in; judges once a point, so that the cost a reading stays a few comparisons. */
export function judgeRate(context: RuleContext, points: Float64Array, at: number, atMs: number, value: number): void {
  // A rate that is on has to end.
  const on = context.state[context.base + ROW.rate] !== 0;
  if (!on && limitSpeaks(context, atMs, Math.min(context.watch.rateWindowMs, WAY_BACK_MS))) {
    points[at + HELD] = 0;
    return;
  }
  const held = points[at + HELD]!;
  const newest = at + points[at + NEWEST]! * FIELDS;
  if (held > 0 && atMs - points[newest + FIRST]! < context.watch.rateWindowMs * POINT_OF_WINDOW) {
    points[newest + LAST] = atMs;
    if (value < points[newest + LEAST]!) points[newest + LEAST] = value;
    if (value > points[newest + GREATEST]!) points[newest + GREATEST] = value;
    points[newest + COUNT]!++;
    return;
  }
  const next = held === 0 ? 0 : (points[at + NEWEST]! + 1) % POINTS;
  points[at + NEWEST] = next;
  points[at + HELD] = Math.min(POINTS, held + 1);
  const p = at + next * FIELDS;
  points[p + FIRST] = points[p + LAST] = atMs;
  points[p + LEAST] = points[p + GREATEST] = value;
  points[p + COUNT] = 1;
  const perMinute = ratePerMinute(points, at, context.watch.rateWindowMs);
  if (!Number.isNaN(perMinute)) decide(context, perMinute, atMs, value);
}

/** The value is past a limit whose on-delay runs: within the window the limit is on, or the value is back. */
function limitIsNear({ state, base, watch }: RuleContext): boolean {
  return state[base + ROW.side] !== 0 && watch.onDelayMs <= watch.rateWindowMs;
}

/** Signed; NaN while there are too few readings. */
function ratePerMinute(points: Float64Array, at: number, windowMs: number): number {
  const held = points[at + HELD]!;
  const pointBack = (back: number) => at + ((points[at + NEWEST]! - back + POINTS) % POINTS) * FIELDS;
  if (held < 3) return NaN;
  const now = pointBack(0);
  const before = pointBack(1);
  const leastNow = Math.min(points[now + LEAST]!, points[before + LEAST]!);
  const greatestNow = Math.max(points[now + GREATEST]!, points[before + GREATEST]!);
  const nowFromMs = points[before + FIRST]!;
  for (let back = 2; back < held; back++) {
    const then = pointBack(back);
    const gapMs = nowFromMs - points[then + LAST]!;
    if (gapMs < windowMs) continue;
    let least = points[then + LEAST]!;
    let greatest = points[then + GREATEST]!;
    if (points[then + COUNT]! < 2) {
      if (back + 1 >= held) return NaN;
      const earlier = pointBack(back + 1);
      least = Math.min(least, points[earlier + LEAST]!);
      greatest = Math.max(greatest, points[earlier + GREATEST]!);
    }
    const rise = leastNow - greatest;
    const fall = least - greatestNow;
    return (Math.max(rise, fall, 0) * (fall > rise ? -1 : 1) * 60_000) / gapMs;
  }
  return NaN;
}

function decide(context: RuleContext, perMinute: number, atMs: number, value: number): void {
  const { state, base, watch } = context;
  const size = Math.abs(perMinute);
  if (state[base + ROW.rate] === 0) {
    if (size > watch.ratePerMinute && !limitIsNear(context))
      push(context, 'begin', Math.sign(perMinute), atMs, value, rateHigh(watch, perMinute, watch.ratePerMinute));
    return;
  }
  if (size > watch.ratePerMinute * CLEARING) state[base + ROW.rateBackCount] = 0;
  else if (++state[base + ROW.rateBackCount]! >= BACK_COUNT)
    push(context, 'end', 0, after(state[base + ROW.rateChangedMs]!, atMs), value, rateCalm(watch));
}

function push(
  { state, base, watch, out }: RuleContext,
  change: 'begin' | 'end',
  direction: number,
  atMs: number,
  value: number,
  reason: Words,
) {
  state[base + ROW.rate] = direction;
  const time = notBefore(state[base + ROW.rateChangedMs]!, atMs);
  state[base + ROW.rateChangedMs] = time;
  state[base + ROW.rateBackCount] = 0;
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
