import type { AlarmTransition } from '@lifeline/contracts';
import type { DeskEntry } from '../port.js';

/** What explains an alarm, so that it is suppressed by design (ISA-18.2 clause 12). */
export interface Explanation {
  /** Name of it that is kept with the alarm: `maintenance.{windowId}`, `upstream.{alarmId}`. */
  readonly by: string;
  readonly words: { readonly en: string; readonly zh: string };
  /** Since when it holds; a suppression is stamped with it, not with the time at which it was noticed. */
  readonly sinceMs: number;
}

/** What the plant's own logic knows. Follows the alarms themselves, since some of them explain others. */
export interface Explanations {
  /**
   * What explains the alarm at that time, the best first; empty: nothing does. An alarm that one of these is and that is not to be
   * hidden (danger to people) gets none.
   */
  of(alarm: AlarmTransition, atMs: number): readonly Explanation[];
  /** When an explanation that holds no more ended; null where that is not known. */
  endedAtMs(by: string): number | null;
  /** Hears what the desk knows of an alarm, after each of its transitions. */
  follow(entry: DeskEntry): void;
  /** Forgets what ended long before. */
  forget(nowMs: number): void;
}

const NONE: readonly Explanation[] = [];

export const NO_EXPLANATIONS: Explanations = {
  of: () => NONE,
  endedAtMs: () => null,
  follow: () => undefined,
  forget: () => undefined,
};

/** Asks each in turn: what the first explains is before what the second does. */
export function allOf(...parts: readonly Explanations[]): Explanations {
  return {
    of: (alarm, atMs) => {
      let found = NONE;
      for (const part of parts) {
        const own = part.of(alarm, atMs);
        if (own.length > 0) found = found.length === 0 ? own : [...found, ...own];
      }
      return found;
    },
    endedAtMs: (by) => parts.map((part) => part.endedAtMs(by)).find((atMs) => atMs !== null) ?? null,
    follow: (entry) => parts.forEach((part) => part.follow(entry)),
    forget: (nowMs) => parts.forEach((part) => part.forget(nowMs)),
  };
}

/** The explanation to keep: the one the alarm has, while it holds; else the best. So two that overlap do not take turns. */
export function chosen(candidates: readonly Explanation[], present: string | null): Explanation | undefined {
  return candidates.find(({ by }) => by === present) ?? candidates[0];
}
