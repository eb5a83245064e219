import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let nowMs = Date.now();
let realMs = nowMs;
/** The moment that is shown instead of now. */
let shownMs: number | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  realMs = Date.now();
  nowMs = shownMs ?? realMs;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Sets the page's clock to a past moment, or back to the present. */
export function showMoment(atMs: number | undefined): void {
  shownMs = atMs;
  tick();
}

/** The moment that the page shows: now, or the past one. */
export function shownNowMs(): number {
  return shownMs ?? Date.now();
}

/** The present time in epoch milliseconds, no finer than `stepMs`, or the past moment that is shown: all clocks and ages of the page tick together. */
export function useNowMs(stepMs = 1000): number {
  return useSyncExternalStore(subscribe, () => Math.floor(nowMs / stepMs) * stepMs);
}

/** The present time by the clock on the wall, whatever moment the page shows. */
export function useRealNowMs(stepMs = 1000): number {
  return useSyncExternalStore(subscribe, () => Math.floor(realMs / stepMs) * stepMs);
}
