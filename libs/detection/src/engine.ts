import type { AlarmLimit, AlarmRule, QualityReason, Sensor } from '@lifeline/contracts';
import { PRIORITY_OF_LIMIT } from '@lifeline/catalogue';
import type { Condition } from '@lifeline/alarms';
import { isDuplicate, qualityOfMark, reasonOfMark, type ReadingBlock } from '@lifeline/readings';
import { readCheckpoint, writeCheckpoint } from './checkpoint.js';
import type { LimitEngine } from './port.js';
import { ADOPTED, isLimitRule, type LimitRule } from './limit-rule.js';
import { FLAG, ROW, ROW_LENGTH } from './row.js';
import { judgeLimit, levelOfLimit, limitIsPending, matureLimit } from './rules/limit.js';
import { judgeRate } from './rules/rate.js';
import { RatePoints } from './rules/rate-points.js';
import { after, limitSpeaks, RuleContext, WAY_BACK_MS } from './rules/rule.js';
import { beginGroupSilence, beginSilence, endGroupSilence, hearBad, hearGood, silenceDueMs } from './rules/silence.js';
import { NO_GROUP, NOBODY, SilenceGroups, type SilenceGroup } from './rules/silence-group.js';
import { noLongerWatched } from './sentences.js';
import { flagsOf, SensorRows } from './sensor-rows.js';
import { watchOf } from './watch.js';

/** No quantity of a city is larger: beyond, arithmetic would overflow. Such a reading counts as bad. */
const LARGEST_VALUE = 1e100;
const LARGEST_TIME_MS = 8.64e15;
/**
 * When the clock jumps by more than this between two ticks or blocks, nobody watched in between (the process was down):
 * silence is counted anew from then.
 */
const BLIND_MS = 30_000;

/** What goes with the engine that judges each sensor by itself. */
export interface Companion {
  /**
   * Hears each reading that was judged: finite, not bad, in order of its sensor; whether it is good, and whether a limit of the
   * sensor speaks or did a moment ago.
   */
  follow(sensorNo: number, atMs: number, value: number, isGood: boolean, limitSpeaks: boolean): void;
}

const ALONE: Companion = { follow: () => undefined };

/**
 * The engine of limits, rates and silence. Memory: 112 bytes a sensor, 144 more where a rate is watched, 41 of its settings,
 * and what its sentences need; cost: one look into an index a reading, some lines of memory and a few dozen comparisons.
 */
