import type { Context } from './context.js';
import { BUCKETS, D, F, S } from './layout.js';
import type { LearnedTest } from './port.js';

/**
 * Event level. The strength of a test is never looked at reading by reading, since readings hang together; its largest in a block
 * of six hours (tests over readings) or a day (tests over hours) is nearly independent from block to block and follows an extreme
 * value law. Of the logarithm of these maxima mean and mean absolute deviation are kept; Gumbel's law with these moments, which is
 * Fréchet's of the strengths themselves, gives the level that one block in N passes (E. J. Gumbel, "Statistics of Extremes", 1958).
 * Means and sums have no heavier tail than the exponential: for them Gumbel's law of the maxima as they are.
 */
const EULER = 0.5772;
/** Gumbel: sd = pi / sqrt(6) scale, mean absolute deviation = 0.768 sd (numerically, as for 1.0 scale: 0.985). */
const DEVIATION_TO_SCALE = 1 / 0.985;
const LONGEST_MEMORY = 120;
/** Until so many blocks are known the least strength is asked for that holds for a sensor of which nothing is known. */
export const ENOUGH_BLOCKS = 28;

export interface TailRule {
  readonly test: LearnedTest;
  /** Least strength to speak at, before and after enough blocks. */
  readonly first: number;
  readonly least: number;
  readonly logarithmic: boolean;
  readonly blocksPerYear: number;
}

/** Strengths with a tail: of single readings, runs of readings, hours, some hours together, the CUSUMs of hours and of fluctuation. */
export const TAIL = { spike: 0, step: 1, hour: 2, shift: 3, sums: 4, fluctuation: 5 } as const;
export const TAIL_RULES: readonly TailRule[] = [
  { test: 'spike', first: 16, least: 12, logarithmic: true, blocksPerYear: 1461 },
  { test: 'step', first: 8, least: 6, logarithmic: false, blocksPerYear: 1461 },
  { test: 'rare-context', first: 8, least: 5, logarithmic: false, blocksPerYear: 365 },
  { test: 'level-shift', first: 8, least: 4.5, logarithmic: false, blocksPerYear: 365 },
  { test: 'level-shift', first: 14, least: 9, logarithmic: false, blocksPerYear: 365 },
  { test: 'variance', first: 14, least: 9, logarithmic: false, blocksPerYear: 365 },
];

/** Remembers the largest strength of the running block. */
export function seeStrength(c: Context, tail: number, strength: number): void {
  const at = c.f + F.tailMax + tail;
  if (strength > c.floats[at]!) c.floats[at] = strength;
}

/** Ends the block of a strength: learns its maximum. While a finding is open nothing is learned. */
export function closeBlock(c: Context, tail: number): void {
  const { floats, f } = c;
  const largest = floats[f + F.tailMax + tail]!;
  floats[f + F.tailMax + tail] = 0;
  if (!(largest > 0) || floats[f + F.finding] !== 0) return;
  const count = ++c.small[c.s + S.tailCount + tail]!;
  const mean = floats[f + F.tailMean + tail]!;
  const seen = TAIL_RULES[tail]!.logarithmic ? Math.log(largest) : largest;
  if (count === 1) {
    floats[f + F.tailMean + tail] = seen;
    return;
  }
  const deviation = floats[f + F.tailDeviation + tail]!;
  const gain = Math.max(1 / count, 1 / LONGEST_MEMORY);
  const bound = count > 8 ? 6 * deviation : Infinity;
  const off = Math.min(bound, Math.max(-bound, seen - mean));
  floats[f + F.tailMean + tail]! += gain * off;
  floats[f + F.tailDeviation + tail]! += Math.max(1 / (count - 1), 1 / LONGEST_MEMORY) * (Math.abs(off) - deviation);
}

/** Strength that one block in as many as the budget allows passes; `perYear` findings by this strength a year. */
export function eventLevel(c: Context, tail: number, perYear: number): number {
  const { floats, f } = c;
  const rule = TAIL_RULES[tail]!;
  const count = c.small[c.s + S.tailCount + tail]!;
  if (count < 8) return rule.first;
  const scale = floats[f + F.tailDeviation + tail]! * DEVIATION_TO_SCALE * (1 + 4 / count);
  const far = floats[f + F.tailMean + tail]! + scale * (Math.log(rule.blocksPerYear / perYear) - EULER);
  const level = rule.logarithmic ? Math.exp(Math.min(far, 12)) : far;
  return Math.max(count < ENOUGH_BLOCKS ? rule.first : rule.least, level);
}

