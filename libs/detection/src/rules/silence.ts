import { PRIORITY_OF_LIMIT, type Words } from '@lifeline/catalogue';
import { BAD_COUNT, FLAG, MOST_BAD, ROW, ROW_LENGTH } from '../row.js';
import type { SensorRows } from '../sensor-rows.js';
import { groupHeardAgain, groupSilent, heardAgain, onlyBad, silent } from '../sentences.js';
import { after, notBefore, type RuleContext } from './rule.js';
import type { SilenceGroup, SilenceGroups } from './silence-group.js';

/** A bad value never raises a process alarm, it raises a device alarm (domain 9): after so many in a row and so long. */
const BAD_READINGS = 5;
const BAD_FOR_MS = 60_000;

/**
 * Silence is told by arrivals, by our own clock: a device whose clock is wrong, or a gateway that brings an hour at once, is
 * not silent. Times of this rule are therefore arrival times.
 */

/**
 * When the sensor's silence becomes an alarm, nothing more arriving; Infinity before its first reading ever, and while its
 * alarm is on.
 */
export function silenceDueMs(rows: SensorRows, row: number, watchingSinceMs: number): number {
  if (rows.silence(row) !== 0) return Infinity;
  const lastMs = rows.heardMs(row);
  if (Number.isNaN(lastMs)) return Infinity;
  const fromMs = Math.max(lastMs, watchingSinceMs, rows.state[row * ROW_LENGTH + ROW.silenceFromMs]!);
  return fromMs + rows.watch(row).staleAfterMs;
}

export function beginSilence(context: RuleContext, dueMs: number): void {
  push(context, 'begin', 1, dueMs, silent(context.watch, context.watch.staleAfterMs));
}

/** All of the group are silent: the alarm of the context's sensor tells it for them. */
export function beginGroupSilence(
  context: RuleContext,
  groups: SilenceGroups,
  group: SilenceGroup,
  dueMs: number,
): void {
  const count = groups.countSilent(group);
  push(context, 'begin', group.mark, dueMs, groupSilent(group.kind, group.id, count, context.watch.staleAfterMs));
}

/** One of the group was heard, of which the context's sensor speaks. */
export function endGroupSilence(context: RuleContext, group: SilenceGroup, arrivedAtMs: number): void {
  const atMs = after(context.state[context.base + ROW.silenceChangedMs]!, arrivedAtMs);
  push(context, 'end', 0, atMs, groupHeardAgain(group.kind, group.id));
}

/** A bad reading arrived: enough of them in a row are a fault of the device. */
export function hearBad(context: RuleContext, arrivedAtMs: number): void {
  const { state, flags, base, flag, rows } = context;
  const heardMs = rows.heardMs(context.row);
  const at = flag / 2 + BAD_COUNT;
  const count = Math.min(MOST_BAD, rows.counts[at]! + 1);
  rows.counts[at] = count;
  if (count === 1) state[base + ROW.badSinceMs] = arrivedAtMs;
  state[base + ROW.badLastMs] = arrivedAtMs;
  if (!(arrivedAtMs >= heardMs)) rows.lookAgain(context.row);
  const forMs = arrivedAtMs - state[base + ROW.badSinceMs]!;
  if (flags[flag + FLAG.silence] === 0 && count >= BAD_READINGS && forMs >= BAD_FOR_MS)
    push(context, 'begin', 2, arrivedAtMs, onlyBad(context.watch, count, forMs));
}

/** A reading arrived that is not bad. */
export function hearGood(context: RuleContext, arrivedAtMs: number): void {
  const { state, flags, base, flag, rows } = context;
  // Later arrivals put silence off, which is seen when it is looked at; the first, and earlier ones, bring it nearer.
  if (!(arrivedAtMs >= state[base + ROW.heardMs]!)) rows.lookAgain(context.row);
  state[base + ROW.heardMs] = arrivedAtMs;
  if (rows.counts[flag / 2 + BAD_COUNT] !== 0) {
    rows.counts[flag / 2 + BAD_COUNT] = 0;
    state[base + ROW.badSinceMs] = state[base + ROW.badLastMs] = NaN;
    rows.lookAgain(context.row);
  }
  if (flags[flag + FLAG.silence] === 0) return;
  push(context, 'end', 0, after(state[base + ROW.silenceChangedMs]!, arrivedAtMs), heardAgain(context.watch));
}

function push(
  { state, flags, base, flag, row, rows, watch, out }: RuleContext,
  change: 'begin' | 'end',
  silence: number,
  atMs: number,
  reason: Words,
) {
  // Never before the end of the silence before, which is told a moment late where both fall on one arrival.
  const time = notBefore(state[base + ROW.silenceChangedMs]!, atMs);
  flags[flag + FLAG.silence] = silence;
  rows.lookAgain(row);
  state[base + ROW.silenceChangedMs] = time;
  const value = state[base + ROW.lastValue]!;
  out.push({
    sensorNo: watch.sensorNo,
    rule: 'stale',
    change,
    limit: 'stale',
    limitValue: null,
    priority: PRIORITY_OF_LIMIT.stale,
    atMs: time,
    value: Number.isNaN(value) ? null : value,
    reason,
  });
}
