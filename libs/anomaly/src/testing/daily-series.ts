export const MINUTE_MS = 60_000;
export const START_MS = Date.UTC(2026, 0, 5);

/** Readings each five minutes of a value that rises by day (20 to 80), with a little noise from a fixed sequence. */
export function dailySeries(length: number): [number, number][] {
  let seed = 1;
  return Array.from({ length }, (_, i) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const noise = (seed / 2 ** 32 - 0.5) * 8;
    return [START_MS + i * 5 * MINUTE_MS, (i % 288 < 144 ? 20 : 80) + noise];
  });
}
