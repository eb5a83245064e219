import type { AlarmLimit, AlarmRule, QualityReason, Sensor } from '@lifeline/contracts';
import { PRIORITY_OF_LIMIT } from '@lifeline/catalogue';
import type { Condition } from '@lifeline/alarms';
import { isDuplicate, qualityOfMark, reasonOfMark, type ReadingBlock } from '@lifeline/readings';
import { readCheckpoint, writeCheckpoint } from './checkpoint.js';
import type { LimitEngine } from './port.js';
import { ADOPTED, isLimitRule, type LimitRule } from './limit-rule.js';
import { BLANK_ROW, ROW } from './row.js';
import { judgeLimit, levelOfLimit, limitIsPending, matureLimit } from './rules/limit.js';
import { BLANK_POINTS, judgeRate } from './rules/rate.js';
import { after, limitSpeaks, RuleContext, WAY_BACK_MS } from './rules/rule.js';
import { beginGroupSilence, beginSilence, endGroupSilence, hearBad, hearGood, silenceDueMs } from './rules/silence.js';
import { SilenceGroups, silentGroupOf, type SilenceGroup, type SilenceMember } from './rules/silence-group.js';
import { noLongerWatched } from './sentences.js';
import { StateTable } from './state-table.js';
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
 * The engine of limits, rates and silence. Memory: 20 numbers a sensor (160 bytes), 42 more where a rate
 * is watched, and what its sentences need; cost: one look-up a reading and a few dozen comparisons.
 */
