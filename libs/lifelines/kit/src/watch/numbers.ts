/** A number for a sentence: as many decimals as wanted, no minus before a zero. */
export function told(value: number, decimals = 0): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** Local time of day (UTC+8, China) for a sentence, e.g. `20:30`. */
export function localTime(tMs: number): string {
  return new Date(tMs + 8 * 3_600_000).toISOString().slice(11, 16);
}

/** Probability that a standard normal value is under z (Abramowitz and Stegun 26.2.17, error under 1e-7). */
export function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    Math.exp((-z * z) / 2) *
    0.3989422804014327 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}
