import {
  LEARNING_RULES,
  worsePriority,
  type AlarmAction,
  type AlarmEvent,
  type AlarmRule,
  type AlarmTransition,
  type Priority,
  type Sensor,
} from '@lifeline/contracts';
import { defaultBehaviour } from './behaviour.js';
import { eventOf, priorityAfter } from './condition-event.js';
import { holdRefusal, isHoldAction, lifeEventOf, type HoldAction } from './hold-actions.js';
import { isActive, isHeld, nextLife, type Life, type LifeEvent } from './life-cycle.js';
import type { AlarmDesk, Condition, DeskEntry, DeskPorts, DeskState, Refusal } from './port.js';

/** More would be a second alarm list that nobody watches. */
export const MOST_SHELVED = 50;
const NEW_LIFE: Life = { state: 'normal', holds: null };
/** Transitions after which an older view of the alarm is stale for whoever holds or resets it. */
const HOLD_EVENTS: ReadonlySet<AlarmEvent> = new Set<AlarmEvent>([
  'reset',
  'shelve',
  'unshelve',
  'remove-from-service',
  'return-to-service',
]);

/** Deterministic: the same readings give the same alarm, whoever reads them again. */
export function alarmIdOf(sensor: Pick<Sensor, 'deviceId' | 'channel'>, rule: AlarmRule, raisedAtMs: number): string {
  return `${sensor.deviceId}.${sensor.channel}.${rule}.${raisedAtMs.toString(36)}`;
}

