import type { Context } from './context.js';

/**
 * Two-sided CUSUM of block means (E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954), for means that hang together.
 * With an allowance k a block, the sum of independent standard means passes h with probability about exp(-2 k h); where means
 * follow an autoregression with correlation r, their long-run variance is (1 + r) / (1 - r) times as large, and so is the h of the
 * same probability. Strengths are the sum over that unit: they fall off like exp(-strength) whatever k and r are.
 */
export const ALLOWANCE = 0.75;
/** A single block counts no more than so many standard deviations. */
const MOST_A_BLOCK = 4;
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

export function correlation(c: Context, fields: CusumFields): number {
  const variance = c.floats[c.f + fields.variance]!;
  if (!(variance > 0)) return 0;
  return Math.min(MOST_CORRELATION, Math.max(0, c.floats[c.f + fields.covariance]! / variance));
}

/** Adds a block's mean; gives the larger of both strengths, negative where it is the one downwards. */
export function addBlock(c: Context, fields: CusumFields, mean: number, scale: number, matters: number): number {
  const { floats, f } = c;
  const z = Math.min(MOST_A_BLOCK, Math.max(-MOST_A_BLOCK, mean / scale));
  const k = Math.max(ALLOWANCE, matters / (2 * scale));
  floats[f + fields.up] = Math.max(0, floats[f + fields.up]! + z - k);
  floats[f + fields.down] = Math.max(0, floats[f + fields.down]! - z - k);
  const r = correlation(c, fields);
  const unit = (1 + r) / (1 - r) / (2 * k);
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
