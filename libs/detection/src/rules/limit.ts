import type { AlarmLimit } from '@lifeline/contracts';
import { FLAG, ROW } from '../row.js';
import { limitLeft, limitPassed, type LimitKind } from '../sentences.js';
import type { WatchedSide } from '../watch.js';
import { after, type RuleContext } from './rule.js';

/**
 * Fixed limits with deadband, on-delay and off-delay in measured time (ISA-18.2; domain defaults 8.1, 8.3): on after the value
 * was out for the whole on-delay, off after it was back by more than the deadband for the whole off-delay. A worse limit
 * worsens the condition; coming back from the outer to the inner one changes nothing.
 *
 * A reading marked a spike starts the delay but cannot raise alone, except at the danger level.
 */
export function judgeLimit(context: RuleContext, atMs: number, value: number, spike: boolean): void {
  const { state, flags, base, flag } = context;
  const active = flags[flag + FLAG.level]!;
  // Nearly always: nothing is out, on, or on its way.
  if (active === 0 && flags[flag + FLAG.side] === 0 && context.rows.isWithin(context.row, value)) return;
  const { watch } = context;
  let side = 0;
  let level = levelOf(watch.high, value);
  if (level > 0 && active >= 0) side = 1;
  else {
    const low = levelOf(watch.low, -value);
    if (low > 0) [side, level] = [-1, low];
    else if (level > 0) side = 1;
  }
  if (side !== flags[flag + FLAG.side]!) {
    flags[flag + FLAG.side] = side;
    state[base + ROW.since1] = state[base + ROW.since2] = state[base + ROW.since3] = NaN;
  }
  if (side !== 0) {
    keepSince(state, base + ROW.since1, level >= 1, atMs);
    keepSince(state, base + ROW.since2, level >= 2, atMs);
    keepSince(state, base + ROW.since3, level >= 3, atMs);
  }
  if (active !== 0) {
    const activeSide = active > 0 ? watch.high : watch.low;
    const signed = active > 0 ? value : -value;
    if (side !== 0 && side !== Math.sign(active)) end(context, atMs, value);
    else if (isBack(activeSide, signed, watch.deadband)) {
      if (Number.isNaN(state[base + ROW.backSinceMs]!)) state[base + ROW.backSinceMs] = atMs;
    } else state[base + ROW.backSinceMs] = NaN;
  }
  matureLimit(context, atMs, value, spike ? atMs : NaN);
  context.rows.pending[context.row] = limitIsPending(context) ? 1 : 0;
}

/**
 * Lets delays that have passed by `atMs` take effect; also called by the tick, for readings that no other follows. A delay
 * that a lone spike started at `spikeMs` is not counted.
 */
export function matureLimit(context: RuleContext, atMs: number, value: number, spikeMs: number): void {
  const { state, flags, base, flag, watch } = context;
  const backSinceMs = state[base + ROW.backSinceMs]!;
  if (atMs - backSinceMs >= watch.offDelayMs) {
    end(context, backSinceMs + watch.offDelayMs, value);
    return;
  }
  const side = flags[flag + FLAG.side]!;
  if (side === 0) return;
  for (let level = 3; level > Math.abs(flags[flag + FLAG.level]!); level--) {
    const sinceMs = state[base + ROW.since1 + level - 1]!;
    const delayMs = level === 3 ? watch.dangerDelayMs : watch.onDelayMs;
    if (!(atMs - sinceMs >= delayMs) || (sinceMs === spikeMs && level < 3)) continue;
    begin(context, side * level, sinceMs + delayMs, value, delayMs);
    return;
  }
}

/** Whether time alone can still change the condition. */
export function limitIsPending({ state, flags, base, flag }: RuleContext): boolean {
  if (!Number.isNaN(state[base + ROW.backSinceMs]!)) return true;
  const active = Math.abs(flags[flag + FLAG.level]!);
  return active < 3 && !Number.isNaN(state[base + ROW.since1 + active]!);
}

/** The level a limit stands for, signed; for taking over a condition from the log. */
export function levelOfLimit(limit: AlarmLimit): number {
  return { high: 1, 'high-high': 2, low: -1, 'low-low': -2, rate: 0, stale: 0, band: 0, finding: 0 }[limit];
}

function begin(context: RuleContext, level: number, atMs: number, value: number, delayMs: number): void {
  const { state, flags, base, flag, watch, out } = context;
  const change = flags[flag + FLAG.level] === 0 ? 'begin' : 'worsen';
  const side = level > 0 ? watch.high : watch.low;
  const danger = Math.abs(level) === 3;
  const outer = Math.abs(level) >= 2;
  const kind: LimitKind = level > 0 ? (outer ? 'high-high' : 'high') : outer ? 'low-low' : 'low';
  const signed = danger ? side.danger : outer ? side.outer : side.inner;
  const limitValue = level > 0 ? signed : -signed;
  const changedMs = state[base + ROW.levelChangedMs]!;
  // Never before the end of the condition that came before, which a tick may have told ahead of the device's clock.
  const time = change === 'worsen' ? after(changedMs, atMs) : changedMs > atMs ? changedMs : atMs;
  flags[flag + FLAG.level] = level;
  state[base + ROW.levelChangedMs] = time;
  state[base + ROW.backSinceMs] = NaN;
  out.push({
    sensorNo: watch.sensorNo,
    rule: 'limit',
    change,
    limit: kind,
    limitValue,
    priority: danger ? 'red' : watch.priorities[kind],
    atMs: time,
    value,
    reason: limitPassed(watch, value, danger ? 'danger' : kind, limitValue, delayMs),
  });
}

function end(context: RuleContext, atMs: number, value: number): void {
  const { state, flags, base, flag, watch, out } = context;
  const high = flags[flag + FLAG.level]! > 0;
  const time = after(state[base + ROW.levelChangedMs]!, atMs);
  flags[flag + FLAG.level] = 0;
  state[base + ROW.levelChangedMs] = time;
  state[base + ROW.backSinceMs] = NaN;
  const first = high ? watch.high.first : -watch.low.first;
  const inner = high ? watch.high.inner : watch.low.inner;
  const kind: LimitKind = high ? (Number.isNaN(inner) ? 'high-high' : 'high') : Number.isNaN(inner) ? 'low-low' : 'low';
  out.push({
    sensorNo: watch.sensorNo,
    rule: 'limit',
    change: 'end',
    limit: kind,
    limitValue: Number.isNaN(first) ? null : first,
    priority: watch.priorities[kind],
    atMs: time,
    value,
    reason: limitLeft(watch, value),
  });
}

/** 0 inside, 1 at or past the inner limit, 2 the outer, 3 the danger level. Comparisons with NaN are false. */
function levelOf(side: WatchedSide, signed: number): number {
  return signed >= side.danger ? 3 : signed >= side.outer ? 2 : signed >= side.inner ? 1 : 0;
}

function isBack(side: WatchedSide, signed: number, deadband: number): boolean {
  return deadband > 0 ? signed <= side.first - deadband : signed < side.first;
}

function keepSince(state: Float64Array, at: number, out: boolean, atMs: number): void {
  if (!out) state[at] = NaN;
  else if (Number.isNaN(state[at]!)) state[at] = atMs;
}
