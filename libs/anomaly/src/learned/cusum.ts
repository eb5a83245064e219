import type { Context } from './context.js';

/**
 * Two-sided CUSUM of block means (E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954), for means that hang together.
 * With an allowance k a block, the sum of independent standard means passes h with probability about exp(-2 k h); where means
 * follow an autoregression with correlation r, their long-run variance is (1 + r) / (1 - r) times as large, and so is the h of the
 * same probability. Strengths are the sum over that unit: they fall off like exp(-strength) whatever k and r are.
 */
export const ALLOWANCE = 0.75;
/** A single block adds no more than so many standard deviations. */
const MOST_A_BLOCK = 3.25;
const MOST_CORRELATION = 0.97;

/** Places of what a CUSUM keeps. */
export interface CusumFields {
  readonly scale: number;
  readonly variance: number;
  readonly covariance: number;
  readonly last: number;
  readonly up: number;
  readonly down: number;
}

function correlation(c: Context, fields: CusumFields): number {
  const variance = c.floats[c.f + fields.variance]!;
  if (!(variance > 0)) return 0;
  return Math.min(MOST_CORRELATION, Math.max(0, c.floats[c.f + fields.covariance]! / variance));
}

/** Long-run variance of block means over their variance, as far as the correlation from one to the next tells. */
export function longRun(c: Context, fields: CusumFields): number {
  const r = correlation(c, fields);
  return (1 + r) / (1 - r);
}

/**
 * Adds a block's mean; gives the larger of both strengths, negative where it is the one downwards.
 * @param ratio long-run variance of the means over their variance
 */
export function addBlock(
  c: Context,
  fields: CusumFields,
  mean: number,
  scale: number,
  matters: number,
  ratio: number,
): number {
  const { floats, f } = c;
  const k = Math.max(ALLOWANCE, matters / (2 * scale));
  const most = k + MOST_A_BLOCK;
  const z = Math.min(most, Math.max(-most, mean / scale));
  floats[f + fields.up] = Math.max(0, floats[f + fields.up]! + z - k);
  floats[f + fields.down] = Math.max(0, floats[f + fields.down]! - z - k);
  const unit = ratio / (2 * k);
  const up = floats[f + fields.up]! / unit;
  const down = floats[f + fields.down]! / unit;
  return up >= down ? up : -down;
}

/** Learns scale and correlation of the means, from within 2.5 scales each side so that one block moves them little. */
export function learnSpread(c: Context, fields: CusumFields, mean: number, follows: boolean, gain: number): void {
  const { floats, f } = c;
  const scale = floats[f + fields.scale]!;
  const bound = gain < 0.1 && scale > 0 ? 4 * scale : Infinity;
  const held = Math.min(bound, Math.max(-bound, mean));
  floats[f + fields.scale]! += gain * (Math.abs(held) * 1.2533 - scale);
  if (follows) {
    const last = floats[f + fields.last]!;
    // Both squares, so that the quotient is bounded by 1 on average.
    floats[f + fields.variance]! += gain * ((held * held + last * last) / 2 - floats[f + fields.variance]!);
    floats[f + fields.covariance]! += gain * (held * last - floats[f + fields.covariance]!);
  }
  floats[f + fields.last] = held;
}
