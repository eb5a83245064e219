import type { AlarmEvent, AlarmRule, AlarmTransition } from '@lifeline/contracts';
import { chatterStateOf, withBegin, type ChatterState } from './chatter.js';
import type { DeskEntry, DeskState } from './port.js';

/** Transitions after which an older view of the alarm is stale for whoever holds or resets it. */
const HOLD_EVENTS: ReadonlySet<AlarmEvent> = new Set<AlarmEvent>([
  'reset',
  'shelve',
  'unshelve',
  'remove-from-service',
  'return-to-service',
]);

/** What the desk knows, one entry a (sensor, rule); a transition is taken in here and nowhere else. */
export class DeskEntries {
  private readonly entries = new Map<string, DeskEntry>();
  private readonly keyOfAlarm = new Map<string, string>();

  /** @param follow hears of each entry that changed */
  constructor(private readonly follow: (entry: DeskEntry) => void) {}

  of(sensorId: string, rule: AlarmRule): DeskEntry | undefined {
    return this.entries.get(keyOf(sensorId, rule));
  }

  ofAlarm(alarmId: string): DeskEntry | undefined {
    const key = this.keyOfAlarm.get(alarmId);
    return key === undefined ? undefined : this.entries.get(key);
  }

  /** As they are now: what changes meanwhile does not disturb who goes through them. */
  all(): DeskEntry[] {
    return [...this.entries.values()];
  }

  take(transition: AlarmTransition): AlarmTransition {
    const key = keyOf(transition.sensorId, transition.rule);
    const before = this.entries.get(key);
    if (before && before.current.alarmId !== transition.alarmId) this.keyOfAlarm.delete(before.current.alarmId);
    const entry = after(transition, before);
    this.entries.set(key, entry);
    this.keyOfAlarm.set(transition.alarmId, key);
    this.follow(entry);
    return transition;
  }

  /** Takes one of the log; one that is known, or older than what is, changes nothing. */
  fold(transition: AlarmTransition): void {
    const entry = this.of(transition.sensorId, transition.rule);
    if (entry) {
      const { current } = entry;
      const isOld =
        transition.alarmId === current.alarmId
          ? transition.sequence <= current.sequence
          : transition.raisedAtMs < current.raisedAtMs;
      if (isOld) return;
    }
    this.take(transition);
  }

  /** Keeps what came of the condition of an alarm that chatters and makes no transition. */
  keepChatter(entry: DeskEntry, chatterState: ChatterState): void {
    this.entries.set(keyOf(entry.current.sensorId, entry.current.rule), { ...entry, chatterState });
  }

  forgetClosed(beforeMs: number): void {
    for (const [key, { current, beganAtMs }] of this.entries) {
      if (current.state !== 'normal' || Math.max(current.atMs, beganAtMs ?? 0) >= beforeMs) continue;
      this.entries.delete(key);
      this.keyOfAlarm.delete(current.alarmId);
    }
  }

  restore({ entries }: DeskState): void {
    this.entries.clear();
    this.keyOfAlarm.clear();
    for (const entry of entries) {
      const key = keyOf(entry.current.sensorId, entry.current.rule);
      this.entries.set(key, entry);
      this.keyOfAlarm.set(entry.current.alarmId, key);
      this.follow(entry);
    }
  }
}

function after(transition: AlarmTransition, before: DeskEntry | undefined): DeskEntry {
  const { event, atMs } = transition;
  const isSame = before?.current.alarmId === transition.alarmId;
  const begins = event === 'raise' || event === 'escalate';
  const acknowledges = event === 'acknowledge' || event === 'false-alarm';
  // Announced: by the condition, by its age, or because a hold ended. What chatters on, or settles, asks nothing.
  const isNoStep = event === 'chatter' || event === 'settle';
  const asksAnew = begins || (transition.state === 'unacknowledged' && !acknowledges && !isNoStep);
  const quietMs = before?.current.chatter?.quietMs ?? 0;
  const chatterState = chatterStateOf(transition, isSame ? before?.chatterState : undefined);
  return {
    current: transition,
    beganAtMs: begins ? atMs : (before?.beganAtMs ?? null),
    // One that chattered ended before it was quiet for so long: what was measured since is news.
    clearedAtMs: event === 'clear' ? atMs - quietMs : (before?.clearedAtMs ?? null),
    judgedAtMs: event === 'new-normal' || event === 'false-alarm' ? atMs : (before?.judgedAtMs ?? null),
    begunSequence: asksAnew ? transition.sequence : (before?.begunSequence ?? 0),
    heldSequence: HOLD_EVENTS.has(event) ? transition.sequence : isSame ? (before?.heldSequence ?? 0) : 0,
    // What a person called false does not ask anew by its age.
    acknowledgedAtMs:
      event === 'acknowledge' ? atMs : asksAnew || acknowledges ? null : (before?.acknowledgedAtMs ?? null),
    beginsMs: event === 'raise' ? withBegin(before?.beginsMs, atMs) : (before?.beginsMs ?? []),
    ...(chatterState ? { chatterState } : {}),
  };
}

function keyOf(sensorId: string, rule: AlarmRule): string {
  return `${sensorId} ${rule}`;
}
