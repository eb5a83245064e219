import {
  LEARNING_RULES,
  PRIORITIES,
  type AlarmAction,
  type AlarmEvent,
  type AlarmRule,
  type AlarmTransition,
  type Priority,
  type Sensor,
} from '@lifeline/contracts';
import type { AlarmDesk, Condition, DeskEntry, DeskPorts, DeskState, Refusal } from './port.js';
import { isActive, NEXT_STATE } from './table.js';

/** Deterministic: the same readings give the same alarm, whoever reads them again. */
export function alarmIdOf(sensor: Pick<Sensor, 'deviceId' | 'channel'>, rule: AlarmRule, raisedAtMs: number): string {
  return `${sensor.deviceId}.${sensor.channel}.${rule}.${raisedAtMs.toString(36)}`;
}

/** Memory is one entry a (sensor, rule) that ever alarmed since the last `forgetClosed`. */
export function createAlarmDesk({ sensor }: DeskPorts): AlarmDesk {
  const entries = new Map<string, DeskEntry>();
  const keyOfAlarm = new Map<string, string>();

  return { condition, act, withdraw, fold, alarm, open, forgetClosed, state, restore };

  function condition(given: Condition): AlarmTransition | undefined {
    const of = sensor(given.sensorNo);
    if (!of || !Number.isFinite(given.atMs)) return undefined;
    const entry = entries.get(keyOf(of.sensorId, given.rule));
    const event = eventOf(given, entry);
    if (!event) return undefined;
    // A raise where the alarm is not open any more begins a new life; on D it goes on with the old one.
    const before = entry && entry.current.state !== 'normal' ? entry.current : undefined;
    const raisedAtMs = before ? before.raisedAtMs : given.atMs;
    const from = before ? before.state : 'normal';
    const to = NEXT_STATE[from][event];
    if (!to) return undefined;
    return take({
      alarmId: before ? before.alarmId : alarmIdOf(of, given.rule, given.atMs),
      sequence: before ? before.sequence + 1 : 1,
      sensorId: of.sensorId,
      assetId: of.assetId,
      utility: of.utility,
      rule: given.rule,
      event,
      state: to,
      priority: priorityAfter(event, given.priority, before),
      raisedAtMs,
      atMs: given.atMs,
      value: finiteOrNull(given.value),
      unit: of.unit,
      limit: { kind: given.limit, value: finiteOrNull(given.limitValue) },
      reason: { en: given.reason.en, zh: given.reason.zh },
      evidence: given.change === 'end' ? (before?.evidence ?? null) : (given.evidence ?? null),
      position: { lon: of.lon, lat: of.lat },
      sensorName: of.name,
      actor: null,
      note: null,
    });
  }

  function act(action: AlarmAction, nowMs: number): AlarmTransition | { readonly refused: Refusal } {
    const entry = entryOf(action.alarmId);
    if (!entry) return { refused: 'alarm-unknown' };
    const { current } = entry;
    const event = action.kind === 'feedback' ? action.verdict : 'acknowledge';
    const atMs = Math.min(action.atMs, nowMs);
    if (action.kind === 'feedback') {
      if (!LEARNING_RULES.includes(current.rule)) return { refused: 'not-learned' };
      if (entry.judgedAtMs === atMs) return { refused: 'repeated' };
    }
    if (current.state === 'normal') return { refused: 'not-open' };
    const to = NEXT_STATE[current.state][event];
    if (!to) return { refused: 'already-acknowledged' };
    // Neither an action that comes a second time nor one that crossed an escalation on its way acknowledges what nobody saw.
    if (action.seenSequence < entry.begunSequence) return { refused: 'superseded' };
    return take({
      ...current,
      sequence: current.sequence + 1,
      event,
      state: to,
      atMs,
      actor: action.actor,
      note: action.note,
    });
  }

  function withdraw(sensorId: string, atMs: number): AlarmTransition[] {
    const cleared: AlarmTransition[] = [];
    for (const entry of [...entries.values()]) {
      const { current } = entry;
      const to = NEXT_STATE[current.state].clear;
      if (current.sensorId !== sensorId || !to) continue;
      cleared.push(
        take({
          ...current,
          sequence: current.sequence + 1,
          event: 'clear',
          state: to,
          atMs: Math.max(atMs, (entry.beganAtMs ?? atMs) + 1),
          value: null,
          reason: { en: 'The sensor was taken out of the registry', zh: '传感器已从台账中移除' },
          actor: null,
          note: null,
        }),
      );
    }
    return cleared;
  }

  function fold(transition: AlarmTransition): void {
    const entry = entries.get(keyOf(transition.sensorId, transition.rule));
    if (entry) {
      const { current } = entry;
      if (transition.alarmId === current.alarmId ? transition.sequence <= current.sequence : isOlder(transition, entry))
        return;
    }
    take(transition);
  }

  function alarm(alarmId: string): AlarmTransition | undefined {
    return entryOf(alarmId)?.current;
  }

  function entryOf(alarmId: string): DeskEntry | undefined {
    const key = keyOfAlarm.get(alarmId);
    return key === undefined ? undefined : entries.get(key);
  }

  function open(): AlarmTransition[] {
    return [...entries.values()].map((entry) => entry.current).filter((current) => current.state !== 'normal');
  }

  function forgetClosed(): void {
    for (const [key, { current }] of entries) {
      if (current.state !== 'normal') continue;
      entries.delete(key);
      keyOfAlarm.delete(current.alarmId);
    }
  }

  function state(): DeskState {
    return { version: 1, entries: [...entries.values()] };
  }

  function restore(given: DeskState): void {
    entries.clear();
    keyOfAlarm.clear();
    for (const entry of given.entries) {
      const key = keyOf(entry.current.sensorId, entry.current.rule);
      entries.set(key, entry);
      keyOfAlarm.set(entry.current.alarmId, key);
    }
  }

  function take(transition: AlarmTransition): AlarmTransition {
    const key = keyOf(transition.sensorId, transition.rule);
    const before = entries.get(key);
    if (before && before.current.alarmId !== transition.alarmId) keyOfAlarm.delete(before.current.alarmId);
    const { event, atMs } = transition;
    const begins = event === 'raise' || event === 'escalate';
    entries.set(key, {
      current: transition,
      beganAtMs: begins ? atMs : (before?.beganAtMs ?? null),
      clearedAtMs: event === 'clear' ? atMs : (before?.clearedAtMs ?? null),
      judgedAtMs: event === 'new-normal' || event === 'false-alarm' ? atMs : (before?.judgedAtMs ?? null),
      begunSequence: begins ? transition.sequence : (before?.begunSequence ?? 0),
    });
    keyOfAlarm.set(transition.alarmId, key);
    return transition;
  }
}

