/** Where a pressure record falls. */
export interface WaveFront {
  /** Time at which half of the fall was passed, ms, between samples. */
  readonly atMs: number;
  /** Of that time by the noise of the record, ms. */
  readonly uncertaintyMs: number;
  /** Height of the fall, in the record's unit. */
  readonly drop: number;
  /** Deviation of the record before it. */
  readonly noise: number;
}

/** Samples around the front that are left out of the levels before and after. */
const GUARD = 4;
/** Samples that make the level after. */
const PLATEAU = 16;
const LEAST_BEFORE = 24;

/**
 * The arrival of a negative pressure wave in a fast record: the change point that parts the record best into a level before and a
 * lower one after (largest likelihood ratio of a step in white noise, Page 1954), then the time of half height by a straight line
 * through the flank, so that the time is finer than the sampling. Both ends of a pipe see the same shape, whatever its height:
 * half height is at the same phase of it.
 *
 * @param timesMs ascending, about evenly spaced within the record (100 Hz)
 * @param values pressure, as many
 * @returns undefined where nothing falls by 6 deviations of the noise, or where the record is too short around it
 */
export function findWaveFront(timesMs: ArrayLike<number>, values: ArrayLike<number>): WaveFront | undefined {
  const count = values.length;
  if (count < LEAST_BEFORE + GUARD + PLATEAU) return undefined;
  const sums = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) sums[i + 1] = sums[i]! + values[i]!;
  let best = 0;
  let split = -1;
  for (let k = LEAST_BEFORE; k + PLATEAU <= count; k++) {
    const before = (sums[k]! - sums[k - LEAST_BEFORE]!) / LEAST_BEFORE;
    const after = (sums[k + PLATEAU]! - sums[k]!) / PLATEAU;
    if (before - after > best) {
      best = before - after;
      split = k;
    }
  }
  if (split < 0) return undefined;
  const beforeEnd = Math.max(LEAST_BEFORE / 2, split - GUARD);
  const high = (sums[beforeEnd]! - sums[Math.max(0, beforeEnd - 40)]!) / Math.min(40, beforeEnd);
  const afterStart = Math.min(split + GUARD, count - PLATEAU);
  const low = (sums[afterStart + PLATEAU]! - sums[afterStart]!) / PLATEAU;
  const drop = high - low;
  let squares = 0;
  const noiseFrom = Math.max(0, beforeEnd - 40);
  for (let i = noiseFrom; i < beforeEnd; i++) squares += (values[i]! - high) ** 2;
  const noise = Math.sqrt(squares / Math.max(1, beforeEnd - noiseFrom - 1));
  if (!(drop > 6 * noise) || drop <= 0) return undefined;
  return crossing(timesMs, values, split, high, drop, noise);
}

/** Half height by the straight line through the flank, from 20 to 80 % of the fall. */
function crossing(
  timesMs: ArrayLike<number>,
  values: ArrayLike<number>,
  split: number,
  high: number,
  drop: number,
  noise: number,
): WaveFront | undefined {
  const half = high - drop / 2;
  let after = Math.max(1, split - 2 * GUARD);
  while (after < values.length && values[after]! > half) after++;
  if (after >= values.length) return undefined;
  const stepMs = timesMs[after]! - timesMs[after - 1]!;
  let first = after - 1;
  while (first > 0 && values[first]! < high - 0.2 * drop) first--;
  let last = after;
  while (last < values.length - 1 && values[last]! > high - 0.8 * drop) last++;
  let n = 0;
  let meanMs = 0;
  let mean = 0;
  for (let i = first + 1; i < last; i++, n++) {
    meanMs += timesMs[i]!;
    mean += values[i]!;
  }
  if (n >= 3) {
    meanMs /= n;
    mean /= n;
    let across = 0;
    let along = 0;
    for (let i = first + 1; i < last; i++) {
      across += (timesMs[i]! - meanMs) * (values[i]! - mean);
      along += (timesMs[i]! - meanMs) ** 2;
    }
    const slope = across / along;
    if (slope < 0) {
      const atMs = meanMs + (half - mean) / slope;
      return { atMs, uncertaintyMs: Math.max(noise / -slope / Math.sqrt(n), 0.02 * stepMs), drop, noise };
    }
  }
  // The fall takes a sample or two: a straight line between the two around half height.
  const above = values[after - 1]!;
  const below = values[after]!;
  const share = above > below ? (above - half) / (above - below) : 0.5;
  const slopePerMs = Math.max(above - below, drop / 4) / stepMs;
  // Where between the samples the fall began is not known: a quarter of a step, as an even chance over one has.
  return {
    atMs: timesMs[after - 1]! + stepMs * share,
    uncertaintyMs: Math.hypot(noise / slopePerMs, 0.29 * stepMs * Math.min(1, 2 / (n + 1))),
    drop,
    noise,
  };
}