export function createLimitEngine(companion: Companion = ALONE): LimitEngine {
  const rows = new StateTable(BLANK_ROW);
  const points = new StateTable(BLANK_POINTS);
  const watches = new Map<number, Watched>();
  const groups = new SilenceGroups();
  const due: Watched[] = [];
  const passedOver = { late: 0, unknown: 0 };
  let withdrawn: Condition[] = [];
  let checkpointBuffer: Float64Array = new Float64Array(0);
  let clockMs = NaN;
  let watchingSinceMs = -Infinity;
  const context = new RuleContext();

  return { putSensor, removeSensor, feed, tick, adopt, checkpoint, restore, passedOver };

  function putSensor(sensor: Sensor, gatewayId: string | null = null): void {
    const watch = watchOf(sensor);
    const device = groups.of('device', sensor.deviceId);
    const gateway = gatewayId === null ? undefined : groups.of('gateway', gatewayId);
    const present = watches.get(sensor.sensorNo);
    const watched: Watched = present ?? {
      watch,
      intervalMs: 0,
      base: 0,
      pointsBase: -1,
      dueMs: Infinity,
      limitPending: false,
      device,
      gateway,
    };
    const moves = present !== undefined && (present.device !== device || present.gateway !== gateway);
    if (moves) leaveGroups(watched);
    watched.watch = watch;
    watched.intervalMs = sensor.intervalS * 1000;
    watched.base = rows.put(sensor.sensorNo);
    if (Number.isNaN(watch.ratePerMinute)) points.remove(sensor.sensorNo);
    watched.pointsBase = Number.isNaN(watch.ratePerMinute) ? -1 : points.put(sensor.sensorNo);
    watched.device = device;
    watched.gateway = gateway;
    watches.set(sensor.sensorNo, watched);
    if (moves || !present) groups.join(watched, rows.data);
    settle(watched);
  }

  /** A sensor that spoke for its group speaks for itself from now on. */
  function leaveGroups(watched: Watched): void {
    const state = rows.data;
    if (state[watched.base + ROW.silence]! > 2) state[watched.base + ROW.silence] = 1;
    for (const freed of groups.leave(watched)) recount(freed);
  }

  function recount(member: SilenceMember): void {
    member.dueMs = silenceDueMs(rows.data, member.base, member.watch.staleAfterMs, watchingSinceMs);
  }

  function removeSensor(sensorNo: number): void {
    const watched = watches.get(sensorNo);
    if (!watched) return;
    watches.delete(sensorNo);
    leaveGroups(watched);
    rows.remove(sensorNo);
    points.remove(sensorNo);
    withdrawn = withdrawn.filter((condition) => condition.sensorNo !== sensorNo);
  }

  function feed(block: ReadingBlock, out: Condition[]): void {
    drain(out);
    context.out = out;
    context.state = rows.data;
    const { arrivedAtMs, sensorNo, measuredAtMs, value, mark } = block;
    for (let i = 0; i < sensorNo.length; i++) {
      const marked = mark[i]!;
      if (isDuplicate(marked)) continue;
      const watched = watches.get(sensorNo[i]!);
      if (!watched) {
        passedOver.unknown++;
        continue;
      }
      take(watched, arrivedAtMs, measuredAtMs[i]!, value[i]!, marked);
    }
  }

  function take(watched: Watched, arrivedAtMs: number, atMs: number, value: number, mark: number): void {
    const { state } = context;
    const { base } = watched;
    hearGroup(watched.device, arrivedAtMs);
    if (watched.gateway) hearGroup(watched.gateway, arrivedAtMs);
    context.base = base;
    context.watch = watched.watch;
    const usable = Math.abs(value) <= LARGEST_VALUE && Math.abs(atMs) <= LARGEST_TIME_MS;
    if (!usable || qualityOfMark(mark) === 'bad') hearBad(context, arrivedAtMs);
    else {
      hearGood(context, arrivedAtMs);
      if (atMs <= state[base + ROW.lastMs]!) passedOver.late++;
      else judge(watched, atMs, value, reasonOfMark(mark));
    }
    recount(watched);
  }

  function hearGroup(group: SilenceGroup, arrivedAtMs: number): void {
    if (arrivedAtMs > group.heardMs) group.heardMs = arrivedAtMs;
    const { speaker } = group;
    if (!speaker) return;
    group.speaker = undefined;
    context.base = speaker.base;
    context.watch = speaker.watch;
    endGroupSilence(context, group, arrivedAtMs);
    for (const member of group.members) {
      context.state[member.base + ROW.silenceFromMs] = arrivedAtMs;
      recount(member);
    }
  }

  function judge(watched: Watched, atMs: number, value: number, reason: QualityReason): void {
    const { state, base } = context;
    const spike = reason === 'spike';
    state[base + ROW.lastMs] = atMs;
    state[base + ROW.lastValue] = value;
    state[base + ROW.lastSpike] = spike ? 1 : 0;
    judgeLimit(context, atMs, value, spike);
    watched.limitPending = limitIsPending(state, base);
    if (watched.pointsBase >= 0 && !spike) judgeRate(context, points.data, watched.pointsBase, atMs, value);
    const isGood = reason === 'none' || reason === 'late';
    companion.follow(watched.watch.sensorNo, atMs, value, isGood, limitSpeaks(context, atMs, WAY_BACK_MS));
  }

  function tick(nowMs: number, out: Condition[]): void {
    drain(out);
    if (!Number.isFinite(nowMs) || nowMs < clockMs) return;
    if (!(nowMs - clockMs <= BLIND_MS)) watchAnew(nowMs);
    clockMs = nowMs;
    context.out = out;
    context.state = rows.data;
    for (const watched of watches.values()) {
      if (watched.dueMs <= nowMs) due.push(watched);
      if (watched.limitPending) mature(watched, nowMs);
    }
    // The first that was due speaks for its group, however the ticks fall.
    due.sort((a, b) => a.dueMs - b.dueMs);
    for (const watched of due) fallSilent(watched);
    due.length = 0;
  }

  function fallSilent(watched: Watched): void {
    const { dueMs } = watched;
    context.base = watched.base;
    context.watch = watched.watch;
    const group = silentGroupOf(watched, context.state);
    if (!group) beginSilence(context, dueMs);
    else if (!group.speaker) {
      beginGroupSilence(context, group, dueMs);
      group.speaker = watched;
    }
    watched.dueMs = Infinity;
  }

  /**
   * Time goes on from the newest reading by the device's clock, as much as we watched since it arrived by ours: a delay does
   * not run out in the dark, the first reading afterwards tells.
   */
  function mature(watched: Watched, nowMs: number): void {
    const { state } = context;
    const { base } = watched;
    context.base = base;
    context.watch = watched.watch;
    const lastMs = state[base + ROW.lastMs]!;
    const measuredNowMs = lastMs + Math.max(0, nowMs - Math.max(state[base + ROW.heardMs]!, watchingSinceMs));
    const spikeMs = state[base + ROW.lastSpike] === 1 ? lastMs : NaN;
    matureLimit(context, measuredNowMs, state[base + ROW.lastValue]!, spikeMs);
    watched.limitPending = limitIsPending(state, base);
  }

  function watchAnew(nowMs: number): void {
    watchingSinceMs = nowMs;
    for (const watched of watches.values()) recount(watched);
  }

  function adopt(sensorNo: number, rule: AlarmRule, limit: AlarmLimit, sinceMs: number): void {
    const watched = watches.get(sensorNo);
    if (!watched || !isLimitRule(rule)) return;
    const [on, began, value] = ADOPTED[rule];
    const state = rows.data;
    if (state[watched.base + on] !== 0) return;
    state[watched.base + on] = rule === 'limit' ? levelOfLimit(limit) : value;
    state[watched.base + began] = sinceMs;
    settle(watched);
  }

  function checkpoint(): Uint8Array {
    const numbers = writeCheckpoint(clockMs, watchingSinceMs, [rows, points], checkpointBuffer);
    if (numbers.buffer !== checkpointBuffer.buffer) checkpointBuffer = numbers;
    return new Uint8Array(numbers.buffer, 0, numbers.byteLength);
  }

  function restore(given: Uint8Array): void {
    const times = readCheckpoint(given, [rows, points]);
    clockMs = times.clockMs;
    watchingSinceMs = times.watchingSinceMs;
    withdrawn = [];
    groups.rebuild(rows.data);
    for (const watched of watches.values()) settle(watched);
  }

  /** Brings what hangs on a row in line with it: due times, running delays, and what is on but not watched any more. */
  function settle(watched: Watched): void {
    const state = rows.data;
    const { watch, base } = watched;
    const level = state[base + ROW.level]!;
    if (level !== 0 && Number.isNaN(level > 0 ? watch.high.first : watch.low.first)) {
      withdraw(watched, 'limit', level > 0 ? 'high' : 'low');
      // Delays start anew: what began before the change must not raise at a time before this end.
      state[base + ROW.side] = 0;
      state[base + ROW.since1] = state[base + ROW.since2] = state[base + ROW.since3] = NaN;
      state[base + ROW.backSinceMs] = NaN;
    }
    if (Number.isNaN(watch.ratePerMinute)) withdraw(watched, 'rate', 'rate');
    recount(watched);
    watched.limitPending = limitIsPending(state, base);
  }

  function withdraw({ watch, base }: Watched, rule: LimitRule, limit: AlarmLimit): void {
    const state = rows.data;
    const [on, began] = ADOPTED[rule];
    if (state[base + on] === 0) return;
    const lastMs = state[base + ROW.lastMs]!;
    const beganMs = state[base + began]!;
    const value = state[base + ROW.lastValue]!;
    const atMs = after(beganMs, Number.isNaN(lastMs) ? beganMs + 1 : lastMs);
    state[base + on] = 0;
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

interface Watched extends SilenceMember {
  pointsBase: number;
  /** Limit delays run, for the tick to end. */
  limitPending: boolean;
}
