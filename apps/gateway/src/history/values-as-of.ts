import type { History, LastValue, SeriesKey } from '@lifeline/history';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/**
 * How far back the newest value of a sensor is looked for, step by step: nearly all are found in the first, and each step asks
 * for those alone that are left. What is silent for longer than the last shows no value.
 */
const BACK_MS = [15 * MINUTE_MS, DAY_MS, 8 * DAY_MS, 31 * DAY_MS];

/** The newest value of each sensor that was measured up to `atMs`. @throws HistoryUnavailableError */
export async function valuesAsOf(
  history: Pick<History, 'newestWithin'>,
  series: readonly SeriesKey[],
  atMs: number,
): Promise<readonly LastValue[]> {
  const found: LastValue[] = [];
  let left = series;
  let untilMs = atMs;
  for (const backMs of BACK_MS) {
    if (left.length === 0) break;
    const values = await history.newestWithin(left, atMs - backMs, untilMs);
    found.push(...values);
    const known = new Set(values.map((value) => value.sensorNo));
    left = left.filter((key) => !known.has(key.sensorNo));
    untilMs = atMs - backMs;
  }
  return found;
}