/** What a condition does to the alarm; undefined where it is a repeat, or older than what is known. */
function eventOf(given: Condition, entry: DeskEntry | undefined): AlarmEvent | undefined {
  const active = entry !== undefined && isActive(entry.current.state);
  const beganAtMs = entry?.beganAtMs ?? -Infinity;
  const clearedAtMs = entry?.clearedAtMs ?? -Infinity;
  if (given.change === 'end') return active && given.atMs > beganAtMs ? 'clear' : undefined;
  if (!active) return given.atMs >= clearedAtMs && given.atMs > beganAtMs ? 'raise' : undefined;
  if (given.atMs <= beganAtMs) return undefined;
  return isWorse(given, entry.current) ? 'escalate' : undefined;
}

/** Rank of the limits within a rule: crossing a worse one is news even where the priority stays (domain 8.1, C to B). */
function isWorse(given: Condition, current: AlarmTransition): boolean {
  if (rank(given.priority) < rank(current.priority)) return true;
  const outer = given.limit === 'low-low' || given.limit === 'high-high';
  return outer && current.limit?.kind !== given.limit;
}

/** An escalation never lessens the priority; a raise has its own. */
function priorityAfter(event: AlarmEvent, given: Priority, before: AlarmTransition | undefined): Priority {
  if (!before) return given;
  if (event === 'raise') return given;
  return rank(given) < rank(before.priority) ? given : before.priority;
}

function isOlder(transition: AlarmTransition, entry: DeskEntry): boolean {
  return transition.raisedAtMs < entry.current.raisedAtMs;
}

function rank(priority: Priority): number {
  return PRIORITIES.indexOf(priority);
}

/** JSON has neither NaN nor infinity. */
function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function keyOf(sensorId: string, rule: AlarmRule): string {
  return `${sensorId} ${rule}`;
}
