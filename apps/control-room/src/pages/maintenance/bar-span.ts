import { windowEndMs, type MaintenanceWindow } from '@lifeline/contracts';

const HOUR_MS = 3_600_000;
const BEFORE_MS = 2 * HOUR_MS;
const LEAST_MS = 12 * HOUR_MS;
const MOST_MS = 7 * 24 * HOUR_MS;
const STEPS_H = [1, 2, 3, 6, 12, 24];
const MOST_TICKS = 12;
/** Chinese cities' midnight: ticks of whole days stand there. */
const ZONE_MS = 8 * HOUR_MS;

/** The time to draw: from a little before now to the last end, half a day at least and a week at most. */
export function barSpan(
  windows: readonly Pick<MaintenanceWindow, 'toMs' | 'endedAtMs'>[],
  nowMs: number,
): { readonly fromMs: number; readonly toMs: number } {
  const fromMs = nowMs - BEFORE_MS;
  const lastMs = windows.reduce((last, window) => Math.max(last, windowEndMs(window)), nowMs);
  return { fromMs, toMs: fromMs + Math.min(MOST_MS, Math.max(LEAST_MS, lastMs - fromMs)) };
}

/** Whole hours to name, a dozen at most. */
export function ticksOf(fromMs: number, toMs: number): number[] {
  const step = (STEPS_H.find((hours) => (toMs - fromMs) / (hours * HOUR_MS) <= MOST_TICKS) ?? 24) * HOUR_MS;
  const ticks: number[] = [];
  for (let atMs = Math.ceil((fromMs + ZONE_MS) / step) * step - ZONE_MS; atMs < toMs; atMs += step) ticks.push(atMs);
  return ticks;
}