/** Share of blocks of ordinary data whose largest strength is under this: 0 to 1. */
export function blockScore(c: Context, tail: number, strength: number): number {
  const { floats, f } = c;
  const scale = Math.max(1e-6, floats[f + F.tailDeviation + tail]! * DEVIATION_TO_SCALE);
  const seen = TAIL_RULES[tail]!.logarithmic ? Math.log(Math.max(1e-12, strength)) : strength;
  const z = (seen - floats[f + F.tailMean + tail]!) / scale + EULER;
  return Math.exp(-Math.exp(-Math.max(-6, z)));
}

/** Score a reading needs so many readings behind it; when so many are counted all counts are halved. */
const LEAST_COUNTED = 200;
const FADE_AT = 20_000;
const STEPS_AN_OCTAVE = 3;
/** The bucket whose lower edge is 1, the rarest hundredth. */
const MIDDLE = 6;
const ENOUGH_ABOVE = 10;

/**
 * Score of a reading: the smoothed conformal transducer (V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a Random
 * World", 2005) over the larger of two strengths, each in units of its own rarest hundredth: ranks among all before it, ties (here:
 * one bucket) broken at random, so that the score exceeds p for a share 1 - p of exchangeable readings whatever their law, be they
 * discrete. The random number is a hash of sensor and time: a replay gives the same. Beyond the ten strongest seen, a Pareto tail.
 */
export function scoreReading(c: Context, single: number, mean: number, learns: boolean): number {
  const { floats, f, small } = c;
  const strength = Math.max(inHundredths(c, 0, single, learns), inHundredths(c, 1, mean, learns));
  const at = c.s + S.counts;
  const place = strength > 0 ? Math.log2(strength) * STEPS_AN_OCTAVE + MIDDLE : 0;
  const bucket = place >= BUCKETS - 1 ? BUCKETS - 1 : place > 0 ? Math.floor(place) : 0;
  const total = floats[f + F.countsSum]!;
  let score = 0;
  if (total >= LEAST_COUNTED) {
    let above = 0;
    for (let i = BUCKETS - 1; i > bucket; i--) above += small[at + i]!;
    const here = small[at + bucket]!;
    const share = above + here >= ENOUGH_ABOVE ? above + chance(c) * (here + 1) : beyond(c, place);
    score = 1 - Math.min(1, share / (total + 1));
  }
  if (!learns) return score;
  small[at + bucket]!++;
  if (++floats[f + F.countsSum]! >= FADE_AT) {
    let sum = 0;
    for (let i = 0; i < BUCKETS; i++) sum += small[at + i]! >>= 1;
    floats[f + F.countsSum] = sum;
  }
  return score;
}

/** A strength in units of its own 99 % quantile, which follows by steps in its logarithm. */
function inHundredths(c: Context, which: number, strength: number, learns: boolean): number {
  const at = c.f + F.reference + which;
  const reference = c.floats[at]!;
  if (reference === 0) {
    if (strength > 0) c.floats[at] = 3 * strength;
    return 0;
  }
  if (learns) {
    const step = Math.max(0.02, 1 / (1 + c.floats[c.f + F.countsSum]! / 20));
    c.floats[at] = strength > reference ? reference * (1 + 0.99 * step) : reference * (1 - 0.01 * step);
  }
  return Math.min(1e6, strength / reference);
}

/** Readings expected beyond a place of which fewer than ten were seen: from there on by Pareto's law, Hill's index. */
function beyond(c: Context, place: number): number {
  const at = c.s + S.counts;
  let above = 0;
  let logs = 0;
  let start = BUCKETS - 1;
  for (; start > 0; start--) {
    const here = c.small[at + start]!;
    if (above + here >= ENOUGH_ABOVE * 3) break;
    above += here;
    logs += here * start;
  }
  // Mean of (place - edge), half a bucket for what is somewhere in it; one pretended strength an octave out.
  const edge = start + 1;
  const index = (logs - above * edge + above / 2 + STEPS_AN_OCTAVE) / (above + 1);
  return (above + 1) * Math.exp(-Math.max(0, place - edge) / index);
}

/** 0 to 1, as good as random, from sensor and time alone. */
function chance(c: Context): number {
  const ms = c.atMs;
  let hash = Math.imul((ms / 4096) | 0, 0x9e3779b1) ^ Math.imul((ms % 4096) | 0, 0x85ebca6b);
  hash ^= Math.imul(c.doubles[c.d + D.owner]! | 0, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}
