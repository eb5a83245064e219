import type { History, Span } from './chart-data.js';

/**
 * Where nothing good was measured within the window, up to `untilMs`: silences longer than `gapMs` between readings, breaks between
 * buckets, and what lies before the first and after the last.
 */
export function silentSpans(history: History, window: Span, gapMs: number, untilMs: number): Span[] {
  const { timesMs, mid, kind } = history;
  const end = Math.min(window.toMs, untilMs);
  const room = kind === 'buckets' ? 2.5 * leastStep(timesMs) : gapMs;
  const spans: { fromMs: number; toMs: number }[] = [];
  const silent = (fromMs: number, toMs: number): void => {
    if (toMs > fromMs) spans.push({ fromMs, toMs });
  };
  let lastMs: number | undefined;
  timesMs.forEach((atMs, i) => {
    if (mid[i] === null) return;
    if (lastMs === undefined) {
      if (atMs - window.fromMs > room) silent(window.fromMs, Math.min(atMs, end));
    } else if (atMs - lastMs > room) silent(lastMs, atMs);
    lastMs = atMs;
  });
  if (lastMs === undefined) silent(window.fromMs, end);
  else if (end - lastMs > room) silent(lastMs, end);
  return spans;
}

function leastStep(timesMs: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  // A break is marked by a point a millisecond after the last.
  for (let i = 1; i < timesMs.length; i++) {
    const step = timesMs[i]! - timesMs[i - 1]!;
    if (step > 1) least = Math.min(least, step);
  }
  return least;
}