/** Memory is one entry a (sensor, rule) that ever alarmed since the last `forgetClosed`. */
export function createAlarmDesk({
  sensor,
  behaviour = defaultBehaviour,
  definedPriority = () => null,
  suppressedBy = () => null,
  mostShelved = MOST_SHELVED,
}: DeskPorts): AlarmDesk {
  const entries = new Map<string, DeskEntry>();
  const keyOfAlarm = new Map<string, string>();

  return { condition, act, tick, reviseSuppression, withdraw, fold, alarm, open, forgetClosed, state, restore };

  function condition(told: Condition): AlarmTransition | undefined {
    const of = sensor(told.sensorNo);
    if (!of || !Number.isFinite(told.atMs)) return undefined;
    const given = told.change === 'end' ? told : { ...told, priority: worstPriority(told, of.sensorId) };
    const entry = entries.get(keyOf(of.sensorId, given.rule));
    const event = eventOf(given, entry);
    if (!event) return undefined;
    // A raise where the alarm is not open any more begins a new life; on D it goes on with the old one.
    const before = entry && entry.current.state !== 'normal' ? entry.current : undefined;
    const raisedAtMs = before ? before.raisedAtMs : given.atMs;
    const to = lifeAfter(
      before ?? { ...NEW_LIFE, sensorId: of.sensorId, assetId: of.assetId, rule: given.rule },
      event,
      before,
    );
    if (!to) return undefined;
    return take({
      alarmId: before ? before.alarmId : alarmIdOf(of, given.rule, given.atMs),
      sequence: before ? before.sequence + 1 : 1,
      sensorId: of.sensorId,
      assetId: of.assetId,
      utility: of.utility,
      rule: given.rule,
      event,
      ...to,
      priority: priorityAfter(event, given.priority, before),
      raisedAtMs,
      atMs: given.atMs,
      value: finiteOrNull(given.value),
      unit: of.unit,
      limit: limitOf(given),
      reason: { en: given.reason.en, zh: given.reason.zh },
      evidence: given.change === 'end' ? (before?.evidence ?? null) : (given.evidence ?? null),
      position: { lon: of.lon, lat: of.lat },
      sensorName: of.name,
      actor: null,
      note: null,
    });
  }

  function worstPriority(told: Condition, sensorId: string): Priority {
    const { rule, evidence = null, priority } = told;
    const defined = definedPriority({ sensorId, rule, limit: limitOf(told), evidence });
    return defined === null ? priority : worsePriority(priority, defined);
  }

  function act(action: AlarmAction, nowMs: number): AlarmTransition | { readonly refused: Refusal } {
    const entry = entryOf(action.alarmId);
    if (!entry) return { refused: 'alarm-unknown' };
    if (isHoldAction(action)) return hold(action, entry, nowMs);
    const { current } = entry;
    const event = action.kind === 'feedback' ? action.verdict : action.kind;
    const atMs = Math.min(action.atMs, nowMs);
    if (action.kind === 'feedback') {
      if (!LEARNING_RULES.includes(current.rule)) return { refused: 'not-learned' };
      if (entry.judgedAtMs === atMs) return { refused: 'repeated' };
    }
    if (current.state === 'normal') return { refused: 'not-open' };
    const to = nextLife(current, { event });
    if (!to) return { refused: isHeld(current.state) ? 'not-in-this-state' : 'already-acknowledged' };
    // Neither an action that comes a second time nor one that crossed an escalation on its way acknowledges what nobody saw.
    if (action.seenSequence < entry.begunSequence) return { refused: 'superseded' };
    return step(current, event, to, { atMs, actor: action.actor, note: action.note });
  }

  function hold(action: HoldAction, entry: DeskEntry, nowMs: number): AlarmTransition | { readonly refused: Refusal } {
    const { current } = entry;
    // Who did not see the newest raise or hold decided on something else, and so did an action that comes twice. A reset ends
    // the alarm: it counts from one who saw all of it.
    const decisive =
      action.kind === 'reset' ? current.sequence : Math.max(entry.begunSequence, entry.heldSequence ?? 0);
    if (action.seenSequence < decisive) return { refused: 'superseded' };
    const shelved = () => [...entries.values()].filter((one) => one.current.state === 'shelved').length;
    const refused = holdRefusal(action, behaviour(current), nowMs, () => shelved() >= mostShelved);
    if (refused) return { refused };
    const to = nextLife(current, lifeEventOf(action));
    if (!to) return { refused: 'not-in-this-state' };
    const atMs = Math.min(action.atMs, nowMs);
    return step(current, action.kind, to, { atMs, actor: action.actor, note: action.note });
  }

  function tick(nowMs: number): AlarmTransition[] {
    const moved: AlarmTransition[] = [];
    for (const { current, acknowledgedAtMs } of [...entries.values()]) {
      const untilMs = current.holds?.shelvedUntilMs ?? null;
      // At the time they fell due, not at the time of the tick: after a crash the same tick says the same.
      if (untilMs !== null && untilMs <= nowMs) moved.push(stepBy(current, { event: 'unshelve' }, untilMs));
      else if (current.state === 'acknowledged' && acknowledgedAtMs != null) {
        const { reAlarmMs } = behaviour(current);
        if (reAlarmMs === null || acknowledgedAtMs + reAlarmMs > nowMs) continue;
        moved.push(stepBy(current, { event: 're-alarm' }, acknowledgedAtMs + reAlarmMs));
      }
    }
    return moved;
  }

  function reviseSuppression(atMs: number): AlarmTransition[] {
    const moved: AlarmTransition[] = [];
    for (const { current } of [...entries.values()]) {
      const by = suppressedBy(current);
      const before = current.holds?.suppressedBy ?? null;
      if (by === before) continue;
      if (by === null) moved.push(stepBy(current, { event: 'unsuppress' }, atMs));
      else if (isActive(current)) moved.push(stepBy(current, { event: 'suppress', by }, atMs));
    }
    return moved;
  }

  /** The life after a condition; what begins while something explains it begins suppressed. */
  function lifeAfter(
    of: Life & Pick<AlarmTransition, 'sensorId' | 'assetId' | 'rule'>,
    event: 'raise' | 'escalate' | 'clear',
    before: AlarmTransition | undefined,
  ): Life | undefined {
    const to = nextLife(of, { event }, before !== undefined && behaviour(before).latches);
    if (event !== 'raise' || !to || isHeld(to.state)) return to;
    const by = suppressedBy(of);
    return by === null ? to : nextLife(to, { event: 'suppress', by });
  }

  function stepBy(current: AlarmTransition, event: LifeEvent, atMs: number): AlarmTransition {
    const to = nextLife(current, event);
    if (!to) throw new Error(`${event.event} does not move an alarm that is ${current.state}`);
    return step(current, event.event, to, { atMs, actor: null, note: null });
  }

  function step(
    current: AlarmTransition,
    event: AlarmEvent,
    to: Life,
    by: Pick<AlarmTransition, 'atMs' | 'actor' | 'note'>,
  ): AlarmTransition {
    return take({ ...current, sequence: current.sequence + 1, event, ...to, ...by });
  }

  function withdraw(sensorId: string, atMs: number): AlarmTransition[] {
    const cleared: AlarmTransition[] = [];
    for (const entry of [...entries.values()]) {
      const { current } = entry;
      if (current.sensorId !== sensorId) continue;
      // A hold on what is no more would stand for ever.
      const to = isHeld(current.state)
        ? { state: 'normal' as const, holds: null }
        : nextLife(current, { event: 'clear' });
      if (!to) continue;
      cleared.push(
        take({
          ...current,
          sequence: current.sequence + 1,
          event: 'clear',
          ...to,
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
    const isSame = before?.current.alarmId === transition.alarmId;
    const begins = event === 'raise' || event === 'escalate';
    const acknowledges = event === 'acknowledge' || event === 'false-alarm';
    // Announced: by the condition, by its age, or because a hold ended.
    const asksAnew = begins || (transition.state === 'unacknowledged' && !acknowledges);
    entries.set(key, {
      current: transition,
      beganAtMs: begins ? atMs : (before?.beganAtMs ?? null),
      clearedAtMs: event === 'clear' ? atMs : (before?.clearedAtMs ?? null),
      judgedAtMs: event === 'new-normal' || event === 'false-alarm' ? atMs : (before?.judgedAtMs ?? null),
      begunSequence: asksAnew ? transition.sequence : (before?.begunSequence ?? 0),
      heldSequence: HOLD_EVENTS.has(event) ? transition.sequence : isSame ? (before?.heldSequence ?? 0) : 0,
      // What a person called false does not ask anew by its age.
      acknowledgedAtMs:
        event === 'acknowledge' ? atMs : asksAnew || acknowledges ? null : (before?.acknowledgedAtMs ?? null),
    });
    keyOfAlarm.set(transition.alarmId, key);
    return transition;
  }
}

function isOlder(transition: AlarmTransition, entry: DeskEntry): boolean {
  return transition.raisedAtMs < entry.current.raisedAtMs;
}

function limitOf({ limit, limitValue }: Condition): AlarmTransition['limit'] {
  return { kind: limit, value: finiteOrNull(limitValue) };
}

/** JSON has neither NaN nor infinity. */
function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function keyOf(sensorId: string, rule: AlarmRule): string {
  return `${sensorId} ${rule}`;
}
