import { dayOf, hourMinute } from '../../words/times.js';

/** `2026-11-25T21:40` in the city's zone, as a field of day and time holds it. */
export function wallTimeOf(atMs: number, zone: string): string {
  return `${dayOf(atMs, zone)}T${hourMinute(atMs, zone)}`;
}

/** The moment of such a text in the city's zone, epoch milliseconds; undefined where it is none. */
export function momentOf(wallTime: string, zone: string): number | undefined {
  const asUtcMs = Date.parse(`${wallTime}Z`);
  if (Number.isNaN(asUtcMs)) return undefined;
  // How far the zone's clock is from UTC, asked where it matters: twice, since the first guess may be on the other side of a change.
  const offsetAt = (atMs: number): number => Date.parse(`${wallTimeOf(atMs, zone)}Z`) - atMs;
  const guessMs = asUtcMs - offsetAt(asUtcMs);
  return asUtcMs - offsetAt(guessMs);
}
