import { PRIORITIES, type Priority } from '@lifeline/contracts';

export interface Slot {
  readonly startMs: number;
  readonly raised: Readonly<Record<Priority, number>>;
}

export interface Bar {
  readonly slot: number;
  readonly priority: Priority;
  /** Shares of the timeline's height, from its foot. */
  readonly from: number;
  readonly to: number;
}

export function raisedIn(slot: Slot): number {
  return PRIORITIES.reduce((sum, priority) => sum + slot.raised[priority], 0);
}

/** At least so many alarms are the full height, so that one alarm in a quiet night is no mountain. */
const LEAST_TOP = 4;

/** Stacked bars, the worst at the foot where they are never cut. */
export function barsOf(slots: readonly Slot[]): Bar[] {
  const top = Math.max(LEAST_TOP, ...slots.map(raisedIn));
  return slots.flatMap((slot, at) => {
    let below = 0;
    return PRIORITIES.flatMap((priority) => {
      const count = slot.raised[priority];
      if (count === 0) return [];
      const bar = { slot: at, priority, from: below / top, to: (below + count) / top };
      below += count;
      return [bar];
    });
  });
}

/** The span between two places on the timeline (shares of its width), the earlier first. */
export function spanBetween(a: number, b: number, fromMs: number, toMs: number): { fromMs: number; toMs: number } {
  const at = (share: number): number => Math.round(fromMs + Math.min(1, Math.max(0, share)) * (toMs - fromMs));
  return { fromMs: at(Math.min(a, b)), toMs: at(Math.max(a, b)) };
}
