/** A flood begins where more than 10 alarms come within 10 minutes and ends where fewer than 5 do (domain defaults 8.2). */
const BEGINS_OVER = 10;
const ENDS_UNDER = 5;
export const FLOOD_WINDOW_MS = 10 * 60_000;

export interface Flood {
  readonly fromMs: number;
  /** Infinity while it lasts. */
  readonly toMs: number;
  readonly alarms: number;
}

/**
 * The floods among announcements, by a window that slides.
 * @param atMs times of announcements, ascending
 */
export function floodsOf(atMs: readonly number[]): Flood[] {
  const floods: Flood[] = [];
  let first = 0;
  let began: { fromMs: number; firstIndex: number } | undefined;
  for (let i = 0; i < atMs.length; i++) {
    // Between two announcements the window only empties: the flood ends when the fifth last of them leaves it.
    if (began) {
      const calmMs = atMs[Math.max(began.firstIndex, i - ENDS_UNDER)]! + FLOOD_WINDOW_MS;
      if (calmMs <= atMs[i]!) {
        floods.push({ fromMs: began.fromMs, toMs: calmMs, alarms: i - began.firstIndex });
        began = undefined;
      }
    }
    while (atMs[first]! <= atMs[i]! - FLOOD_WINDOW_MS) first++;
    if (!began && i - first + 1 > BEGINS_OVER) began = { fromMs: atMs[i]!, firstIndex: first };
  }
  if (began) {
    const last = atMs[Math.max(began.firstIndex, atMs.length - ENDS_UNDER)]!;
    floods.push({ fromMs: began.fromMs, toMs: last + FLOOD_WINDOW_MS, alarms: atMs.length - began.firstIndex });
  }
  return floods;
}
