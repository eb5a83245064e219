import { evenAt, hashText, normalAt } from '@lifeline/city';

/** Noise that belongs to (key, time): the same however often, and in whatever order, it is asked for. */

/** A key of its own for each use. */
export function noiseKey(...parts: readonly (string | number)[]): number {
  return hashText(parts.join('/'));
}

/** White noise, mean 0, deviation 1, never beyond ±3.5; changes every 200 ms. */
export function white(key: number, tMs: number): number {
  return normalAt(key, Math.floor(tMs / 200) & 0x3fffffff);
}

/** Slow wandering between -1 and 1, smooth, with `periodMs` between its turning values. */
export function drift(key: number, tMs: number, periodMs: number): number {
  const at = tMs / periodMs;
  const step = Math.floor(at);
  const share = at - step;
  const a = evenAt(key, step & 0x3fffffff) * 2 - 1;
  const b = evenAt(key, (step + 1) & 0x3fffffff) * 2 - 1;
  const soft = share * share * (3 - 2 * share);
  return a + (b - a) * soft;
}
