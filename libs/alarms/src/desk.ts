import { LEARNING_RULES, type AlarmAction, type AlarmEvent, type AlarmTransition } from '@lifeline/contracts';
import { defaultBehaviour } from './behaviour.js';
import { isConditionTrue, quietSinceMs, quietWords, toldChatter } from './chatter.js';
import { createConditionTaker } from './desk-conditions.js';
import { DeskEntries } from './desk-entries.js';
import { holdRefusal, isHoldAction, lifeEventOf, type HoldAction } from './hold-actions.js';
import { isActive, isHeld, nextLife, type Life, type LifeEvent } from './life-cycle.js';
import type { AlarmDesk, DeskEntry, DeskFigures, DeskPorts, Refusal } from './port.js';
import { chosen, NO_EXPLANATIONS } from './suppression/explanation.js';

/** More would be a second alarm list that nobody watches. */
export const MOST_SHELVED = 50;

/** Memory is one entry a (sensor, rule) that ever alarmed since the last `forgetClosed`. */
export function createAlarmDesk(ports: DeskPorts): AlarmDesk {
  const { behaviour = defaultBehaviour, mostShelved = MOST_SHELVED, explanations = NO_EXPLANATIONS } = ports;
  const entries = new DeskEntries((entry) => explanations.follow(entry));
  const figures: { -readonly [Key in keyof DeskFigures]: number } = { announced: 0, held: 0, folded: 0 };
  const condition = createConditionTaker({ ...ports, behaviour, explanations }, entries, figures);

  return {
    condition,
    act,
    tick,
    reviseSuppression,
    withdraw,
    fold: (transition) => entries.fold(transition),
    alarm: (alarmId) => entries.ofAlarm(alarmId)?.current,
    open: () =>
      entries
        .all()
        .map((entry) => entry.current)
        .filter((current) => current.state !== 'normal'),
    forgetClosed: (beforeMs = Infinity) => entries.forgetClosed(beforeMs),
    state: () => ({ version: 1, entries: entries.all() }),
    restore: (state) => entries.restore(state),
    figures,
  };

  function act(action: AlarmAction, nowMs: number): AlarmTransition | { readonly refused: Refusal } {
    const entry = entries.ofAlarm(action.alarmId);
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
    const shelved = () => entries.all().filter((one) => one.current.state === 'shelved').length;
    const refused = holdRefusal(action, behaviour(current), nowMs, () => shelved() >= mostShelved);
    if (refused) return { refused };
    const to = nextLife(current, lifeEventOf(action));
    if (!to) return { refused: 'not-in-this-state' };
    const atMs = Math.min(action.atMs, nowMs);
    return step(current, action.kind, to, { atMs, actor: action.actor, note: action.note });
  }

  function tick(nowMs: number): AlarmTransition[] {
    const moved: AlarmTransition[] = [];
    for (const entry of entries.all()) {
      const { current, acknowledgedAtMs } = entry;
      const untilMs = current.holds?.shelvedUntilMs ?? null;
      // At the time they fell due, not at the time of the tick: after a crash the same tick says the same.
      if (untilMs !== null && untilMs <= nowMs) moved.push(stepBy(current, { event: 'unshelve' }, untilMs));
      else if (entry.chatterState) moved.push(...quieten(entry, nowMs));
      else if (current.state === 'acknowledged' && acknowledgedAtMs != null) {
        const { reAlarmMs } = behaviour(current);
        if (reAlarmMs === null || acknowledgedAtMs + reAlarmMs > nowMs) continue;
        moved.push(stepBy(current, { event: 're-alarm' }, acknowledgedAtMs + reAlarmMs));
      }
    }
    return moved;
  }

  /** Ends the chatter of an alarm where nothing has changed for long enough: the alarm is over, or stands like any other. */
  function quieten(entry: DeskEntry, nowMs: number): AlarmTransition[] {
    const { current, chatterState } = entry;
    const sinceMs = chatterState && quietSinceMs(chatterState, nowMs);
    if (sinceMs === undefined) return [];
    const { chatter: _, ...plain } = { ...current, chatter: toldChatter(chatterState!) };
    const by = { atMs: Math.max(sinceMs + chatterState!.quietMs, current.atMs), actor: null, note: null };
    if (isConditionTrue(entry)) return [step(plain, 'settle', current, by)];
    const to = nextLife(current, { event: 'clear' }, behaviour(current).latches);
    if (!to) return [];
    return [step({ ...plain, value: null, reason: quietWords(chatterState!) }, 'clear', to, by)];
  }

  function reviseSuppression(nowMs: number): AlarmTransition[] {
    const moved: AlarmTransition[] = [];
    for (const { current } of entries.all()) {
      const before = current.holds?.suppressedBy ?? null;
      if (before === null && !isActive(current)) continue;
      // A device whose clock is ahead must not see its alarm move to and fro.
      const now = chosen(explanations.of(current, Math.max(nowMs, current.atMs)), before);
      if ((now?.by ?? null) === before) continue;
      const dueMs = now ? now.sinceMs : (explanations.endedAtMs(before!) ?? nowMs);
      const event: LifeEvent = now
        ? { event: 'suppress', by: now.by, explanation: now.words }
        : { event: 'unsuppress' };
      moved.push(stepBy(current, event, Math.max(Math.min(dueMs, nowMs), current.atMs)));
    }
    explanations.forget(nowMs);
    return moved;
  }

  function stepBy(current: AlarmTransition, event: LifeEvent, atMs: number): AlarmTransition {
    const to = nextLife(current, event);
    if (!to) throw new Error(`${event.event} does not move an alarm that is ${current.state}`);
    return step(current, event.event, to, { atMs, actor: null, note: null });
  }

  function step(
    current: AlarmTransition,
    event: AlarmEvent,
    { state, holds }: Life,
    by: Pick<AlarmTransition, 'atMs' | 'actor' | 'note'>,
  ): AlarmTransition {
    const { chatter, ...rest } = current;
    const kept = chatter && isActive({ state, holds }) ? { chatter } : {};
    return entries.take({ ...rest, ...kept, sequence: current.sequence + 1, event, state, holds, ...by });
  }

  function withdraw(sensorId: string, atMs: number): AlarmTransition[] {
    const cleared: AlarmTransition[] = [];
    for (const entry of entries.all()) {
      const { current } = entry;
      if (current.sensorId !== sensorId) continue;
      // A hold on what is no more would stand for ever.
      const to = isHeld(current.state)
        ? { state: 'normal' as const, holds: null }
        : nextLife(current, { event: 'clear' });
      if (!to) continue;
      const reason = { en: 'The sensor was taken out of the registry', zh: '传感器已从台账中移除' };
      cleared.push(
        step({ ...current, value: null, reason }, 'clear', to, {
          atMs: Math.max(atMs, (entry.beganAtMs ?? atMs) + 1),
          actor: null,
          note: null,
        }),
      );
    }
    return cleared;
  }
}
