import { PRIORITIES, type Priority } from '@lifeline/contracts';

/** Sounds are at least so far apart: a flood is heard as one worst alarm every few seconds, not as a siren. */
export const SOUND_GAP_MS = 4000;

/** What of an alarm decides whether it is heard. */
export interface HeardAlarm {
  readonly alarmId: string;
  readonly priority: Priority;
  readonly state: string;
}

/** One sound: the worst of what is new, and how many are new with it. */
export interface Sounding<Heard extends HeardAlarm> {
  readonly worst: Heard;
  readonly count: number;
}

export interface SoundDeskParts<Heard extends HeardAlarm> {
  nowMs(): number;
  /** Calls back once after so long; gives the way to call it off. */
  later(ms: number, act: () => void): () => void;
  sound(sounding: Sounding<Heard>): void;
}

const rank = ({ priority }: HeardAlarm): number => PRIORITIES.indexOf(priority);

/**
 * Decides what is heard of the alarms that wait for a person, and when.
 * - An alarm is news when it was not yet heard of at its priority, or asks anew after it was acknowledged. What was open
 *   when the page was opened is not.
 * - However many there are, there is one sound in SOUND_GAP_MS, of the worst; the others are counted in it.
 * - A mute silences all but an alarm of priority 1 that comes, or becomes one, while it lasts: that sounds once. When the mute runs out,
 *   what came meanwhile and still waits is heard in one sound.
 */
export class SoundDesk<Heard extends HeardAlarm> {
  /** Alarms heard of, with the priority they were heard at; empty where a person has seen to it since. */
  private told: Map<string, Priority | ''> | undefined;
  private readonly waiting = new Map<string, Heard>();
  /** What came under a mute. */
  private readonly kept = new Map<string, Heard>();
  private mutedUntilMs = Number.NEGATIVE_INFINITY;
  private lastAtMs = Number.NEGATIVE_INFINITY;
  private callOffNext: (() => void) | undefined;
  private callOffMuteEnd: (() => void) | undefined;

  constructor(private readonly parts: SoundDeskParts<Heard>) {}

  /** Takes in all announced alarms, as they are now. */
  take(announced: readonly Heard[]): void {
    const isFirst = this.told === undefined;
    const before = this.told ?? new Map<string, Priority | ''>();
    const isMuted = this.parts.nowMs() < this.mutedUntilMs;
    const now = new Map<string, Priority | ''>();
    for (const alarm of announced) {
      const { alarmId, priority, state } = alarm;
      const waits = state === 'unacknowledged';
      now.set(alarmId, waits ? priority : '');
      if (isFirst || !waits || before.get(alarmId) === priority) continue;
      (isMuted && priority !== 'red' ? this.kept : this.waiting).set(alarmId, alarm);
    }
    this.told = now;
    for (const list of [this.waiting, this.kept]) {
      for (const alarmId of list.keys()) if ((now.get(alarmId) ?? '') === '') list.delete(alarmId);
    }
    this.run();
  }

  /** @param untilMs when the mute runs out; a past time ends it */
  muteUntil(untilMs: number): void {
    this.callOffMuteEnd?.();
    this.callOffMuteEnd = undefined;
    this.mutedUntilMs = untilMs;
    const leftMs = untilMs - this.parts.nowMs();
    if (leftMs <= 0) {
      this.endMute();
      return;
    }
    for (const [alarmId, alarm] of this.waiting) {
      if (alarm.priority === 'red') continue;
      this.waiting.delete(alarmId);
      this.kept.set(alarmId, alarm);
    }
    this.callOffMuteEnd = this.parts.later(leftMs, () => this.endMute());
  }

  stop(): void {
    this.callOffNext?.();
    this.callOffMuteEnd?.();
    this.callOffNext = undefined;
    this.callOffMuteEnd = undefined;
  }

  private endMute(): void {
    for (const [alarmId, alarm] of this.kept) this.waiting.set(alarmId, alarm);
    this.kept.clear();
    this.run();
  }

  private run(): void {
    if (this.waiting.size === 0 || this.callOffNext !== undefined) return;
    const nowMs = this.parts.nowMs();
    const waitMs = this.lastAtMs + SOUND_GAP_MS - nowMs;
    if (waitMs > 0) {
      this.callOffNext = this.parts.later(waitMs, () => {
        this.callOffNext = undefined;
        this.run();
      });
      return;
    }
    const worst = [...this.waiting.values()].reduce((a, b) => (rank(b) < rank(a) ? b : a));
    const count = this.waiting.size;
    this.waiting.clear();
    this.lastAtMs = nowMs;
    this.parts.sound({ worst, count });
  }
}