export function createLimitEngine(companion: Companion = ALONE): LimitEngine {
  const rows = new SensorRows();
  const points = new RatePoints();
  const groups = new SilenceGroups(rows);
  const context = new RuleContext(rows);
  const due: { readonly row: number; readonly dueMs: number }[] = [];
  const passedOver = { late: 0, unknown: 0 };
  let withdrawn: Condition[] = [];
  let checkpointBuffer: Float64Array = new Float64Array(0);
  let clockMs = NaN;
  let watchingSinceMs = -Infinity;

  return { putSensor, removeSensor, feed, tick, adopt, checkpoint, restore, passedOver };

  function putSensor(sensor: Sensor, gatewayId: string | null = null): void {
    const watch = watchOf(sensor);
    const present = rows.table.rowOf(sensor.sensorNo);
    const device = groups.of('device', sensor.deviceId);
    const gateway = gatewayId === null ? NO_GROUP : groups.of('gateway', gatewayId);
    const moves = present >= 0 && (rows.device(present) !== device || rows.gateway(present) !== gateway);
    if (moves) leaveGroups(present);
    if (Number.isNaN(watch.ratePerMinute)) points.table.remove(sensor.sensorNo);
    const row = rows.put(watch, Number.isNaN(watch.ratePerMinute) ? -1 : points.put(sensor.sensorNo));
    rows.setGroups(row, device, gateway);
    if (moves || present < 0) groups.join(row);
    settle(row);
  }

  /** A sensor that spoke for its group speaks for itself from now on. */
  function leaveGroups(row: number): void {
    if (rows.silence(row) > 2) rows.flags[flagsOf(row) + FLAG.silence] = 1;
    for (const freed of groups.leave(row)) rows.lookAgain(freed);
  }

  function removeSensor(sensorNo: number): void {
    const row = rows.table.rowOf(sensorNo);
    if (row < 0) return;
    leaveGroups(row);
    rows.remove(row);
    points.table.remove(sensorNo);
    withdrawn = withdrawn.filter((condition) => condition.sensorNo !== sensorNo);
  }

  function feed(block: ReadingBlock, out: Condition[]): void {
    drain(out);
    context.begin(out);
    const { arrivedAtMs, sensorNo, measuredAtMs, value, mark } = block;
    for (let i = 0; i < sensorNo.length; i++) {
      const marked = mark[i]!;
      if (isDuplicate(marked)) continue;
      const row = rows.table.rowOf(sensorNo[i]!);
      if (row < 0) {
        passedOver.unknown++;
        continue;
      }
      take(row, sensorNo[i]!, arrivedAtMs, measuredAtMs[i]!, value[i]!, marked);
    }
  }

  function take(row: number, sensorNo: number, arrivedAtMs: number, atMs: number, value: number, mark: number): void {
    hearGroup(rows.device(row), arrivedAtMs);
    const gateway = rows.gateway(row);
    if (gateway !== NO_GROUP) hearGroup(gateway, arrivedAtMs);
    context.enter(row);
    const usable = Math.abs(value) <= LARGEST_VALUE && Math.abs(atMs) <= LARGEST_TIME_MS;
    if (!usable || qualityOfMark(mark) === 'bad') hearBad(context, arrivedAtMs);
    else {
      hearGood(context, arrivedAtMs);
      if (atMs <= context.state[context.base + ROW.lastMs]!) passedOver.late++;
      else judge(sensorNo, atMs, value, reasonOfMark(mark));
    }
  }

  function hearGroup(no: number, arrivedAtMs: number): void {
    const group = groups.hear(no, arrivedAtMs);
    if (group) endGroup(group, arrivedAtMs);
  }

  function endGroup(group: SilenceGroup, arrivedAtMs: number): void {
    context.enter(group.speaker);
    groups.speak(group, NOBODY);
    endGroupSilence(context, group, arrivedAtMs);
    for (const member of group.members) {
      context.state[member * ROW_LENGTH + ROW.silenceFromMs] = arrivedAtMs;
      rows.lookAgain(member);
    }
  }

  function judge(sensorNo: number, atMs: number, value: number, reason: QualityReason): void {
    const { state, flags, base, flag } = context;
    const spike = reason === 'spike';
    state[base + ROW.lastMs] = atMs;
    state[base + ROW.lastValue] = value;
    flags[flag + FLAG.lastSpike] = spike ? 1 : 0;
    judgeLimit(context, atMs, value, spike);
    if (!spike) judgeRate(context, points, atMs, value);
    const isGood = reason === 'none' || reason === 'late';
    companion.follow(sensorNo, atMs, value, isGood, limitSpeaks(context, atMs, WAY_BACK_MS));
  }

  function tick(nowMs: number, out: Condition[]): void {
    drain(out);
    if (!Number.isFinite(nowMs) || nowMs < clockMs) return;
    if (!(nowMs - clockMs <= BLIND_MS)) watchingSinceMs = nowMs;
    clockMs = nowMs;
    context.begin(out);
    for (let row = 0; row < rows.table.used; row++) {
      if (rows.lookAtMs[row]! <= nowMs) lookAt(row, nowMs);
      if (rows.pending[row] !== 0) mature(row, nowMs);
    }
    if (due.length === 0) return;
    // The first that was due speaks for its group, however the ticks fall.
    due.sort((a, b) => a.dueMs - b.dueMs || rows.watch(a.row).sensorNo - rows.watch(b.row).sensorNo);
    for (const { row, dueMs } of due) fallSilent(row, dueMs);
    due.length = 0;
  }

  /** Readings since put the silence off, or it is due now. */
  function lookAt(row: number, nowMs: number): void {
    const dueMs = silenceDueMs(rows, row, watchingSinceMs);
    rows.lookAtMs[row] = dueMs <= nowMs ? Infinity : dueMs;
    if (dueMs <= nowMs) due.push({ row, dueMs });
  }

  function fallSilent(row: number, dueMs: number): void {
    context.enter(row);
    const group = groups.silentGroupOf(row, dueMs);
    if (!group) beginSilence(context, dueMs);
    else if (group.speaker === NOBODY) {
      beginGroupSilence(context, groups, group, dueMs);
      groups.speak(group, row);
    }
  }

  /**
   * Time goes on from the newest reading by the device's clock, as much as we watched since it arrived by ours: a delay does
   * not run out in the dark, the first reading afterwards tells.
   */
  function mature(row: number, nowMs: number): void {
    context.enter(row);
    const { state, flags, base, flag } = context;
    const lastMs = state[base + ROW.lastMs]!;
    const measuredNowMs = lastMs + Math.max(0, nowMs - Math.max(state[base + ROW.heardMs]!, watchingSinceMs));
    const spikeMs = flags[flag + FLAG.lastSpike] === 1 ? lastMs : NaN;
    matureLimit(context, measuredNowMs, state[base + ROW.lastValue]!, spikeMs);
    rows.pending[row] = limitIsPending(context) ? 1 : 0;
  }

  function adopt(sensorNo: number, rule: AlarmRule, limit: AlarmLimit, sinceMs: number): void {
    const row = rows.table.rowOf(sensorNo);
    if (row < 0 || !isLimitRule(rule)) return;
    const [on, began, value] = ADOPTED[rule];
    const flag = flagsOf(row);
    if (rows.flags[flag + on] !== 0) return;
    rows.flags[flag + on] = rule === 'limit' ? levelOfLimit(limit) : value;
    rows.state[row * ROW_LENGTH + began] = sinceMs;
    settle(row);
  }

  function checkpoint(): Uint8Array {
    const numbers = writeCheckpoint(clockMs, watchingSinceMs, [rows.table, points.table], checkpointBuffer);
    if (numbers.buffer !== checkpointBuffer.buffer) checkpointBuffer = numbers;
    return new Uint8Array(numbers.buffer, 0, numbers.byteLength);
  }

  function restore(given: Uint8Array): void {
    const times = readCheckpoint(given, [rows.table, points.table]);
    clockMs = times.clockMs;
    watchingSinceMs = times.watchingSinceMs;
    withdrawn = [];
    groups.rebuild();
    for (let row = 0; row < rows.table.used; row++) if (rows.isUsed(row)) settle(row);
  }

  /** Brings what hangs on a row in line with it: due times, running delays, and what is on but not watched any more. */
  function settle(row: number): void {
    context.begin(context.out);
    context.enter(row);
    const { state, flags, base, flag, watch } = context;
    const level = flags[flag + FLAG.level]!;
    if (level !== 0 && Number.isNaN(level > 0 ? watch.high.first : watch.low.first)) {
      withdraw('limit', level > 0 ? 'high' : 'low');
      // Delays start anew: what began before the change must not raise at a time before this end.
      flags[flag + FLAG.side] = 0;
      state[base + ROW.since1] = state[base + ROW.since2] = state[base + ROW.since3] = NaN;
      state[base + ROW.backSinceMs] = NaN;
    }
    if (Number.isNaN(watch.ratePerMinute)) withdraw('rate', 'rate');
    rows.lookAgain(row);
    rows.pending[row] = limitIsPending(context) ? 1 : 0;
  }

  /** Of the context's row. */
  function withdraw(rule: LimitRule, limit: AlarmLimit): void {
    const { state, flags, base, flag, watch } = context;
    const [on, began] = ADOPTED[rule];
    if (flags[flag + on] === 0) return;
    const lastMs = state[base + ROW.lastMs]!;
    const beganMs = state[base + began]!;
    const value = state[base + ROW.lastValue]!;
    const atMs = after(beganMs, Number.isNaN(lastMs) ? beganMs + 1 : lastMs);
    flags[flag + on] = 0;
    state[base + began] = atMs;
    withdrawn.push({
      sensorNo: watch.sensorNo,
      rule,
      change: 'end',
      limit,
      limitValue: null,
      priority: PRIORITY_OF_LIMIT[limit],
      atMs,
      value: Number.isNaN(value) ? null : value,
      reason: noLongerWatched(watch),
    });
  }

  function drain(out: Condition[]): void {
    if (withdrawn.length === 0) return;
    out.push(...withdrawn);
    withdrawn = [];
  }
}
