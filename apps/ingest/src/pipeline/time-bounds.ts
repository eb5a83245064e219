export { CLOCK_BEGIN_MS } from '@lifeline/readings';

/** A measured time further ahead of the arrival is no reading at all; up to it, and above five minutes, it is one of a wrong clock. */
export const MAX_AHEAD_MS = 24 * 3_600_000;

/** A time for people, whatever its size. */
export function describeTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? `${ms} ms` : date.toISOString();
}
